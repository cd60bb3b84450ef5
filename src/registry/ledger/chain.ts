import { messageOf, UserMistake } from '../../errors.ts';
import { renderCanonical } from '../../evidence/canonical.ts';
import { computeSha256 } from '../../evidence/digest.ts';
import type { LedgerEvent, LedgerHead } from '../../evidence/schema/ledger.ts';
import { checkEvent } from './event-schema.ts';
import { LEDGER_BRANCH, type Ledger, type NewerEvent } from './ledger.ts';

/** Files of the branch by path. */
type Files = ReadonlyMap<string, Buffer>;

/** Something that is not as it should be. `where` names an event's file, a tag, a release or a deployment. */
export interface LedgerFault {
  readonly where: string;
  readonly found: string;
  /** It may be the trace of a run that broke off: the next one finishes it. */
  readonly unfinished?: true;
}

/** Where the event of a number lies on the branch: `events/00000001.json`. */
export function nameEventFile(sequence: number): string {
  return `events/${String(sequence).padStart(8, '0')}.json`;
}

/** The digest by which the next event and the anchors name an event: sha256 of its file. */
export function computeEventDigest(event: LedgerEvent): string {
  return computeSha256(renderCanonical(event));
}

/** Reads the files of the branch. Throws UserMistake, naming the event and what is wrong with it. */
export function parseLedger(files: Files, commit?: string): Ledger {
  const { ledger, faults } = examineLedger(files, commit);
  const [first] = faults;
  if (first === undefined) return ledger;
  const others = faults.length > 1 ? ` (and ${faults.length - 1} more faults)` : '';
  throw new UserMistake({ found: `the ledger is broken: ${first.where} ${first.found}${others}`, fix: MEND });
}

const MEND =
  `Only Modelgate writes to the branch ${LEDGER_BRANCH}. See \`git log\` of that branch for who changed what, and have an ` +
  'administrator put the branch back to the last commit that was right; `modelgate verify --ledger` names all that is wrong.';

/** Reads the files of the branch, and collects everything that is wrong. What could be read is in the ledger. */
export function examineLedger(files: Files, commit?: string): { ledger: Ledger; faults: LedgerFault[] } {
  const { numbered, faults } = sortFiles(files);
  const [events, newer]: [LedgerEvent[], NewerEvent[]] = [[], []];
  const ids = new Map<string, string>();
  let head: LedgerHead | undefined;
  for (const [sequence, bytes] of numbered) {
    const where = nameEventFile(sequence);
    const tell = (found: string) => faults.push({ where, found });
    const before = head;
    head = { sequence, digest: computeSha256(bytes) };
    if (sequence > (before?.sequence ?? 0) + 1) tellMissing(faults, (before?.sequence ?? 0) + 1, sequence - 1);
    const read = readEvent(bytes);
    if (read.state === 'wrong') {
      tell(read.fault);
      continue;
    }
    const { event } = read;
    if (event.sequence !== sequence) tell(`says that it is event ${event.sequence}`);
    if (before?.sequence === sequence - 1 && event.previous !== before.digest)
      tell(describeBreak(event.previous, before));
    if (sequence === 1 && event.previous !== null) tell('is the first, and says that another was before it');
    const twin = ids.get(event.id);
    if (twin !== undefined) tell(`has the id of ${twin}: ${event.id}`);
    ids.set(event.id, where);
    if (read.state === 'known') events.push(read.event);
    else newer.push({ sequence, id: event.id, kind: event.kind, digest: head.digest });
  }
  const ledger = { events, head, commit, ...(newer.length > 0 && { newer }) };
  return { ledger, faults };
}

function describeBreak(previous: string | null, before: LedgerHead): string {
  const file = nameEventFile(before.sequence);
  return `follows an event with the digest ${previous}, and ${file} has ${before.digest}: one of the two was changed`;
}

function tellMissing(faults: LedgerFault[], from: number, to: number): void {
  const where = from === to ? nameEventFile(from) : `${nameEventFile(from)} to ${nameEventFile(to)}`;
  faults.push({ where, found: from === to ? 'is missing' : 'are missing' });
}

/** The events' files in order, and what else lies there. */
function sortFiles(files: Files): { numbered: [number, Buffer][]; faults: LedgerFault[] } {
  const numbered: [number, Buffer][] = [];
  const faults: LedgerFault[] = [];
  for (const [path, bytes] of files) {
    const sequence = Number(/^events\/(\d{8,9})\.json$/.exec(path)?.[1] ?? 0);
    if (sequence > 0 && nameEventFile(sequence) === path) numbered.push([sequence, bytes]);
    else faults.push({ where: JSON.stringify(path.slice(0, 100)), found: 'is no event and does not belong there' });
  }
  return { numbered: numbered.sort(([a], [b]) => a - b), faults };
}

function readEvent(bytes: Buffer) {
  let value: unknown;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(text);
  } catch (error) {
    return { state: 'wrong', fault: `is no JSON: ${messageOf(error).slice(0, 200)}` } as const;
  }
  const checked = checkEvent(value);
  if (checked.state === 'wrong') return { state: 'wrong', fault: `is no event: ${checked.fault}` } as const;
  // One way of writing an event, so that not even a space can be added.
  if (renderCanonical(value) !== text)
    return { state: 'wrong', fault: 'is not written as Modelgate writes it' } as const;
  return checked;
}
