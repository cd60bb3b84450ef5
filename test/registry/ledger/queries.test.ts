import { describe, expect, test } from 'vitest';
import {
  computeNextCounter,
  findLastHealthy,
  findReleaseEvent,
  isOfStage,
  listModels,
  listPlacings,
  listReleaseEvents,
  readStages,
} from '../../../src/registry/ledger/queries.ts';
import { makeLedger } from './chains.ts';
import { draftHealth, draftPromotion, draftRelease, draftRollback, draftVerdict } from './drafts.ts';

/** Events lie a day apart, at noon, from the first of January on. */
const ledger = makeLedger([
  draftRelease('churn', 'v1.0.0'),
  draftPromotion('churn', 'staging', 1, 'v1.0.0'),
  draftPromotion('churn', 'production', 1, 'v1.0.0'),
  draftRelease('penguins', 'v1.0.0'),
  draftRelease('churn', 'v1.1.0'),
  draftPromotion('churn', 'production', 2, 'v1.1.0'),
  draftRollback('churn', 'production', 3, 'v1.0.0', 'v1.1.0'),
]);

test('releases are found by model and version', () => {
  expect(listModels(ledger)).toEqual(['churn', 'penguins']);
  expect(listReleaseEvents(ledger, 'churn').map(({ version }) => version)).toEqual(['v1.0.0', 'v1.1.0']);
  expect(listReleaseEvents(ledger)).toHaveLength(3);
  expect(findReleaseEvent(ledger, 'penguins', 'v1.0.0')?.sequence).toBe(4);
  expect(findReleaseEvent(ledger, 'penguins', 'v1.1.0')).toBeUndefined();
});

test('a stage holds what was placed last, now and at an instant', () => {
  const tell = (at?: string) =>
    [...readStages(ledger, 'churn', at === undefined ? undefined : new Date(at))].map(([stage, { tag }]) => [
      stage,
      tag,
    ]);
  expect(tell()).toEqual([
    ['staging', 'churn#staging#1'],
    ['production', 'churn#production#3'],
  ]);
  expect(tell('2026-01-06T12:00:00Z')).toContainEqual(['production', 'churn#production#2']);
  expect(tell('2026-01-06T11:59:59Z')).toContainEqual(['production', 'churn#production#1']);
  expect(tell('2026-01-02T11:00:00Z')).toEqual([]);
  expect(listPlacings(ledger, 'churn', 'production')).toHaveLength(3);
  expect(readStages(ledger, 'penguins').size).toBe(0);
});

test('a verdict puts nothing into a stage, and says of no version that it is healthy or sick', () => {
  const others = [
    draftVerdict('churn', '1'),
    draftVerdict('churn', '2', { outcome: 'pass' }),
    draftVerdict('seals', '3'),
  ];
  const more = makeLedger([...ledger.events, ...others]);
  expect(readStages(more, 'churn')).toEqual(readStages(ledger, 'churn'));
  expect(listReleaseEvents(more)).toEqual(listReleaseEvents(ledger));
  expect(findLastHealthy(more, 'churn', 'production', 'v1.1.0')).toEqual(
    findLastHealthy(ledger, 'churn', 'production', 'v1.1.0'),
  );
  expect(more.events.filter((event) => isOfStage(event))).toHaveLength(4);
  expect(listModels(more)).toEqual(['churn', 'penguins', 'seals']);
});

test('a counter is never given twice, whoever gave it: the ledger, a tag, or GTO', () => {
  expect(computeNextCounter(ledger, 'churn', 'production', [])).toBe(4);
  expect(computeNextCounter(ledger, 'churn', 'production', ['churn#production#9', 'churn#staging#30'])).toBe(10);
  expect(computeNextCounter(ledger, 'churn', 'production', ['churn#production!#12', 'churn#production#x'])).toBe(13);
  expect(computeNextCounter(ledger, 'churn', 'canary', ['churn#canary-2#7'])).toBe(1);
});

describe('the last healthy version', () => {
  const place = (counter: number, version: string) => draftPromotion('churn', 'production', counter, version);
  const see = (version: string, healthy: boolean, id: string) =>
    draftHealth('churn', 'production', version, healthy, id);
  const find = (...drafts: Parameters<typeof makeLedger>[0]) =>
    findLastHealthy(makeLedger(drafts), 'churn', 'production', 'v3.0.0')?.version;

  test.each([
    ['is the one before', [place(1, 'v1.0.0'), place(2, 'v2.0.0'), place(3, 'v3.0.0')], 'v2.0.0'],
    ['is none where there was none', [place(1, 'v3.0.0')], undefined],
    [
      'is not one that was seen in trouble',
      [place(1, 'v1.0.0'), place(2, 'v2.0.0'), see('v2.0.0', false, '1')],
      'v1.0.0',
    ],
    [
      'is one that recovered',
      [place(1, 'v1.0.0'), place(2, 'v2.0.0'), see('v2.0.0', false, '1'), see('v2.0.0', true, '2')],
      'v2.0.0',
    ],
    [
      'is not one that was rolled back from',
      [place(1, 'v1.0.0'), place(2, 'v2.0.0'), draftRollback('churn', 'production', 3, 'v1.0.0', 'v2.0.0')],
      'v1.0.0',
    ],
    [
      'is of this stage',
      [
        place(1, 'v1.0.0'),
        draftPromotion('churn', 'staging', 1, 'v2.0.0'),
        draftHealth('churn', 'staging', 'v1.0.0', false, '1'),
      ],
      'v1.0.0',
    ],
  ])('%s', (_, drafts, version) => expect(find(...drafts)).toBe(version));
});
