import type { Stage } from '../../config/stages.ts';
import type { ReleaseEvent } from '../../evidence/schema/ledger.ts';
import { renderSpan } from '../../gate/stage-text.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Refusal } from './asked.ts';
import { computeStay, type Stay } from './stay.ts';

/** Whether a version has come the way that the stage asks for, and has been on it long enough. */
export function judgeWay(ledger: Ledger, release: ReleaseEvent, stage: Stage, now: Date): Refusal[] {
  const { from, soakSeconds } = stage;
  if (from === undefined) return [];
  const { model, version, tag } = release;
  const stays = from.map((name) => ({ name, ...computeStay(ledger, model, name, version, now) }));
  const good = stays.filter(({ entered, abandoned }) => entered && !abandoned);
  const [best] = good.toSorted((a, b) => b.seconds - a.seconds);
  if (best === undefined) {
    const told = stays.map(
      ({ name, abandoned }) => `${abandoned ? 'was rolled back from' : 'has never been'} in ${name}`,
    );
    const found = `${tag} ${told.join(' and ')}, and ${stage.name} takes versions from there only`;
    const [first = stage.name] = from;
    return [{ ground: 'transition', found, fix: `Promote it to ${first} first: modelgate promote ${tag} ${first}.` }];
  }
  const missing = soakSeconds - best.seconds;
  if (missing <= 0) return [];
  const found = `${tag} was in ${best.name} for ${renderStay(best)}, and ${stage.name} asks for ${renderSpan(soakSeconds)}: ${renderSpan(missing)} are missing`;
  return [{ ground: 'soak', found, fix: describeWait(best, tag, missing, now) }];
}

/** Rounded down, as what is missing is rounded up. */
function renderStay({ seconds }: Stay): string {
  return renderSpan(Math.floor(seconds));
}

function describeWait(best: Stay & { readonly name: string }, tag: string, missing: number, now: Date): string {
  if (!best.present) {
    return `It is no longer there, so no more time passes: put it there again with modelgate promote ${tag} ${best.name}.`;
  }
  const due = new Date(Math.ceil((now.getTime() + missing * 1000) / 1000) * 1000);
  return `Ask again at ${due.toISOString().replace('.000Z', 'Z')}; until then it must stay in ${best.name}.`;
}
