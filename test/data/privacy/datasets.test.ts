import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import { renderPick } from '../../../src/data/privacy/sample.ts';
import type { CrossCheck, DataEvidence } from '../../../src/evidence/schema/data.ts';
import { check, contract, createFolder, type Files, writeParquet } from '../project.ts';

async function scan(file: string, content: string | Uint8Array, more: object = {}): Promise<CrossCheck> {
  const evidence = await scanAll({ people: { path: file } }, { [file]: content }, { in: ['people'], ...more });
  const [result] = evidence.checks;
  if (!result) throw new Error('no check');
  expect(evidence.outcome).toBe(result.outcome);
  return result;
}

function scanAll(data: object, files: Files, privacy: object, more: object = {}): Promise<DataEvidence> {
  return check({ ...data, checks: [{ privacy }] }, files, more);
}

const MAIL = 'ada@example.org';
const CARD = '4111 1111 1111 1111';
const NOTES = `id,reach,note\n1,${MAIL},fine\n2,,card ${CARD} was refused\n3,bob@example.com,\n4,,\n`;

test('personal data is found in columns of any name, counted, and never shown', async () => {
  const result = await scan('people.csv', NOTES);
  expect(result).toMatchObject({
    text: 'people holds no personal data',
    rule: 'privacy',
    column: 'reach, note',
    outcome: 'fail',
    count: 3,
    share: 0.75,
    reason:
      'reach (e-mail addresses in 2 of 2 values), note (payment cards in 1 of 2 values); all 4 rows looked at; so few say little about others',
    examples: [{ row: 1 }, { row: 2 }, { row: 3 }],
  });
  for (const value of [MAIL, 'bob', '4111']) expect(JSON.stringify(result)).not.toContain(value);
});

test('no value stands in the evidence where rows may be revealed either', async () => {
  const evaluate = {
    predictions: { path: 'out.csv', id: 'id', prediction: 'p' },
    labels: { path: 'people.csv', id: 'id', label: 'note' },
    reveal: 'rows',
    metrics: ['mae'],
  };
  const more = { task: 'regression', evaluate };
  const evidence = await scanAll({ people: { path: 'people.csv' } }, { 'people.csv': NOTES }, { in: ['people'] }, more);
  expect(evidence.outcome).toBe('fail');
  expect(JSON.stringify(evidence)).not.toMatch(/example\.|4111/);
});

test('the same is found in CSV, Parquet and JSONL, and within nested values', async () => {
  const parquet = join(await createFolder({}), 'x.parquet');
  await writeParquet(
    parquet,
    `select range as id, {'mail': [concat('u', range, '@example.org')]} as inner, 4111111111111111 + 0 * range as n
     from range(40)`,
  );
  const rows = Array.from({ length: 40 }, (_, id) => ({
    id,
    inner: { mail: [`u${id}@example.org`] },
    n: 4111111111111111,
  }));
  const jsonl = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  const csv = `id,inner,n\n${rows.map(({ id, inner, n }) => `${id},"${JSON.stringify(inner).replaceAll('"', '""')}",${n}\n`).join('')}`;
  for (const [file, content] of [
    ['people.csv', csv],
    ['people.parquet', await readFile(parquet)],
    ['people.jsonl', jsonl],
  ] as const) {
    // One card that stands in every row is one number, which chance gives.
    expect(await scan(file, content)).toMatchObject({
      outcome: 'fail',
      count: 40,
      column: 'inner',
      reason: 'inner (e-mail addresses in 40 of 40 values); all 40 rows looked at',
    });
  }
});

test('data of no person passes, and says what was looked at', async () => {
  const csv = `id,version,size\n${Array.from({ length: 50 }, (_, at) => `${100_000_000 + at},1.2.3.${at},${at / 7}\n`).join('')}`;
  expect(await scan('people.csv', csv)).toMatchObject({
    outcome: 'pass',
    count: 0,
    share: 0,
    examples: [],
    reason: 'none found in 3 columns; all 50 rows looked at',
  });
});

test('a name gives a column away, unless its values only say whether there is one', async () => {
  const csv = 'first_name,phone,surname\nx1,yes,\nx2,no,\nx3,yes,\nx4,,\n';
  expect(await scan('people.csv', csv)).toMatchObject({
    outcome: 'fail',
    column: 'first_name',
    count: 4,
    reason:
      'first_name (its name says what its 4 values are); all 4 rows looked at; so few say little about others; without a value: surname',
  });
});

test('a column that the contract classifies is declared, and does not fail', async () => {
  const promise = contract([
    { name: 'id', logicalType: 'string' },
    { name: 'reach', logicalType: 'string', classification: 'restricted' },
    { name: 'note', logicalType: 'string' },
  ]);
  const data = { people: { path: 'people.csv', contract: 'c.yaml' } };
  const files = { 'people.csv': NOTES.replace(CARD, 'x'), 'c.yaml': promise };
  expect((await scanAll(data, files, { in: ['people'] })).checks[0]).toMatchObject({
    outcome: 'pass',
    count: 0,
    reason:
      'none found in 3 columns; all 4 rows looked at; so few say little about others; declared as sensitive by the contract: reach (e-mail addresses in 2 of 2 values)',
  });
});

test('rows of declared columns are not counted with those of others', async () => {
  const data = { people: { path: 'people.csv', contract: 'c.yaml' } };
  const promise = contract([{ name: 'reach', classification: 'restricted' }, { name: 'id' }, { name: 'note' }]);
  const evidence = await scanAll(data, { 'people.csv': NOTES, 'c.yaml': promise }, { in: ['people'] });
  expect(evidence.checks[0]).toMatchObject({ outcome: 'fail', column: 'note', count: 1, examples: [{ row: 2 }] });
});

test('what is excepted is left out and named, and a detector looks for its own only', async () => {
  expect(await scan('people.csv', NOTES, { except: ['reach'] })).toMatchObject({
    outcome: 'fail',
    column: 'note',
    reason: expect.stringContaining('; excepted: reach'),
  });
  expect(await scan('people.csv', NOTES, { detectors: ['iban', 'email'] })).toMatchObject({
    column: 'reach',
    count: 2,
  });
  expect(await scan('people.csv', NOTES, { detectors: ['phone', 'column-name'] })).toMatchObject({ outcome: 'pass' });
});

test('where there is nothing to look at nothing is said', async () => {
  const cases: [string, object, string][] = [
    ['a,b\n', {}, 'people has no rows'],
    ['a,b\n,\n,\n', {}, 'no column of people has a value; all 2 rows looked at; so few say little about others'],
    ['a,b\n1,2\n', { except: ['a', 'b'] }, 'every column of people is excepted'],
    [
      'email,b\n1,2\n',
      { except: ['emial'] },
      '`except` names "emial", and no column has this name. Did you mean `email`? Allowed: email, b.',
    ],
  ];
  for (const [csv, more, reason] of cases) {
    const result = await scan('people.csv', csv, more);
    expect([result.reason.slice(0, reason.length), result.reason]).toEqual([reason, expect.any(String)]);
    expect(['cannot-measure', 'fail']).toContain(result.outcome);
  }
});

test('a name under except that one of several data sets has is no mistake', async () => {
  const data = { a: { path: 'a.csv' }, b: { path: 'b.csv' } };
  const files = { 'a.csv': `m,x\n${MAIL},1\n`, 'b.csv': 'x\n1\n' };
  const evidence = await scanAll(data, files, { in: ['a', 'b'], except: ['m'] });
  expect(evidence.checks.map(({ outcome }) => outcome)).toEqual(['pass', 'pass']);
  const wrong = await scanAll(data, files, { in: ['b', 'a'], except: ['mail', 'm'] });
  expect(wrong.checks.map(({ outcome }) => outcome)).toEqual(['cannot-measure', 'pass']);
});

test('a sample has as many rows as were asked for, spread over the file, whatever the number of threads', async () => {
  const path = join(await createFolder({}), 'x.parquet');
  await writeParquet(path, 'select range as id from range(30007)');
  const seen = new Set<string>();
  const { DuckDBInstance } = await import('@duckdb/node-api');
  for (const threads of ['1', '2', '4']) {
    const instance = await DuckDBInstance.create(':memory:', { threads });
    const connection = await instance.connect();
    const result = await connection.runAndReadAll(
      `select id, r from (select row_number() over () as r, * from '${path}') where ${renderPick(30_007, 1000)} order by r`,
    );
    const rows = result.getRowsJS().map(([id, r]) => [Number(id) + 1, Number(r)] as const);
    expect(rows.length).toBe(1000);
    for (const [at, [id, r]] of rows.entries()) {
      expect(id).toBe(r);
      expect(Math.floor((r * 1000 - 1) / 30_007)).toBe(at);
    }
    seen.add(String(rows));
    connection.closeSync();
    instance.closeSync();
  }
  expect(seen.size).toBe(1);
  // Not the same place in every stretch, which a pattern of the file could hide from.
  const places = new Set(
    [...seen]
      .join(',')
      .split(',')
      .filter((_, at) => at % 2 === 0)
      .map((id) => Number(id) % 30),
  );
  expect(places.size).toBe(30);
});

test('a sample says so, and the whole file is looked at where that is asked', async () => {
  const lines = Array.from({ length: 400 }, (_, at) => (at === 123 ? `${MAIL}\n` : `n${at}\n`));
  const csv = `note\n${lines.join('')}`;
  expect(await scan('people.csv', csv, { rows: 'all' })).toMatchObject({
    outcome: 'fail',
    count: 1,
    examples: [{ row: 124 }],
    reason: 'note (e-mail addresses in 1 of 400 values); all 400 rows looked at',
  });
  expect(await scan('people.csv', csv, { rows: 40 })).toMatchObject({
    outcome: 'pass',
    reason: 'none found in 1 column; 40 of 400 rows looked at, spread evenly, by seed 1',
  });
  const all = `note\n${lines.map((_, at) => `u${at}@example.org\n`).join('')}`;
  const [once, twice] = [await scan('people.csv', all, { rows: 40 }), await scan('people.csv', all, { rows: 40 })];
  expect(once).toMatchObject({ outcome: 'fail', count: 40, share: 1 });
  expect(twice).toEqual(once);
});

test('names of columns and values cannot break out of SQL', async () => {
  const csv = `"e""; drop' --","c0"\n"x'); --@example.org","a\\b"\n`;
  expect(await scan('people.csv', csv)).toMatchObject({ outcome: 'pass' });
});
