import { expect, test } from 'vitest';
import type { ReleaseEvent } from '../../../src/evidence/schema/ledger.ts';
import { computeDifference, type Difference } from '../../../src/report/site/difference.ts';
import { nameMetric } from '../../../src/report/site/metrics.ts';
import { createNumber, createRelease } from './ledgers.ts';

const compare = (before: Partial<ReleaseEvent>, after: Partial<ReleaseEvent>): Difference =>
  computeDifference(createRelease('churn', 'v1.0.0', before), createRelease('churn', 'v1.1.0', after), nameMetric);

/** The rows of a table as texts; none where the table is not there. */
function readRows({ tables }: Difference, caption: string): string[] {
  const rows = tables.find((table) => table.caption === caption)?.rows ?? [];
  return rows.map(({ cells }) => cells.map(({ text, tone }) => (tone ? `${text} [${tone}]` : text)).join(' | '));
}

const metrics = (...all: ReleaseEvent['metrics']) => ({ metrics: all });

test('a difference is better or worse by the direction of its metric, and neither where nobody knows it', () => {
  const found = compare(
    metrics(createNumber('accuracy', 0.9), createNumber('log-loss', 0.3), { name: 'latency', value: 10, n: 5 }),
    metrics(createNumber('accuracy', 0.85), createNumber('log-loss', 0.25), { name: 'latency', value: 9, n: 5 }),
  );
  expect(readRows(found, 'Metrics').map((row) => row.split(' | ')[3])).toEqual([
    ...['\u22120.0500 worse [worse]', '\u22120.0500 better [better]', '\u22121.000'],
  ]);
});

test.each([
  ['overlap', { low: 0.8, high: 0.9 }, { low: 0.9, high: 0.95 }, 0.95],
  ['do not overlap', { low: 0.8, high: 0.89 }, { low: 0.9, high: 0.95 }, 0.95],
  ['do not overlap', { low: 0.9, high: 0.95 }, { low: 0.8, high: 0.89 }, 0.95],
  ['levels differ: 95% and 90%', { low: 0.8, high: 0.9 }, { low: 0.8, high: 0.9 }, 0.9],
])('two intervals %s', (words, a, b, level) => {
  const number = (interval: { low: number; high: number }, at: number) =>
    metrics({ name: 'accuracy', value: 0.9, n: 9, interval: { ...interval, level: at, method: 'Wilson' } });
  expect(readRows(compare(number(a, 0.95), number(b, level)), 'Metrics')[0]?.split(' | ')[4]).toBe(words);
});

test('a number that only one version has is shown beside nothing', () => {
  const found = compare(
    metrics(createNumber('accuracy', 0.9)),
    metrics(createNumber('ece', 0.1, 0.01), createNumber('f1', null)),
  );
  expect(readRows(found, 'Metrics')).toEqual([
    'Expected calibration error | – | 0.1000 (0.0900 – 0.110) | – | no two intervals',
    'F1 | – | – | – | no two intervals',
    'Accuracy | 0.9000 (0.880 – 0.920) | – | – | no two intervals',
  ]);
});

test('rules, controls and waivers are added, removed and changed', () => {
  const waiver = { waives: 'card', reason: 'Soon.', approver: 'hedy', expires: '2026-03-31' };
  const found = compare(
    {
      controls: [
        { id: 'card', outcome: 'pass', waived: false },
        { id: 'owner', outcome: 'pass', waived: false },
      ],
    },
    {
      controls: [
        { id: 'card', outcome: 'fail', waived: true },
        { id: 'bias', outcome: 'pass', waived: false },
      ],
      waivers: [waiver],
    },
  );
  expect(readRows(found, 'Controls')).toEqual([
    ...['card | pass | fail, waived | changed [other]', 'owner | pass | – | removed [other]'],
    'bias | – | pass | added [other]',
  ]);
  expect(readRows(found, 'Waivers')).toEqual(['card | – | until 2026-03-31, approved by hedy: Soon. | added [other]']);
});

test('digests are compared whole, though a part of them is shown', () => {
  const [one, two] = ['0', '1'].map((last) => `sha256:${'a'.repeat(63)}${last}`);
  const found = compare(
    { data: [{ name: 'test', sha256: one ?? '' }] },
    { data: [{ name: 'test', sha256: two ?? '' }] },
  );
  expect(readRows(found, 'Data sets')).toEqual(['test | aaaaaaaaaaaa | aaaaaaaaaaaa | changed [other]']);
  expect(found.notes).toContainEqual(expect.stringContaining('Not all data is the same (test)'));
});

test('the same files and missing numbers are told in words', () => {
  const files = [{ path: 'm', sha256: `sha256:${'b'.repeat(64)}`, size: 3 }];
  expect(compare({ files, metrics: [] }, { files }).notes).toEqual([
    'The files of the model are the same, byte for byte.',
    'There are no numbers to compare: the ledger holds none of at least one of the two.',
  ]);
});
