import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recodeFile } from '../../src/engine/recoding.ts';
import { type CsvOptions, readTable } from '../../src/engine/tables.ts';
import { UserMistake } from '../../src/errors.ts';
import { Workshop } from './workshop.ts';

let workshop: Workshop;
beforeAll(async () => {
  workshop = await Workshop.open();
});
afterAll(() => workshop.close());

async function readRows(content: string, csv: CsvOptions) {
  const path = await workshop.write('table.csv', content);
  const engine = await workshop.engine();
  const table = await readTable(engine, { path, format: 'csv', name: 'table.csv', csv });
  return engine.rows<Record<string, unknown>>(`SELECT * FROM ${table.relation}`);
}

test.each([';', '\t', '|', ':', '\x01', '\\', "'", '-'])('values are separated by %j', async (delimiter) => {
  const row = (...values: string[]) => `${values.join(delimiter)}\n`;
  const content = row('a', 'b,c') + row('1,5', `"x${delimiter}""y"`) + row('', '""');
  expect(await readRows(content, { delimiter })).toEqual([
    { a: '1,5', 'b,c': `x${delimiter}"y` },
    { a: null, 'b,c': '' },
  ]);
});

test('texts that stand for no value do so where they are not quoted, letter for letter', async () => {
  const content = 'a,b\nNA,"NA"\n,na\nN/A, NA\nnull,NAN\n';
  expect(await readRows(content, { nullValues: ['NA', 'N/A', "it's"] })).toEqual([
    { a: null, b: 'NA' },
    { a: null, b: 'na' },
    { a: null, b: ' NA' },
    { a: 'null', b: 'NAN' },
  ]);
});

test('faults speak of the delimiter that was named', async () => {
  const message = await readRows('a;b\n1;2;3\n"x"y;1\n', { delimiter: ';' }).catch(String);
  expect(message).toMatch(/table\.csv:2: 3 values/);
  expect(message).toContain('enclose a value that has a semicolon in it in quotes');
  expect(message).toContain('table.csv:3: text between a closing quote and the next semicolon');
});

test('one column may have another delimiter in its name where the right one is named', async () => {
  expect(await readRows('a;b\n1;2\n', { delimiter: ',' })).toEqual([{ 'a;b': '1;2' }]);
  await expect(readRows('a,b\n1,2\n', { delimiter: ';' })).rejects.toThrow(
    'the header has no semicolon, and "," in it',
  );
});

test('what another delimiter or encoding looks like is told with what to set', async () => {
  const fixes = async (content: string | Uint8Array) =>
    (await workshop.problems('t.csv', content)).map(({ found, fix }) => [found, fix]);
  expect(await fixes('a\tb\n1\t2\n')).toEqual([
    ['the header has no comma, and "\\t" in it', expect.stringContaining('Add `csv: { delimiter: "\\t" }`')],
  ]);
  expect(await fixes(Buffer.from('a\né\n', 'latin1'))).toEqual([
    ['this line is not UTF-8', expect.stringContaining('add `csv: { encoding: latin-1 }`')],
  ]);
  expect(await fixes(Buffer.from('\ufeffa\n1\n', 'utf16le'))).toEqual([
    ['this file is UTF-16', expect.stringContaining('add `csv: { encoding: utf-16 }`')],
  ]);
});

describe('a file in another encoding is copied as UTF-8', () => {
  const text = `${Array.from({ length: 300_000 }, (_, index) => `${index};é${'😀日'.repeat(index % 3)}`).join('\n')}\n`;
  const little = Buffer.from(text, 'utf16le');
  const mark = Buffer.from([0xff, 0xfe]);
  let count = 0;
  const recode = async (content: Uint8Array, encoding: 'latin-1' | 'utf-16') => {
    const path = await workshop.write('foreign.csv', content);
    const target = join(workshop.folder, `recoded-${count++}.csv`);
    await recodeFile({ path, format: 'csv', name: basename(path) }, encoding, target);
    const { readFile } = await import('node:fs/promises');
    return readFile(target, 'utf8');
  };
  const found = async (content: Uint8Array, encoding: 'latin-1' | 'utf-16') => {
    const error = await recode(content, encoding).catch((thrown: unknown) => thrown);
    return error instanceof UserMistake ? error.problems.map((problem) => [problem.line, problem.found]) : error;
  };

  test('from UTF-16 of either order, with and without a mark, whatever lies on the borders of the pieces', async () => {
    expect((await recode(Buffer.concat([mark, little]), 'utf-16')) === text).toBe(true);
    expect((await recode(little, 'utf-16')) === text).toBe(true);
    expect((await recode(Buffer.concat([mark, little]).swap16(), 'utf-16')) === text).toBe(true);
    // One unit earlier, so that other characters lie on the borders.
    expect((await recode(Buffer.from(`x${text}`, 'utf16le').swap16(), 'utf-16')) === `x${text}`).toBe(true);
  });

  test('from Latin-1', async () => {
    const every = Buffer.from(
      Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => byte < 128 || byte > 159),
    );
    expect(await recode(every, 'latin-1')).toBe(every.toString('latin1'));
  });

  test('and refused with the line where it is something else', async () => {
    expect(await found(Buffer.from('a\nb€\n', 'utf8'), 'latin-1')).toEqual([
      [2, 'the byte 82 in this line is no character of Latin-1'],
    ]);
    expect(await found(Buffer.from('\ufeffa\n', 'utf8'), 'latin-1')).toEqual([
      [1, 'this file is UTF-8: it begins with its byte order mark'],
    ]);
    expect(await found(Buffer.from('a,b\n1,2\n'), 'utf-16')).toEqual([[1, 'this file is not UTF-16']]);
    expect(await found(Buffer.from('a\nb\n\ud83dx\n', 'utf16le'), 'utf-16')).toEqual([
      [3, 'half of a character (a lone surrogate) in this line'],
    ]);
    expect(await found(Buffer.from('a\nb', 'utf16le').subarray(0, 5), 'utf-16')).toEqual([
      [2, 'the file ends in the middle of a character'],
    ]);
  });
});
