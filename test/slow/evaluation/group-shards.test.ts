import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calibrated, calibrationGroups } from '../../../src/evaluation/calibrated/calibrated.ts';
import { counted } from '../../../src/evaluation/counted/counted.ts';
import { fairness } from '../../../src/evaluation/fairness/fairness.ts';
import type { Family, GroupFamily } from '../../../src/evaluation/family.ts';
import { mergeShards } from '../../../src/evaluation/shards.ts';
import { all, engine, expectSame, load, type Row, RUNS, shards, TAIL } from '../../evaluation/sharding.ts';

const positive = 'p';
const task = 'multiclass-classification';

describe('groups in shards differ by as much as in one file:', () => {
  const view = { name: 'site', columns: ['slice_0'] };

  async function compareGroups<Part>(family: Family<Part>, across: GroupFamily<Part>, name: string): Promise<void> {
    const request = { name, positive, group: 'site' };
    const fetch = (rows: readonly Row[]) =>
      load({ task }, rows, async (table) => {
        const groups = (await across.fetch(engine, table, [{ ...view, requests: [request] }])).get('site');
        return { table, groups: groups ?? new Map<string, Part>() };
      });
    const run = async (rows: readonly (readonly Row[])[]) => {
      const own = rows.map((some) => [...all, ...all.map((one) => ({ ...one, weight: 2 })), ...some]);
      const loaded: Awaited<ReturnType<typeof fetch>>[] = [];
      for (const some of own) loaded.push(await fetch(some));
      const whole = await fetch(own.flat());
      const merged = new Map<string, Part>();
      for (const value of whole.groups.keys()) {
        const parts = loaded.flatMap(({ table, groups }) => {
          const part = groups.get(value);
          return part === undefined ? [] : [{ table, part }];
        });
        const found = mergeShards(family, parts);
        if ('reason' in found) throw new Error(found.reason);
        merged.set(value, found.part);
      }
      const estimate = (groups: ReadonlyMap<string, Part>) => {
        const found = across.estimateGroups(groups, request, 0, whole.table);
        return 'reason' in found ? found : [found.value, found.n, found.computeLimits(TAIL)];
      };
      expect(whole.groups.size).toBe(2);
      expectSame(estimate(merged), estimate(whole.groups));
    };
    await fc.assert(fc.asyncProperty(shards, run), RUNS);
  }

  test.each(['equalized-odds-difference', 'predictive-parity-ratio'])('%s', (name) =>
    compareGroups(counted, fairness, name),
  );

  test('calibration-difference', () => compareGroups(calibrated, calibrationGroups, 'calibration-difference'));
});
