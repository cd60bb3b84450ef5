import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { describePace, Pace } from '../../src/engine/pace.ts';
import { describeShortage } from '../../src/engine/shortage.ts';
import { readTable, type TableFile } from '../../src/engine/tables.ts';
import { Workshop } from './workshop.ts';

let workshop: Workshop;
beforeEach(async () => {
  workshop = await Workshop.open();
});
afterEach(() => workshop.close());

/** Remembers what was told while something went on. */
class Witness extends Pace {
  readonly seen: (number | undefined)[] = [];
  readonly #act: () => void;

  constructor(act: () => void = () => {}) {
    super();
    this.#act = act;
  }

  override follow(tell: () => number | undefined): () => void {
    const end = super.follow(tell);
    this.#act();
    return () => {
      this.seen.push(this.read());
      end();
    };
  }
}

describe('how far a pass is', () => {
  test('is told of the pass that began last, and of none when all have ended', () => {
    const pace = new Pace();
    expect(describePace(pace)).toBeUndefined();
    const outer = pace.follow(() => 0.5);
    const inner = pace.follow(() => 0.128);
    expect(describePace(pace, '40 rows')).toBe('this pass: 12 % of 40 rows');
    inner();
    expect(describePace(pace)).toBe('this pass: 50 %');
    outer();
    expect(describePace(pace)).toBeUndefined();
  });

  test.each([
    ['is not told before anybody knows it', -0.01, undefined],
    ['is not told where it is no number', Number.NaN, undefined],
    ['is at most all', 1.2, 'this pass: 100 %'],
  ])('%s', (_what, share, expected) => {
    const pace = new Pace();
    pace.follow(() => share);
    expect(describePace(pace)).toBe(expected);
  });

  test('is what the engine counts, and nothing stays when a query has ended', async () => {
    const pace = new Pace();
    const engine = await workshop.engine({ pace });
    await engine.run('CREATE TABLE numbers AS SELECT range AS n FROM range(1500000)');
    const seen = new Set<number | undefined>();
    const watching = setInterval(() => seen.add(pace.read()), 2);
    await engine.rows('SELECT count(DISTINCT md5(n::VARCHAR)) FROM numbers');
    clearInterval(watching);
    const shares = [...seen].filter((share) => share !== undefined);
    expect(shares.some((share) => share > 0 && share < 1)).toBe(true);
    expect(Math.max(...shares)).toBeLessThanOrEqual(1);
    expect(pace.read()).toBeUndefined();
  });
});

describe('reading the structure of a text file', () => {
  const TABLES: readonly (readonly [TableFile['format'], string])[] = [
    ['csv', `id,text\n${'1,abcdefghijklmnop\n'.repeat(600_000)}`],
    ['jsonl', '{"id":1,"text":"abcdefgh"}\n'.repeat(400_000)],
  ];

  test.each(TABLES)('tells how many of the bytes of a %s file were read', async (format, text) => {
    const path = await workshop.write(`table.${format}`, text);
    const pace = new Witness();
    const engine = await workshop.engine();
    await readTable(engine, { path, format, name: 'table' }, { pace });
    expect(pace.seen).toEqual([1]);
    expect(pace.read()).toBeUndefined();
  });

  test.each(TABLES)('ends at once when somebody asks for it (%s)', async (format, text) => {
    const path = await workshop.write(`table.${format}`, text);
    const stop = new AbortController();
    const pace = new Witness(() => stop.abort(new Error('cancelled by the user')));
    const engine = await workshop.engine();
    const reading = readTable(engine, { path, format, name: 'table' }, { pace, signal: stop.signal });
    await expect(reading).rejects.toThrow('cancelled by the user');
    expect(pace.seen).toEqual([0]);
  });
});

describe('too little memory', () => {
  const MIB = 1024 * 1024;

  test('is a mistake that says what to do', async () => {
    const engine = await workshop.engine({ memory: 24 * MIB });
    const sql = 'SELECT list(md5(range::VARCHAR) ORDER BY range) AS all FROM range(2000000)';
    await expect(engine.rows(sql)).rejects.toMatchObject({
      name: 'UserMistake',
      problems: [
        {
          found: 'the data need more memory than the 24 MiB that may be used',
          fix: expect.stringContaining('--memory'),
        },
      ],
    });
    expect(await engine.rows('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  // What DuckDB 1.5 says where its folder for spilling is full, and what it says when the disk is.
  test.each([
    `Out of Memory Error: failed to offload data block of size 256.0 KiB (1.0 GiB/1.0 GiB used).
This limit was set by the 'max_temp_directory_size' setting.`,
    'IO Error: Could not write file "/spill/duckdb_temp_storage-0.tmp": No space left on device',
  ])('is told from too little room on the disk: %s', (message) => {
    const shortage = describeShortage(new Error(message), { memory: MIB, temporary: '/spill' });
    expect(shortage?.problems[0]?.found).toBe(
      'what does not fit into memory does not fit on the disk of /spill either',
    );
  });

  test('is nothing that another failure shows', () => {
    const limits = { memory: MIB, temporary: '/spill' };
    expect(describeShortage(new Error('Binder Error: Out of Memory Error is no column'), limits)).toBeUndefined();
  });
});
