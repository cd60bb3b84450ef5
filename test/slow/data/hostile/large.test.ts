import { open, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createFolder } from '../../../data/project.ts';
import { inspect } from './inspection.ts';

const GIB = 1024 ** 3;
/** Seconds that may pass, and MiB that may be held, whatever lies in the file. A bare process with DuckDB holds 150. */
const LIMITS = { seconds: 60, peak: 700 };

async function inspectFile(name: string, write: (path: string) => Promise<void>) {
  const folder = await createFolder({
    'modelgate.yml': JSON.stringify({ version: 1, model: 'birds', data: { birds: { path: name } } }),
  });
  await write(join(folder, name));
  const found = await inspect(folder, LIMITS.seconds);
  expect(found.bug).toBeUndefined();
  expect(found.peak).toBeLessThan(LIMITS.peak);
  // Large files go at once.
  await rm(join(folder, name));
  return found;
}

/** Writes a beginning, then a gibibyte of the letter x without a line break. */
async function writeLine(path: string, beginning: string): Promise<void> {
  const file = await open(path, 'w');
  const block = Buffer.alloc(16 * 1024 * 1024, 'x');
  await file.write(beginning);
  for (let size = 0; size < GIB; size += block.length) await file.write(block);
  await file.close();
}

test.each([
  ['a CSV header', 'a.csv', '', 1, 'the header does not end within 4 MiB'],
  ['a CSV row', 'a.csv', 'a,b\n1,2\n3,', 3, 'the record here does not end within 16 MiB'],
  ['a quote of CSV', 'a.csv', 'a,b\n1,2\n3,"x\n', 3, 'the record here does not end within 16 MiB'],
  ['a line of JSONL', 'a.jsonl', '{"a":1}\n{"a":"', 2, 'the record here does not end within 16 MiB'],
])('%s of one gibibyte', async (_what, name, beginning, line, found) => {
  const { problems } = await inspectFile(name, (path) => writeLine(path, beginning));
  expect(problems).toMatchObject([{ file: name, line, found }]);
});

test('a gibibyte of nothing', async () => {
  const { problems } = await inspectFile('a.csv', async (path) => {
    await writeFile(path, 'a,b\n');
    await truncate(path, GIB);
  });
  expect(problems).toMatchObject([{ line: 2, found: 'the record here does not end within 16 MiB' }]);
});

test.each([
  ['a.csv', `${Array.from({ length: 100_000 }, (_, index) => `c${index}`).join(',')}\n`],
  ['a.jsonl', `{${Array.from({ length: 100_000 }, (_, index) => `"c${index}":1`).join(',')}}\n`],
])('100,000 columns in %s', async (name, content) => {
  const { problems } = await inspectFile(name, (path) => writeFile(path, content));
  expect(problems).toMatchObject([{ file: name, found: '100000 columns; at most 10000 are read' }]);
});

test('bytes that are not UTF-8 behind many that are', async () => {
  const row = '1,émeu\n';
  const { problems } = await inspectFile('a.csv', async (path) => {
    const body = Buffer.from(row.repeat(12_000_000));
    await writeFile(path, Buffer.concat([Buffer.from('id,name\n'), body, Buffer.from('1,\xe9\n', 'latin1')]));
  });
  expect(problems).toMatchObject([{ line: 12_000_002, found: 'this line is not UTF-8' }]);
});
