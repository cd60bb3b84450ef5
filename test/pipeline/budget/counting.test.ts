import { expect, test } from 'vitest';
import { countVerdict } from '../../../src/pipeline/budget/counting.ts';
import type { BudgetStore, CountedVerdict } from '../../../src/pipeline/budget/store.ts';
import { sealEvidence } from '../../../src/pipeline/sealing.ts';
import { fakeDigest } from '../../support/evidence.ts';
import { createJudged } from './evidence.ts';

function openMemory() {
  const all: CountedVerdict[] = [];
  const list = (budget: string) => [...new Set(all.filter((one) => one.budget === budget).map(({ id }) => id))];
  const store: BudgetStore = {
    read: async (budget) => list(budget),
    count: async (verdict) => {
      all.push(verdict);
      return list(verdict.budget);
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
