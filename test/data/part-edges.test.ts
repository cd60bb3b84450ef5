import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { UserMistake } from '../../src/errors.ts';
import { judge, listOpen, pack } from './opened.ts';
import { contract, createFolder, find, writeParquet } from './project.ts';

const CITY = { name: 'city', logicalType: 'string', required: true, logicalTypeOptions: { minLength: 4 } };
const LAT = { name: 'lat', logicalType: 'number', required: true, logicalTypeOptions: { maximum: 90 } };

test('a value of another type than JSON promises is none, whatever it looks like', async () => {
  const lines = ['{"address":{"city":7}}', '{"address":["Oslo"]}', '{"address":"{\\"city\\":1}"}', '{"address":{}}'];
  const odcs = contract([{ name: 'address', logicalType: 'object', properties: [CITY] }]);
  expect(listOpen(await judge('b.jsonl', `${lines.join('\n')}\n`, odcs))).toEqual([
    ['logicalType', 'address', 2, ['2: ["Oslo"]', '3: {"city":1}']],
    ['logicalType', 'address.city', 1, ['1: 7']],
    ['minLength', 'address.city', 1, ['1: 7']],
    ['required', 'address.city', 1, ['4']],
  ]);
});

test('an object with a key twice is none: readers take one value or the other', async () => {
  const inner = { name: 'o', logicalType: 'object', properties: [{ name: 'x', logicalType: 'integer' }] };
  const odcs = contract([{ name: 'a', logicalType: 'object', properties: [inner] }]);
  const lines = ['{"a":{"o":{"x":1,"x":"y"}}}', '{"a":{"o":{"x":1},"o":{}}}', '{"a":{"o":{"x":1}}}'];
  const csv = lines.map((line) => `"${line.slice(5, -1).replaceAll('"', '""')}",1\n`).join('');
  for (const [path, content] of [
    ['b.jsonl', `${lines.join('\n')}\n`],
    ['b.csv', `a,b\n${csv}`],
    ['b.parquet', await pack(lines.map((line) => `select '${line.slice(5, -1)}'::json as a`).join(' union all '))],
  ] as const) {
    expect(listOpen(await judge(path, content, odcs))).toEqual([
      ['logicalType', 'a', 1, ['2: {"o":{"x":1},"o":{}}']],
      ['logicalType', 'a.o', 1, ['1: {"x":1,"x":"y"}']],
    ]);
  }
});

test('where nothing could hold it, nothing is measured', async () => {
  const odcs = contract([{ name: 'a', properties: [{ ...CITY, name: 'x' }] }]);
  const parquet = await pack(`select 'text' as a union all select '7'`);
  for (const [path, content] of [
    ['b.csv', 'a,b\ntext,1\n7,1\n'],
    ['b.jsonl', '{"a":1}\n'],
    ['b.parquet', parquet],
  ] as const) {
    const evidence = await judge(path, content, odcs);
    expect(evidence.outcome).toBe('cannot-measure');
    for (const rule of ['logicalType', 'minLength', 'required'])
      expect(find(evidence, rule, 'a.x')).toMatchObject({
        outcome: 'cannot-measure',
        reason: 'no row has a value there',
      });
  }
});

test('a key that a structure has not is missing in each of its rows', async () => {
  const odcs = contract([{ name: 'a', logicalType: 'object', properties: [CITY, { name: 'x', required: true }] }]);
  const evidence = await judge('b.parquet', await pack(`select {'City': 'Oslo', 'x': 1} as a`), odcs);
  expect(listOpen(evidence)).toEqual([
    ['logicalType', 'a.city', 0, []],
    ['minLength', 'a.city', 0, []],
    ['required', 'a.city', 1, ['1']],
  ]);
});

test('maps are objects, and lists of a fixed length are lists', async () => {
  const odcs = contract([
    {
      name: 'm',
      logicalType: 'object',
      properties: [{ name: 'k', logicalTypeOptions: { maximum: 1 }, logicalType: 'integer' }],
    },
  ]);
  const evidence = await judge('b.parquet', await pack(`select map {'k': 1} as m union all select map {'k': 2}`), odcs);
  expect(listOpen(evidence)).toEqual([['maximum', 'm.k', 1, ['2: 2']]]);
});

test('names of keys are names only', async () => {
  const names = ['a/b', 'a~b', 'a.b', '"', "'); DROP TABLE x; --", '0', 'sel ect', '*', '$', '{}', ')', ', x INTEGER'];
  const parts = names.map((name) => ({ name, logicalType: 'integer', required: true }));
  const odcs = contract([{ name: 'o', logicalType: 'object', properties: parts }]);
  const object = Object.fromEntries(names.map((name, index) => [name, index]));
  const fields = names.map((name, index) => `"${name.replaceAll('"', '""')}" := ${index}`).join(', ');
  for (const [path, content] of [
    ['b.jsonl', `${JSON.stringify({ o: object })}\n`],
    ['b.parquet', await pack(`select struct_pack(${fields}) as o`)],
  ] as const) {
    const evidence = await judge(path, content, odcs);
    expect(listOpen(evidence)).toEqual([]);
    expect(evidence.datasets[0]?.findings.map(({ column }) => column)).toContain('o."a.b"');
  }
});

test('the physical name of a key is looked for first, the name after it', async () => {
  const part = { name: 'city', physicalName: 'CTY', logicalType: 'string', required: true };
  const odcs = contract([{ name: 'a', logicalType: 'object', properties: [part] }]);
  const evidence = await judge('b.jsonl', '{"a":{"CTY":"x","city":1}}\n{"a":{"city":"y"}}\n{"a":{}}\n', odcs);
  expect(listOpen(evidence)).toEqual([['required', 'a.city', 1, ['3']]]);
});

test('a classified key hides its value, and the object around it', async () => {
  const parts = [
    { name: 'mail', logicalType: 'string', classification: 'PII', logicalTypeOptions: { maxLength: 3 } },
    LAT,
  ];
  const odcs = contract([
    { name: 'a', logicalType: 'object', logicalTypeOptions: { maxProperties: 1 }, properties: parts },
  ]);
  const evidence = await judge('b.jsonl', '{"a":{"mail":"ada@example.org","lat":99}}\n', odcs);
  expect(listOpen(evidence)).toEqual([
    ['maxProperties', 'a', 1, ['1']],
    ['maxLength', 'a.mail', 1, ['1']],
    ['maximum', 'a.lat', 1, ['1']],
  ]);
  expect(JSON.stringify(evidence)).not.toContain('ada@');
});

test('JSON in Parquet that is none is told, and not shown', async () => {
  const odcs = contract([{ name: 'j', logicalType: 'object', properties: [{ name: 'x', logicalType: 'integer' }] }]);
  const path = join(await createFolder({}), 'x.parquet');
  await writeParquet(path, `select '{"x": 1}'::json as j union all select '{"x": "1"}'`);
  // Of the same length, so that the file stays one.
  const bytes = Buffer.from((await readFile(path)).toString('latin1').replaceAll('{"x": 1}', '{"x"  1}'), 'latin1');
  const error = await judge('b.parquet', bytes, odcs).catch((thrown: unknown) => thrown);
  expect((error as UserMistake).problems).toMatchObject([
    {
      file: 'b.parquet',
      found:
        'this cannot be read as Parquet: Invalid Input Error: Invalid JSON found in Parquet file: Malformed JSON at byte 6 of input: unexpected character',
    },
  ]);
});

test('what means nothing for a part of a column is told', async () => {
  const part = {
    name: 'x',
    logicalType: 'integer',
    primaryKey: true,
    relationships: [{ to: 'other.id' }],
    quality: [
      { type: 'sql', query: 'SELECT 1', mustBe: 1 },
      { type: 'text', description: 'fine' },
    ],
  };
  const odcs = contract([
    { name: 'o', logicalType: 'object', properties: [part] },
    { name: 'l', logicalType: 'array', items: { logicalType: 'integer', unique: true } },
  ]);
  const evidence = await judge('b.jsonl', '{"o":{"x":1},"l":[1,1]}\n', odcs);
  expect(evidence.datasets[0]?.notChecked).toEqual([
    'column "o.x": a quality rule of type text',
    'column "o.x": primaryKey of a part of a column',
    'column "o.x": relationships of a part of a column',
    'column "o.x": sql of a part of a column',
    'column "l[]": unique of the elements of lists',
  ]);
});
