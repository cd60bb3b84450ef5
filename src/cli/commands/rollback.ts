import { UserMistake } from '../../errors.ts';
import { renderCanonical } from '../../evidence/canonical.ts';
import { EXIT } from '../../failure.ts';
import { during } from '../../progress.ts';
import { type RolledBack, rollBack } from '../../registry/promotion/rollback.ts';
import { isVersion } from '../../registry/versions/grammar.ts';
import type { Terminal } from '../command.ts';
import { refuseAll } from '../registry/mistakes.ts';
import { readOthers } from '../registry/opening.ts';
import { openStageScene, requireToken, type SceneFlags } from '../registry/stage-scene.ts';
import { readReason, renderRefusals, tellFinished } from '../registry/stage-words.ts';

export interface RollbackFlags extends SceneFlags {
  readonly model: string;
  readonly stage: string;
  readonly reason?: string;
  /** `v1.3.0` or `churn@v1.3.0`; without it the last version that was healthy there. */
  readonly to?: string;
  readonly json?: boolean;
}

/** `modelgate rollback`: takes a stage back to a version that was in it. A refusal is an answer: exit code 1. */
export async function runRollback(terminal: Terminal, flags: RollbackFlags): Promise<number> {
  const { model, stage } = flags;
  const [to, reason] = await refuseAll(
    () => readTarget(model, flags.to),
    () => requireReason(flags.reason),
    () => requireToken(terminal.environment),
  );
  const scene = await openStageScene(terminal, model, flags);
  const asked = { model, stage, to, reason, requestedBy: scene.actor, triggeredBy: readOthers(terminal.environment) };
  const step = terminal.progress.start(`Taking ${stage} of ${model} back`);
  const result = await during(step, () => rollBack({ ...scene, asked }));
  if (result.state === 'refused') step.fail('Refused');
  else step.done();
  if (flags.json) terminal.print(renderCanonical(result));
  else terminal.print(describe(result, model, stage));
  if ('finished' in result) tellFinished(terminal, result.finished, result.event.tag);
  return result.state === 'refused' || result.state === 'replaced' ? EXIT.notPass : EXIT.pass;
}

function requireReason(text: string | undefined): string {
  const reason = readReason(text);
  if (reason !== '') return reason;
  throw new UserMistake({ found: 'a rollback needs a reason', fix: 'Say why, with --reason.' });
}

function readTarget(model: string, text: string | undefined): string | undefined {
  const version = text?.startsWith(`${model}@`) ? text.slice(model.length + 1) : text;
  if (version === undefined || isVersion(version)) return version;
  throw new UserMistake({ found: `--to is \`${text}\``, fix: 'Write a version such as v1.3.0.' });
}

function describe(result: RolledBack, model: string, stage: string): string {
  switch (result.state) {
    case 'refused':
      return renderRefusals(`${stage} of ${model} does not go back`, result.refusals);
    case 'allowed':
      return `${stage} would go back from ${model}@${result.from} to ${result.release.tag}. Nothing was written (--dry-run).`;
    case 'live':
      return `${model}@${result.event.version} is in ${stage} already (${result.event.tag}). Nothing to do.`;
    case 'replaced':
      return `This run took ${stage} back before (${result.event.tag}), and another version came in since.`;
    case 'rolled-back':
      return `${stage} is back at ${model}@${result.event.version}: ${result.event.tag}, event ${result.event.sequence} of the ledger.`;
  }
}
