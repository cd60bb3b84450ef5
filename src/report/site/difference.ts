import type { LedgerMetric, ReleaseEvent } from '../../evidence/schema/ledger.ts';
import { formatDifference, formatDigest, formatInterval, formatLevel, formatMetric, formatSize } from '../numbers.ts';
import { OUTCOME_WORDING } from '../wording.ts';

/** What of a version is compared. Shared by the pages and by the script in them. */
export type Comparable = Pick<
  ReleaseEvent,
  'version' | 'metrics' | 'rules' | 'controls' | 'waivers' | 'data' | 'files'
>;

export interface NamedMetric {
  readonly title: string;
  readonly direction: 'higher' | 'lower' | undefined;
}

export type Tone = 'better' | 'worse' | 'other';

export interface DifferenceCell {
  readonly text: string;
  readonly tone?: Tone;
}

/** A table of a comparison; the first cell of a row names it. */
export interface DifferenceTable {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly same: boolean; readonly cells: readonly DifferenceCell[] }[];
}

export interface Difference {
  readonly notes: readonly string[];
  readonly tables: readonly DifferenceTable[];
}

const ABSENT = '–';

/** Compares two versions: numbers with their difference, then rules, controls, waivers, data and files by digest. */
export function computeDifference(
  before: Comparable,
  after: Comparable,
  name: (metric: string) => NamedMetric,
): Difference {
  const columns = ['', before.version, after.version, 'Change'];
  const data = compareByKey(before.data, after.data, ({ name: key }) => key, describeDigest);
  const files = compareByKey(before.files, after.files, ({ path }) => path, describeFile);
  const judged = { key: ({ id }: Judged) => id, text: describeOutcome };
  const table = (caption: string, first: string, rows: DifferenceTable['rows']): DifferenceTable => ({
    caption,
    columns: [first, ...columns.slice(1)],
    rows,
  });
  return {
    notes: listNotes(before, after, data, files),
    tables: [
      {
        caption: 'Metrics',
        columns: ['Metric', before.version, after.version, 'Difference', 'Intervals'],
        rows: compareMetrics(before.metrics, after.metrics, name),
      },
      table('Rules', 'Rule', compareByKey(before.rules, after.rules, judged.key, judged.text)),
      table('Controls', 'Control', compareByKey(before.controls, after.controls, judged.key, judged.text)),
      table(
        'Waivers',
        'Waives',
        compareByKey(before.waivers, after.waivers, ({ waives }) => waives, describeWaiver),
      ),
      table('Data sets', 'Data set', data),
      table('Files of the model', 'File', files),
    ].filter(({ rows }) => rows.length > 0),
  };
}

type Judged = ReleaseEvent['rules'][number];

function listNotes(
  before: Comparable,
  after: Comparable,
  data: DifferenceTable['rows'],
  files: DifferenceTable['rows'],
): string[] {
  const changed = data.filter(({ same }) => !same).map(({ cells }) => cells[0]?.text ?? '');
  const numbers = before.metrics.length > 0 && after.metrics.length > 0;
  return [
    files.length > 0 && files.every(({ same }) => same)
      ? 'The files of the model are the same, byte for byte.'
      : undefined,
    changed.length > 0 && numbers
      ? `Not all data is the same (${changed.join(', ')}): where the test set is among it, the numbers rest on other rows.`
      : undefined,
    numbers ? undefined : 'There are no numbers to compare: the ledger holds none of at least one of the two.',
  ].filter((note) => note !== undefined);
}

function describeDigest(entry: { sha256: string }): [text: string, identity: string] {
  return [formatDigest(entry.sha256), entry.sha256];
}

function describeFile({ sha256, size }: ReleaseEvent['files'][number]): [string, string] {
  return [`${formatDigest(sha256)}, ${formatSize(size)}`, sha256];
}

function describeOutcome({ outcome, waived }: Judged): [string, string] {
  const text = `${OUTCOME_WORDING[outcome].word}${waived ? ', waived' : ''}`;
  return [text, text];
}

function describeWaiver({ reason, approver, expires }: ReleaseEvent['waivers'][number]): [string, string] {
  const text = `until ${expires}, approved by ${approver}: ${reason}`;
  return [text, text];
}

/** Entries beside each other by what names them; of several with one name the last counts. */
function compareByKey<T>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (entry: T) => string,
  describe: (entry: T) => [text: string, identity: string],
): DifferenceTable['rows'] {
  const [old, now] = [before, after].map((entries) => new Map(entries.map((entry) => [keyOf(entry), describe(entry)])));
  return [...new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])].map((key) => {
    const [a, b] = [old?.get(key), now?.get(key)];
    const same = a?.[1] === b?.[1];
    const change = same ? 'same' : a === undefined ? 'added' : b === undefined ? 'removed' : 'changed';
    return {
      same,
      cells: [
        { text: key },
        { text: a?.[0] ?? ABSENT },
        { text: b?.[0] ?? ABSENT },
        { text: change, ...(same ? {} : { tone: 'other' as const }) },
      ],
    };
  });
}

function compareMetrics(
  before: readonly LedgerMetric[],
  after: readonly LedgerMetric[],
  name: (metric: string) => NamedMetric,
): DifferenceTable['rows'] {
  const [old, now] = [before, after].map((metrics) => new Map(metrics.map((metric) => [metric.name, metric])));
  return [...new Set([...(now?.keys() ?? []), ...(old?.keys() ?? [])])].map((key) => {
    const [a, b] = [old?.get(key), now?.get(key)];
    const { title, direction } = name(key);
    return {
      same: a?.value === b?.value,
      cells: [
        { text: title },
        { text: describeMetric(a) },
        { text: describeMetric(b) },
        computeStep(a, b, direction),
        { text: describeOverlap(a, b) },
      ],
    };
  });
}

/** A number with its interval in one line. */
export function describeMetric(metric: LedgerMetric | undefined): string {
  if (metric === undefined || metric.value === null) return ABSENT;
  const { interval, value } = metric;
  return interval ? `${formatMetric(value)} (${formatInterval(interval)})` : formatMetric(value);
}

function computeStep(
  before: LedgerMetric | undefined,
  after: LedgerMetric | undefined,
  direction: NamedMetric['direction'],
): DifferenceCell {
  if (before?.value == null || after?.value == null) return { text: ABSENT };
  const step = after.value - before.value;
  if (step === 0 || direction === undefined) return { text: formatDifference(step) };
  const tone = step > 0 === (direction === 'higher') ? 'better' : 'worse';
  return { text: `${formatDifference(step)} ${tone}`, tone };
}

function describeOverlap(before: LedgerMetric | undefined, after: LedgerMetric | undefined): string {
  const [a, b] = [before?.interval, after?.interval];
  if (a === undefined || b === undefined) return 'no two intervals';
  if (a.level !== b.level) return `levels differ: ${formatLevel(a.level)} and ${formatLevel(b.level)}`;
  return a.low <= b.high && b.low <= a.high ? 'overlap' : 'do not overlap';
}
