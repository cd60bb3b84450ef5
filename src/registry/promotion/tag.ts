import { UserMistake } from '../../errors.ts';
import type { PlacingEvent } from '../../evidence/schema/ledger.ts';
import { createAnnotatedTag } from '../../github/tags.ts';
import { parseAnchor, renderAnchor } from '../ledger/anchor.ts';
import { computeEventDigest } from '../ledger/chain.ts';
import { formatVersionTag } from '../versions/grammar.ts';
import type { Scene } from './scene.ts';

/**
 * The message of a stage's tag. It names the version, so that git alone can say what is live:
 * `git tag -l --sort=-version:refname --format='%(refname:short) %(contents:subject)' 'churn#production#*'`.
 */
export function renderTagMessage(event: PlacingEvent): string {
  const { model, version, stage, kind } = event;
  const head = { sequence: event.sequence, digest: computeEventDigest(event) };
  const verb = kind === 'rollback' ? 'back in' : 'in';
  return `${model} ${version} ${verb} ${stage}\n\nModelgate-Version: ${formatVersionTag(model, version)}\n${renderAnchor(head)}\n`;
}

/** Makes the tag of an event, or finds it. Throws UserMistake where another tag has taken its name: none is ever moved. */
export async function ensureStageTag({ client, repository }: Scene, event: PlacingEvent): Promise<void> {
  const { tag: name, commit } = event;
  const there = await createAnnotatedTag(client, repository, { name, commit, message: renderTagMessage(event) });
  const anchor = parseAnchor(there.message);
  if (there.annotated && there.commit === commit && anchor?.digest === computeEventDigest(event)) return;
  const found = `the tag ${name} is there already, and not for event ${event.sequence} of the ledger`;
  const fix = `Somebody else made it. Remove it with git push origin ':refs/tags/${name}', then run this again.`;
  throw new UserMistake({ found, fix });
}
