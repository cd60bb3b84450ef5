import type { EvidenceSet } from '../evidence/document.ts';
import type { PromiseChange, ProposedTestSet } from '../evidence/schema/verdict.ts';
import { WITHHELD_VALUE } from './wording.ts';

/** Files that cannot be a table: contracts, cards and configurations. A test set is csv, parquet or jsonl. */
const NO_TABLE = /\.(?:ya?ml|json|md)$/i;
/** A count of something, as a changed test set may say it: `115`, `1,204 rows`. */
const COUNT = /^\d{1,3}(?:,?\d{3})*(?: (?:rows?|columns?|labels?|ids?|classes|class|values?))?$/;
/** Words that a phrase about a changed test set may use without telling what stands in it. */
const PLAIN_WORDS = new Set(
  'rows row columns column labels label ids id classes class values value size format contents added removed changed new missing duplicate duplicated with without a an no'.split(
    ' ',
  ),
);

/** What a changed test set promises otherwise, in counts alone: no value of it, and not even these under `verdict`. */
export function hidePromises(
  changes: readonly PromiseChange[],
  evidence: EvidenceSet,
  counts: boolean,
): PromiseChange[] {
  const seen = new Set<string>();
  return changes.flatMap((change) => {
    if (!mayBeTestSet(change.file, evidence)) return [change];
    if (counts) return [{ ...change, ...keepCounts(change) }];
    if (seen.has(change.file)) return [];
    seen.add(change.file);
    return [{ file: change.file, subject: 'contents', change: 'changed', before: null, after: WITHHELD_VALUE }];
  });
}

/** A file counts as the test set unless it is known to be something else. */
function mayBeTestSet(file: string, { data, evaluation }: EvidenceSet): boolean {
  const test = evaluation?.testSet;
  if (test?.path === file) return true;
  if (NO_TABLE.test(file)) return false;
  return !(data?.datasets ?? []).some(({ path, sha256 }) => path === file && test && sha256 !== test.sha256);
}

function keepCounts({ subject, before, after }: PromiseChange): Partial<PromiseChange> {
  const plain = subject.split(' ').every((word) => PLAIN_WORDS.has(word.toLowerCase()));
  const keep = (text: string | null): string | null => (text === null || COUNT.test(text) ? text : WITHHELD_VALUE);
  return { subject: plain ? subject : 'contents', before: keep(before), after: keep(after) };
}

/** The result on the proposed test set without its numbers. */
export function hideProposed(proposed: ProposedTestSet, reason: string): ProposedTestSet {
  return { ...proposed, reason, metrics: [] };
}
