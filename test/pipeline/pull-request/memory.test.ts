import { afterAll, beforeAll, expect, test } from 'vitest';
import { judgeChange, openWorkshop, type Workshop } from './workshop.ts';

let workshop: Workshop;
let trained: string;
beforeAll(async () => {
  workshop = await openWorkshop();
  trained = await workshop.train();
});
afterAll(() => workshop.remove());

test('the judge checks data with the memory that it was given, and says so where that is too little', async () => {
  const { model } = await judgeChange(workshop, trained, { head: () => {} }, { memory: 1024 ** 2 });
  expect(model).toMatchObject({ outcome: 'cannot-measure', blocks: true });
  expect(model?.reason).toContain('more memory than the 1 MiB');
});
