import { UserMistake } from '../../errors.ts';
import { renderCanonical } from '../../evidence/canonical.ts';
import { EXIT } from '../../failure.ts';
import { during } from '../../progress.ts';
import { type Promoted, promote } from '../../registry/promotion/promote.ts';
import { parseReference } from '../../registry/reference.ts';
import type { Terminal } from '../command.ts';
import { refuseAll } from '../registry/mistakes.ts';
import { readOthers } from '../registry/opening.ts';
import { openStageScene, requireToken, type SceneFlags } from '../registry/stage-scene.ts';
import { readReason, renderRefusals, tellFinished } from '../registry/stage-words.ts';

export interface PromoteFlags extends SceneFlags {
  /** `churn@v1.4.0` */
  readonly version: string;
  readonly stage: string;
  readonly reason?: string;
  readonly json?: boolean;
}

/** `modelgate promote`: puts a version into a stage. A refusal is an answer: exit code 1. */
export async function runPromote(terminal: Terminal, flags: PromoteFlags): Promise<number> {
  const { stage } = flags;
  const [{ model, version }, reason] = await refuseAll(
    () => readVersion(flags.version),
    () => readReason(flags.reason),
    () => requireToken(terminal.environment),
  );
  const scene = await openStageScene(terminal, model, flags);
  const asked = {
    model,
    version,
    stage,
    reason,
    requestedBy: scene.actor,
    triggeredBy: readOthers(terminal.environment),
  };
  const step = terminal.progress.start(`Promoting ${model}@${version} to ${stage}`);
  const result = await during(step, () => promote({ ...scene, asked }));
  if (result.state === 'refused') step.fail('Refused');
  else step.done();
  if (flags.json) terminal.print(renderCanonical(result));
  else terminal.print(describe(result, `${model}@${version}`, stage));
  if ('finished' in result) tellFinished(terminal, result.finished, result.event.tag);
  return result.state === 'refused' || result.state === 'replaced' ? EXIT.notPass : EXIT.pass;
}

function readVersion(text: string): { readonly model: string; readonly version: string } {
  const reference = parseReference(text);
  if (reference.by === 'version') return reference;
  const fix = 'Name the version itself, such as churn@v1.4.0: what is promoted must not depend on the moment.';
  throw new UserMistake({ found: `\`${text}\` can be another version tomorrow`, fix });
}

function describe(result: Promoted, version: string, stage: string): string {
  switch (result.state) {
    case 'refused':
      return renderRefusals(`${version} does not come into ${stage}`, result.refusals);
    case 'allowed':
      return `${version} may come into ${stage}, where ${result.from ?? 'nothing'} is now. Nothing was written (--dry-run).`;
    case 'live':
      return `${version} is in ${stage} already, since ${result.event.created} (${result.event.tag}). Nothing to do.`;
    case 'replaced':
      return `This run put ${version} into ${stage} before (${result.event.tag}), and another version came in since. Start a new run.`;
    case 'promoted':
      return `${version} is in ${stage}: ${result.event.tag}, event ${result.event.sequence} of the ledger.`;
  }
}
