import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countDigests } from '../../src/data/scan/digest-counting.ts';
import { DigestSet } from '../../src/data/scan/digest-set.ts';
import type { Engine } from '../../src/engine/connection.ts';
import { Workshop } from '../engine/workshop.ts';

let workshop: Workshop;
beforeAll(async () => {
  workshop = await Workshop.open();
});
afterAll(() => workshop.close());

const LARGEST = 2n ** 64n - 1n;

test('different numbers are counted list by list, however they lie', () => {
  const number = fc.oneof(
    fc.bigInt({ min: 0n, max: LARGEST }),
    fc.constantFrom(0n, 1n, 2n ** 32n, 2n ** 63n, LARGEST),
    // Of the same lowest bits, by which they are looked up.
    fc.bigInt({ min: 0n, max: 9n }).map((high) => high << 40n),
  );
  const set = new DigestSet();
  fc.assert(
    fc.property(fc.array(number, { maxLength: 200 }), (numbers) => {
      expect(set.count(BigUint64Array.from(numbers))).toBe(new Set(numbers).size);
    }),
    { numRuns: 500 },
  );
  const many = BigUint64Array.from({ length: 5000 }, (_, index) => BigInt(index % 3000));
  expect(set.count(many)).toBe(3000);
});

/** An engine with a key table of 5,000 digests and a few more, which tells what was asked of it. */
async function open(others: readonly string[], memory = 512 * 1024 * 1024) {
  const engine = await workshop.engine({ memory });
  const rows = ['select hash(range) as k0 from range(1, 5001)', ...others].join(' union all ');
  await engine.run(`create temp table check_rows as ${rows}`);
  let taken = 0;
  const watched: Engine = {
    ...engine,
    lists: (queries) => {
      taken += 1;
      return engine.lists(queries);
    },
  };
  return { engine: watched, isTaken: () => taken > 0 };
}

const of = (...values: (bigint | null)[]) => values.map((value) => `select cast(${value} as ubigint) as k0`);

test('many digests that are spread evenly are taken out of the engine, and none is lost at an edge', async () => {
  const edges = of(0n, 0n, 2n ** 62n - 1n, 2n ** 62n, 2n ** 63n - 1n, 2n ** 63n, LARGEST, LARGEST, null);
  const { engine, isTaken } = await open(['select hash(range) from range(100, 300)', ...edges]);
  expect(await countDigests(engine, 'k0', 1000)).toEqual({ rows: 5208, different: 5006 });
  expect(isTaken()).toBe(true);
});

test.each([
  ['few digests', 10_000, [], 512, 5000],
  ['digests of which one repeats often', 1000, ['select hash(7) from range(5000)'], 512, 5000],
  ['digests where there is little memory', 1000, [], 100, 5000],
])('%s are left to the engine', async (_name, many, others, mebibytes, different) => {
  const { engine, isTaken } = await open(others, mebibytes * 1024 * 1024);
  expect(await countDigests(engine, 'k0', many)).toMatchObject({ different });
  expect(isTaken()).toBe(false);
});

test('no digest at all is none', async () => {
  const engine = await workshop.engine();
  await engine.run('create temp table check_rows as select cast(null as ubigint) as k0');
  expect(await countDigests(engine, 'k0', 0)).toEqual({ rows: 0, different: 0 });
});

test('what fails on the way is told, and so is that a query has no such lists', async () => {
  const engine = await workshop.engine();
  const take = async (...queries: string[]) => {
    const found: BigUint64Array[] = [];
    for await (const lists of engine.lists(queries)) found.push(...lists);
    return found;
  };
  expect(await take('select [1::ubigint, 2] where false', 'select [3::ubigint]')).toEqual([BigUint64Array.of(3n)]);
  expect(await take()).toEqual([]);
  await expect(take('select [1::ubigint]', "select [error('half way')::ubigint]")).rejects.toThrow('half way');
  await expect(take('select [1.5::double]')).rejects.toThrow('no lists of UBIGINT');
  // Who has seen enough is not told what a query that runs ahead comes to.
  for await (const [list] of engine.lists(['select [7::ubigint]', 'select no_such_column'])) {
    expect(list).toEqual(BigUint64Array.of(7n));
    break;
  }
});
