import { describe, expect, test } from 'vitest';
import type { LedgerDraft } from '../../../src/evidence/schema/ledger.ts';
import { computeEventDigest } from '../../../src/registry/ledger/chain.ts';
import type { Ledger } from '../../../src/registry/ledger/ledger.ts';
import { type Anchor, findLedgerFaults, type RegistryFacts } from '../../../src/registry/ledger/verification.ts';
import { makeLedger } from './chains.ts';
import { draftHealth, draftPromotion, draftRelease, draftRollback, draftVerdict } from './drafts.ts';

const COMMIT = '1'.repeat(40);
const DRAFTS: readonly LedgerDraft[] = [
  draftRelease('churn', 'v1.0.0'),
  draftPromotion('churn', 'production', 4, 'v1.0.0'),
  draftHealth('churn', 'production', 'v1.0.0', true, '1'),
  draftHealth('churn', 'production', 'v1.0.0', true, '2'),
  draftRelease('churn', 'v1.1.0'),
  draftPromotion('churn', 'production', 5, 'v1.1.0'),
  draftRollback('churn', 'production', 6, 'v1.0.0', 'v1.1.0'),
];
const ledger = makeLedger(DRAFTS);
const name = (sequence: number) => `events/0000000${sequence}.json`;

/** What stands beside a ledger when every run was finished: an anchor in each tag. */
function surround({ events }: Ledger): { anchors: Anchor[]; facts: RegistryFacts } {
  const tagged = events.flatMap((event) => ('tag' in event ? [event] : []));
  return {
    anchors: tagged.map((event) => ({
      where: `the tag ${event.tag}`,
      head: { sequence: event.sequence, digest: computeEventDigest(event) },
      tag: event.tag,
    })),
    facts: {
      tags: tagged.map(({ tag, commit }) => ({ name: tag, commit, anchored: true })),
      releases: tagged
        .filter(({ kind }) => kind === 'release')
        .map(({ tag, created }) => ({ tagName: tag, published: created, anchored: true })),
    },
  };
}

const { anchors, facts } = surround(ledger);
const compare = (other: Ledger) =>
  findLedgerFaults(other, anchors, facts).map(({ where, found }) => `${where} ${found}`);

test('nothing is wrong with a ledger that its tags remember', () => {
  expect(findLedgerFaults(ledger, anchors, facts)).toEqual([]);
});

test('verdicts need no tag, and do not begin the record of versions', () => {
  const later = makeLedger([...DRAFTS, draftVerdict('churn', '1')]);
  expect(compare(later)).toEqual([]);
  const first = makeLedger([draftVerdict('churn', '1'), ...DRAFTS]);
  const around = surround(first);
  const releases = [...around.facts.releases];
  const byHand = { tagName: 'churn@v0.1.0', published: '2026-01-01T18:00:00Z', anchored: false };
  expect(findLedgerFaults(first, around.anchors, { ...around.facts, releases: [byHand, ...releases] })).toEqual([]);
});

describe('a ledger whose chain was written anew is found out', () => {
  const replace = (at: number, ...drafts: LedgerDraft[]) => makeLedger(DRAFTS.toSpliced(at, 1, ...drafts));

  test('an event that was changed, by its own tag', () => {
    const [first, ...others] = compare(replace(4, draftRelease('churn', 'v1.1.0', { outcome: 'fail' })));
    expect(first).toMatch(/^events\/00000005\.json|^events\/00000003\.json to events\/00000005\.json/);
    expect(first).toContain('were changed: the tag churn@v1.1.0 knows');
    expect(others).toEqual([]);
  });

  test('an event without an anchor of its own, by the next one', () => {
    const [first] = compare(replace(2, draftHealth('churn', 'production', 'v1.0.0', false, '1')));
    expect(first).toMatch(/^events\/00000003\.json to events\/00000005\.json were changed/);
  });

  test('an event that was removed', () => {
    const faults = compare(replace(4));
    expect(faults[0]).toMatch(/^events\/00000003\.json to events\/00000005\.json were changed/);
    expect(faults).toContainEqual(
      expect.stringMatching(/^events\/00000007\.json is missing, and the tag churn#production#6/),
    );
    expect(faults).toContainEqual(expect.stringMatching(/^the release churn@v1\.1\.0 has no event in the ledger/));
  });

  test('events that were cut off', () => {
    const faults = compare(makeLedger(DRAFTS.slice(0, 6)));
    expect(faults).toContain(`${name(7)} is missing, and the tag churn#production#6 knows it`);
    expect(faults).toContainEqual(expect.stringMatching(/^the tag churn#production#6 has no event in the ledger/));
    expect(compare(makeLedger([])).filter((fault) => fault.includes('is missing'))).toHaveLength(5);
  });

  test('events that were exchanged', () => {
    const [two, five] = [DRAFTS[1], DRAFTS[4]] as [LedgerDraft, LedgerDraft];
    const [first] = compare(makeLedger(DRAFTS.with(1, five).with(4, two)));
    expect(first).toMatch(/^events\/00000002\.json was changed: the tag churn#production#4 knows/);
  });

  test('an event that was inserted', () => {
    const [first] = compare(makeLedger(DRAFTS.toSpliced(1, 0, draftRelease('churn', 'v0.9.0'))));
    expect(first).toMatch(/^events\/00000002\.json was changed/);
    expect(compare(makeLedger([...DRAFTS, draftRelease('churn', 'v9.0.0')]))).toEqual([
      expect.stringMatching(/^events\/00000008\.json is of churn@v9\.0\.0, which is not published/),
    ]);
  });
});

describe('tags and releases are compared too', () => {
  const look = (change: Partial<RegistryFacts>) =>
    findLedgerFaults(ledger, anchors, { ...facts, ...change }).map(({ where, found }) => `${where} ${found}`);

  test('a version or a place that is not finished', () => {
    const faults = findLedgerFaults(ledger, [], { tags: [], releases: [] });
    expect(faults).toHaveLength(5);
    expect(faults.every(({ unfinished }) => unfinished)).toBe(true);
  });

  test('a published version whose tag is gone, or on another commit', () => {
    const tags = facts.tags.filter((tag) => tag.name !== 'churn@v1.0.0');
    expect(look({ tags })).toEqual(['the tag churn@v1.0.0 is missing']);
    const moved = facts.tags.map((tag) =>
      tag.name === 'churn#production#5' ? { ...tag, commit: '2'.repeat(40) } : tag,
    );
    expect(look({ tags: moved })).toEqual([
      `the tag churn#production#5 is on the commit ${'2'.repeat(40)}, and ${name(6)} says ${COMMIT}`,
    ]);
  });

  test('a version that somebody published by hand, but not one from before the ledger', () => {
    const add = (published: string, anchored = false) =>
      look({ releases: [...facts.releases, { tagName: 'churn@v9.0.0', published, anchored }] });
    expect(add('2026-02-01T00:00:00Z')).toEqual([expect.stringContaining('the release churn@v9.0.0 has no event')]);
    expect(add('2025-02-01T00:00:00Z')).toEqual([]);
    expect(add('2025-02-01T00:00:00Z', true)).toHaveLength(1);
  });

  test('a stage tag that somebody made by hand, but not one from before the ledger', () => {
    const add = (tag: string) => look({ tags: [...facts.tags, { name: tag, commit: COMMIT, anchored: false }] });
    expect(add('churn#production#7')).toEqual([expect.stringContaining('the tag churn#production#7 has no event')]);
    expect(add('churn#production#3')).toEqual([]);
    expect(add('churn#canary#1')).toHaveLength(1);
  });

  test('a tag that names the event of another one', () => {
    const [first] = anchors as [Anchor];
    const faults = findLedgerFaults(ledger, [{ ...first, where: 'the tag x', tag: 'churn@v1.1.0' }], facts);
    expect(faults).toEqual([{ where: 'the tag x', found: `names ${name(1)} as its event, which is of churn@v1.0.0` }]);
  });

  test('a version or a counter that was given twice', () => {
    const twice = makeLedger([...DRAFTS, draftPromotion('churn', 'production', 5, 'v1.0.0', { id: 'again' })]);
    expect(compare(twice)).toEqual([`${name(8)} gives churn#production#5 again, after ${name(6)}`]);
  });
});
