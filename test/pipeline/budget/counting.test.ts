import { describe, expect, test } from 'vitest';
import { countVerdict } from '../../../src/pipeline/budget/counting.ts';
import type { Account } from '../../../src/pipeline/budget/question.ts';
import type { BudgetStore, CountedVerdict } from '../../../src/pipeline/budget/store.ts';
import { sealEvidence } from '../../../src/pipeline/sealing.ts';
import { fakeDigest } from '../../support/evidence.ts';
import { ACCOUNT, createJudged } from './evidence.ts';

function openMemory() {
  const all: CountedVerdict[] = [];
  const list = ({ budget, model }: Account) => {
    const own = all.filter((one) => one.budget === budget && one.model === model);
    return [...new Set(own.map(({ id }) => id))];
  };
  const store: BudgetStore = {
    read: async (account) => list(account),
    count: async (verdict) => {
      all.push(verdict);
      return list(verdict);
    },
  };
  return { store, all };
}

test('what is counted names the rules that judged, not those of the change', async () => {
  const { store, all } = openMemory();
  const judgedBy = { side: 'base', commit: '2'.repeat(40), config: fakeDigest('base.yml'), bootstrap: false } as const;
  await countVerdict(store, createJudged('model', {}, { verdict: { judgedBy } }));
  await countVerdict(store, createJudged('model'));
  expect(all.map(({ config }) => config)).toEqual([fakeDigest('base.yml'), fakeDigest('modelgate.yml')]);
});

test('what is withheld from reports is counted all the same, under the same id', async () => {
  const { store, all } = openMemory();
  const evidence = createJudged('model', {}, { verdict: { reveal: 'verdict' }, evaluation: { reveal: 'verdict' } });
  await countVerdict(store, evidence);
  await countVerdict(store, sealEvidence(evidence));
  expect(new Set(all.map(({ id }) => id)).size).toBe(1);
});

test('a verdict that should be counted and does not say on what it rests is refused', async () => {
  const { store } = openMemory();
  const { evaluation: _gone, ...evidence } = createJudged();
  expect(await countVerdict(store, evidence)).toMatchObject({
    state: 'refused',
    reason: 'it could not be counted: the evaluation that it rests on is not there',
  });
});

test('any other fault than a mistake is thrown on', async () => {
  const { store } = openMemory();
  const broken = { ...store, count: () => Promise.reject(new Error('a bug')) };
  await expect(countVerdict(broken, createJudged())).rejects.toThrow('a bug');
});

test('a verdict that the store took and does not tell of is refused', async () => {
  const forgetful: BudgetStore = { read: async () => [], count: async () => ['verdict:of-another'] };
  for (const whenSpent of ['warn', 'cannot-measure'] as const) {
    expect(await countVerdict(forgetful, createJudged('model', { whenSpent }))).toMatchObject({
      state: 'refused',
      reason: expect.stringContaining('is not among those that were counted'),
    });
  }
});

test('an evaluation that lost its numbers to `reveal` is counted all the same, whatever it came to', async () => {
  const { store, all } = openMemory();
  const more = {
    verdict: { reveal: 'verdict' },
    evaluation: { reveal: 'verdict', outcome: 'cannot-measure' },
  } as const;
  expect(await countVerdict(store, sealEvidence(createJudged('model', {}, more)))).toEqual({ state: 'counted' });
  expect(all).toHaveLength(1);
});

test('what nobody could count is refused wherever nothing may be shown uncounted', async () => {
  const { store, all } = openMemory();
  const judge = (whenSpent: 'warn' | 'cannot-measure') =>
    countVerdict(store, createJudged('model', { state: 'unknown', counted: false, spent: null, whenSpent }));
  expect(await judge('warn')).toEqual({ state: 'counted' });
  expect(await judge('cannot-measure')).toMatchObject({ state: 'refused' });
  expect(all).toEqual([]);
});

describe('a verdict by rules that the change brings along itself', () => {
  const judgedBy = { side: 'head', commit: '2'.repeat(40), config: fakeDigest('head.yml'), bootstrap: true } as const;
  const bring = (name: string) => createJudged(name, {}, { verdict: { judgedBy } });

  test('is counted while there are only such', async () => {
    const { store } = openMemory();
    expect(await countVerdict(store, bring('one'))).toEqual({ state: 'counted' });
    expect(await countVerdict(store, bring('two'))).toEqual({ state: 'counted' });
    expect(await store.read(ACCOUNT)).toHaveLength(2);
  });

  test('spends nothing of a budget that the rules of the base spend from', async () => {
    const { store } = openMemory();
    await countVerdict(store, createJudged('one'));
    expect(await countVerdict(store, bring('two'))).toMatchObject({
      state: 'refused',
      reason: expect.stringContaining('rules that are merged already'),
    });
    expect(await store.read(ACCOUNT)).toHaveLength(1);
  });
});
