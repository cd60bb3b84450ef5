import { UserMistake } from '../../errors.ts';
import { renderCanonical } from '../../evidence/canonical.ts';
import { computeSha256 } from '../../evidence/digest.ts';
import type { LedgerDraft, LedgerEvent } from '../../evidence/schema/ledger.ts';
import { commitBranchFile, readBranchTip } from '../../github/branch-files.ts';
import type { Client } from '../../github/client.ts';
import { readCommitFiles } from '../../github/commit-download.ts';
import { FILE_LIMITS } from '../../github/file-limits.ts';
import type { Repository } from '../../github/repository.ts';
import { NAME, VERSION } from '../../identity.ts';
import { requireBeginning } from './beginning.ts';
import { computeEventDigest, nameEventFile, parseLedger } from './chain.ts';
import { checkEvent } from './event-schema.ts';
import { type Appended, type Decision, LEDGER_BRANCH, type Ledger, type LedgerStore } from './ledger.ts';

/** How often an event is written anew because somebody else was faster: twenty writers at once need fewer. */
const TRIES = 40;
/** Seconds before the next try at most; they grow by this much from try to try. */
const [PAUSE_STEP_S, LONGEST_PAUSE_S] = [1, 10];

export interface LedgerOptions {
  readonly now: () => Date;
  /** From 0 up to 1, for pauses that differ between writers. */
  readonly random?: () => number;
}

/**
 * The ledger of a repository, on the branch `modelgate`. Reading costs three requests, and one while the branch stays
 * where it was; writing costs four more. Nothing is ever forced, so a faster writer is seen and waited for.
 */
export function openLedger(client: Client, repository: Repository, options: LedgerOptions): LedgerStore {
  const { now, random = Math.random } = options;
  let known: Ledger | undefined;

  async function read(): Promise<Ledger> {
    const commit = await readBranchTip(client, repository, LEDGER_BRANCH);
    if (commit === undefined) return { events: [], head: undefined, commit };
    if (known?.commit !== commit) known = parseLedger(await readCommitFiles(client, repository, commit), commit);
    return known;
  }

  /** Writes an event behind a ledger; undefined where that was no longer the end. */
  async function write(ledger: Ledger, event: LedgerEvent, content: string): Promise<Ledger | undefined> {
    const written = await commitBranchFile(client, repository, {
      branch: LEDGER_BRANCH,
      parent: ledger.commit,
      path: nameEventFile(event.sequence),
      content,
      message: describeEvent(event),
    });
    if (written === 'moved') return undefined;
    const head = { sequence: event.sequence, digest: computeSha256(content) };
    known = { ...ledger, events: [...ledger.events, event], head, commit: written.commit };
    return known;
  }

  async function append<T>(decide: (ledger: Ledger) => Decision<T> | Promise<Decision<T>>): Promise<Appended<T>> {
    const sent = new Set<string>();
    for (let before = 0; before < TRIES; before++) {
      if (before > 0) await client.pause(random() * Math.min(before * PAUSE_STEP_S, LONGEST_PAUSE_S));
      const ledger = await read();
      const own = sent.size > 0 ? ledger.events.find((event) => sent.has(computeEventDigest(event))) : undefined;
      // It was written, although nobody heard so, and another event came behind it.
      if (own) return { event: own, head: computeHead(own), ledger, appended: true };
      const decision = await decide(ledger);
      if ('stop' in decision) return { stop: decision.stop, ledger };
      const there = findById(ledger, decision.append.id);
      if (there) return { event: there, head: computeHead(there), ledger, appended: false };
      if (ledger.head === undefined) await requireBeginning(client, repository);
      const { event, content } = completeEvent(ledger, decision.append, now());
      sent.add(computeSha256(content));
      const after = await write(ledger, event, content);
      if (after) return { event, head: computeHead(event), ledger: after, appended: true };
    }
    const found = `the branch ${LEDGER_BRANCH} moved ${TRIES} times while an event was to be written`;
    throw new UserMistake({ found, fix: 'Run it again when fewer others write: it goes on where it was.' });
  }

  return { read, append };
}

function computeHead(event: LedgerEvent) {
  return { sequence: event.sequence, digest: computeEventDigest(event) };
}

function findById({ events, newer }: Ledger, id: string): LedgerEvent | undefined {
  const unknown = newer?.find((event) => event.id === id);
  if (unknown === undefined) return events.find((event) => event.id === id);
  const found = `the event ${id} is there, and a newer version of Modelgate wrote it (${unknown.kind})`;
  throw new UserMistake({ found, fix: 'Use that version.' });
}

/** What the ledger gives to an event. No event is older than the one before it: a clock may be behind. */
function completeEvent(ledger: Ledger, draft: LedgerDraft, now: Date): { event: LedgerEvent; content: string } {
  const { head, events } = ledger;
  const last = events.at(-1)?.created ?? '';
  const created = Date.parse(last) > now.getTime() ? last : now.toISOString();
  const content = renderCanonical({
    ...draft,
    schemaVersion: 1,
    sequence: (head?.sequence ?? 0) + 1,
    previous: head?.digest ?? null,
    created,
    tool: { name: NAME, version: VERSION },
  });
  const size = Buffer.byteLength(content);
  if (size > FILE_LIMITS.file) {
    const found = `the event ${draft.id} has ${size} bytes; the ledger takes ${FILE_LIMITS.file} at most`;
    throw new UserMistake({ found, fix: 'Give it fewer files, metrics or rules to tell of.' });
  }
  const checked = checkEvent(JSON.parse(content));
  if (checked.state !== 'known') {
    const fault = checked.state === 'wrong' ? checked.fault : 'is of an unknown kind';
    throw new Error(`The event ${draft.id} breaks its schema: ${fault}`);
  }
  return { event: checked.event, content };
}

function describeEvent(event: LedgerEvent): string {
  const { kind, model, sequence } = event;
  if (event.kind === 'verdict') return `${kind}: ${model} on the test set of ${event.budget} (event ${sequence})`;
  const place = event.kind === 'release' ? '' : ` in ${event.stage}`;
  return `${kind}: ${model} ${event.version}${place} (event ${sequence})`;
}
