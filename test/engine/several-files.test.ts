import { basename } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { locateRows } from '../../src/engine/rows.ts';
import { detectFormat, readTable, type TableFile } from '../../src/engine/tables.ts';
import { UserMistake } from '../../src/errors.ts';
import { writeParquet } from '../data/project.ts';
import { Workshop } from './workshop.ts';

let workshop: Workshop;
beforeEach(async () => {
  workshop = await Workshop.open();
});
afterEach(() => workshop.close());

type Extra = Partial<Pick<TableFile, 'partitions'>>;

async function read(contents: Readonly<Record<string, string>>, extra: (name: string) => Extra = () => ({})) {
  const files: TableFile[] = [];
  for (const [name, content] of Object.entries(contents)) {
    const path = await workshop.write(name, content);
    files.push({ path, name: basename(path), format: detectFormat(path) ?? 'csv', ...extra(name) });
  }
  return open(files);
}

async function open(files: readonly TableFile[]) {
  const engine = await workshop.engine();
  const table = await readTable(engine, files);
  const rows = await engine.rows<Record<string, unknown>>(`SELECT * FROM ${table.numbered} ORDER BY "__row"`);
  return { table, rows, engine };
}

async function problems(contents: Readonly<Record<string, string>>) {
  const error = await read(contents).catch((thrown: unknown) => thrown);
  if (!(error instanceof UserMistake)) throw error;
  return error.problems.map(({ file, line, found }) => [file, line, found]);
}

test('CSV files are read one after another, with or without marks, rows and last line breaks', async () => {
  const long = Array.from({ length: 40_000 }, (_, index) => `c${index},"x\ny"\n`).join('');
  const { table, rows } = await read({
    'a.csv': 'id,t\na1,1\na2,2',
    'b.csv': '\ufeffid,t\n',
    'c.csv': `id,t\n${long}`,
    'd.csv': 'id,t',
    'e.csv': '\ufeffid,t\ne1,"1"\n',
  });
  expect(table.files.map((file) => [file.name, file.rows])).toEqual([
    ['a.csv', 2],
    ['b.csv', 0],
    ['c.csv', 40_000],
    ['d.csv', 0],
    ['e.csv', 1],
  ]);
  expect(rows.length).toBe(40_003);
  expect([rows[0], rows[1], rows[2], rows[40_002]].map((row) => row?.['id'])).toEqual(['a1', 'a2', 'c0', 'e1']);
  expect(rows.every((row, index) => row['__row'] === index + 1)).toBe(true);
});

test('a record is found in its file, on the line on which it begins', async () => {
  const { table } = await read({
    'a.csv': 'id,t\n1,"x\r\ny"\n2,\n\n3,"\n\n"\n4,z\n',
    'b.csv': 'id,t\n5,x\n6,y\n',
  });
  expect(Object.fromEntries(await locateRows(table, [4, 1, 2, 3, 6]))).toEqual({
    1: { part: 0, row: 1, line: 2 },
    2: { part: 0, row: 2, line: 4 },
    3: { part: 0, row: 3, line: 6 },
    4: { part: 0, row: 4, line: 9 },
    6: { part: 1, row: 2, line: 3 },
  });
});

test('JSONL files have the keys of all, and faults name the line of their own file', async () => {
  const { table, rows } = await read({ 'a.jsonl': '{"b":1}\n\n', 'b.jsonl': '{"a":2}\n{"b":3}\n' });
  expect(table.columns.map(({ name }) => name)).toEqual(['b', 'a']);
  expect(rows.map((row) => [row['__row'], row['a'], row['b']])).toEqual([
    [1, null, '1'],
    [2, '2', null],
    [3, null, '3'],
  ]);
  expect(await locateRows(table, [3])).toEqual(new Map([[3, { part: 1, row: 2, line: 2 }]]));
  expect(await problems({ 'a.jsonl': '{"b":1}\n{"b":2}\n\n', 'b.jsonl': '{"a":2}\nno\n' })).toEqual([
    ['b.jsonl', 2, 'this line is not JSON'],
  ]);
});

test('Parquet files are read by name and type, and have no lines', async () => {
  const paths = ['one', 'two', 'three'].map((name) => `${workshop.folder}/${name}.parquet`);
  await writeParquet(paths[0] ?? '', "select 1 as a, 'x' as b");
  await writeParquet(paths[1] ?? '', "select 2 as a, 'y' as b from range(2)");
  await writeParquet(paths[2] ?? '', "select 3 :: bigint as a, 'y' as b");
  const files = paths.map((path): TableFile => ({ path, name: basename(path), format: 'parquet' }));
  for (const path of paths) workshop.allow(path);
  const { table, rows } = await open(files.slice(0, 2));
  expect(rows.map((row) => row['a'])).toEqual([1, 2, 2]);
  expect(await locateRows(table, [3])).toEqual(new Map([[3, { part: 1, row: 2 }]]));
  await expect(open(files)).rejects.toThrow(
    'three.parquet: column 1 is "a BIGINT", and in one.parquet it is "a INTEGER"',
  );
});

test('files that differ are refused by name', async () => {
  expect(await problems({ 'a.csv': 'id,t\n1,2\n', 'b.csv': 't,id\n1,2\n', 'c.csv': 'id\n1\n' })).toEqual([
    ['b.csv', undefined, 'column 1 is "t", and in a.csv it is "id"'],
    ['c.csv', undefined, 'column 2 is not there, and in a.csv it is "t"'],
  ]);
  expect(await problems({ 'a.csv': 'id\n1\n', 'b.csv': 'id\r\n1\r\n' })).toEqual([
    ['b.csv', undefined, 'the lines of this file end otherwise than those of a.csv'],
  ]);
});

test.each(['csv', 'jsonl', 'parquet'] as const)('folders give %s files columns, and their own rows', async (format) => {
  const content = { csv: 'id\n1\n2\n', jsonl: '{"id":1}\n{"id":2}\n' };
  const names = ['a', 'b'].map((name) => `${name}.${format}`);
  const files: TableFile[] = [];
  for (const [index, name] of names.entries()) {
    const path = `${workshop.folder}/${name}`;
    if (format === 'parquet') await writeParquet(path, 'select unnest([1, 2]) as id');
    else await workshop.write(name, content[format]);
    workshop.allow(path);
    files.push({ path, name, format, partitions: { country: index === 0 ? "D'E" : null } });
  }
  const { table, rows } = await open(files);
  expect(table.columns.map(({ name }) => name)).toEqual(['id', 'country']);
  expect(rows.map((row) => [String(row['id']), row['country']])).toEqual([
    ['1', "D'E"],
    ['2', "D'E"],
    ['1', null],
    ['2', null],
  ]);
});

test('a column of the files and of the folders is refused', async () => {
  await expect(read({ 'a.csv': 'id,country\n1,DE\n' }, () => ({ partitions: { country: 'FR' } }))).rejects.toThrow(
    'the column "country" is there twice',
  );
});
