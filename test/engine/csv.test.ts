import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readTable } from '../../src/engine/tables.ts';
import { Workshop } from './workshop.ts';

let workshop: Workshop;
beforeEach(async () => {
  workshop = await Workshop.open();
});
afterEach(() => workshop.close());

async function readRows(content: string | Uint8Array, name = 'table.csv') {
  const { rows } = await workshop.read(await workshop.write(name, content));
  return rows.map((row) => Object.values(row));
}

describe('values', () => {
  test('are found by the names in the header, whatever their order', async () => {
    const { rows, table } = await workshop.read(await workshop.write('t.csv', 'b,a\n1,2\n'));
    expect(rows).toEqual([{ b: '1', a: '2' }]);
    expect(table.columns).toEqual([
      { name: 'b', type: 'VARCHAR' },
      { name: 'a', type: 'VARCHAR' },
    ]);
  });

  test('stay as they are written', async () => {
    const row = ['007', ' 12 ', '1.50', 'NULL', 'NA', 'true', '2024-1-5', '#1', 'a\\', 'x"y', "it's", 'é\0'];
    expect(await readRows(`${row.map((_, index) => `c${index}`)}\n${row}\n`)).toEqual([row]);
  });

  test('are missing where nothing is written, and empty where empty quotes are', async () => {
    expect(await readRows('a,b\n"",\n,""\n')).toEqual([
      ['', null],
      [null, ''],
    ]);
  });

  test('in quotes may hold commas, quotes and line breaks', async () => {
    expect(await readRows('a,b\n"x,""y""\n\r\nz",1\n')).toEqual([['x,"y"\n\r\nz', '1']]);
  });

  test.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ])('are the same with %s, with a byte order mark, and without a last line break', async (_name, end) => {
    const expected = [
      ['1', 'x'],
      ['2', 'y'],
    ];
    expect(await readRows(`a,b${end}1,x${end}2,y${end}`, 'one.csv')).toEqual(expected);
    expect(await readRows(`\ufeff"a","b"${end}1,x${end}2,y`, 'two.csv')).toEqual(expected);
  });

  test('of an empty line are a row in a file of one column, and none in others', async () => {
    expect(await readRows('a\n1\n\n3\n', 'one.csv')).toEqual([['1'], [null], ['3']]);
    expect(await readRows('a,b\n1,2\n\n3,4\n\n', 'two.csv')).toEqual([
      ['1', '2'],
      ['3', '4'],
    ]);
  });

  test('may be longer than the engine reads by itself', async () => {
    const long = 'x'.repeat(3_000_000);
    expect(await readRows(`a,b\n1,"${long}"\n2,y\n`)).toEqual([
      ['1', long],
      ['2', 'y'],
    ]);
  });

  test('are numbered by record in the order of the file', async () => {
    const lines = Array.from({ length: 50_000 }, (_, index) => `${index + 1},"a\nb"`);
    const { table, engine } = await workshop.read(await workshop.write('t.csv', `id,text\n${lines.join('\n')}\n`));
    expect(table.rows).toBe(50_000);
    const [row] = await engine.rows(
      `SELECT count(*) AS n, count(*) FILTER ("__row" = id::INT) AS same FROM ${table.numbered}`,
    );
    expect(row).toEqual({ n: 50_000, same: 50_000 });
  });
});

describe('files', () => {
  test('with quotes, spaces and percent signs in their path are read', async () => {
    expect(await readRows('a\n1\n', `it's a "50%" file.csv`)).toEqual([['1']]);
  });

  test('that are a header and nothing else have no rows', async () => {
    const { table } = await workshop.read(await workshop.write('t.csv', 'a,b\n'));
    expect(table.rows).toBe(0);
  });

  test('in a folder that looks like a partition get no column from it', async () => {
    const { rows } = await workshop.read(await workshop.write('country=DE.csv', 'a\n1\n'));
    expect(rows).toEqual([{ a: '1' }]);
  });

  test.each([
    ['data[1].csv', 'data1.csv'],
    ['a*.csv', 'ab.csv'],
    ['b?.csv', 'bc.csv'],
    ['[*].csv', 'x.csv'],
    ['in[1]*/c.csv', 'in1/c.csv'],
  ])('called %s are themselves, and no others', async (name, other) => {
    await workshop.write(other, 'a\nother\n');
    const { rows } = await workshop.read(await workshop.write(name, 'a\nmine\n'));
    expect(rows).toEqual([{ a: 'mine' }]);
  });

  test('with a backslash before what could stand for other files are refused', async () => {
    const [problem] = await workshop.problems('data\\[1].csv', 'a\nmine\n');
    expect(problem).toMatchObject({ found: expect.stringContaining('has a [ and a backslash in it') });
  });

  test('that are not there or not files are refused', async () => {
    const engine = await workshop.engine();
    const read = (path: string) => readTable(engine, { path, format: 'csv', name: 'x.csv' });
    await expect(read(join(workshop.folder, 'absent.csv'))).rejects.toThrow(/x\.csv: this cannot be read: ENOENT/);
    await expect(read(workshop.folder)).rejects.toThrow('x.csv: this is not a file');
  });

  test.each([
    ['nothing', ''],
    ['a byte order mark', '\ufeff'],
  ])('with %s in them are refused', async (_name, content) => {
    expect(await workshop.problems('t.csv', content)).toMatchObject([{ file: 't.csv', found: 'this file is empty' }]);
  });

  test('with another separator are refused', async () => {
    const [problem] = await workshop.problems('t.csv', 'a;b\n1;2\n');
    expect(problem).toMatchObject({ line: 1, found: 'the header has no comma, and ";" in it' });
  });
});

describe('names of columns', () => {
  test('can be anything that is not empty, doubled or reserved', async () => {
    const { rows } = await workshop.read(
      await workshop.write('t.csv', `"a ""b""","c,d",it's,__proto__,é,É,select,\\\n1,2,3,4,5,6,7,8\n`),
    );
    expect(Object.entries(rows[0] ?? {})).toEqual([
      ['a "b"', '1'],
      ['c,d', '2'],
      ["it's", '3'],
      ['__proto__', '4'],
      ['é', '5'],
      ['É', '6'],
      ['select', '7'],
      ['\\', '8'],
    ]);
  });

  test('that are wrong are refused all at once', async () => {
    const problems = await workshop.problems('t.csv', 'id,,id,ID,__row,__JSON,"x\0"\n');
    expect(problems.map((problem) => [problem.line, problem.found])).toEqual([
      [1, 'column 2 has no name'],
      [1, 'the column "id" is there twice'],
      [1, 'the columns "id" and "ID" differ in upper and lower case only'],
      [1, '"__row" is a name that modelgate uses for itself'],
      [1, '"__JSON" is a name that modelgate uses for itself'],
      [1, 'the name of column 7 has a NUL character in it'],
    ]);
  });

  test('with a line break are refused, because the engine would lose count', async () => {
    const [problem] = await workshop.problems('t.csv', 'a,"b\nc"\n1,2\n');
    expect(problem).toMatchObject({ line: 1, found: 'the name of column 2 has a line break in it' });
  });

  test('that the engine misreads after a byte order mark are refused', async () => {
    const [problem] = await workshop.problems('t.csv', '\ufeff"a,",b\n1,2\n');
    expect(problem).toMatchObject({ line: 1, found: expect.stringContaining('after a byte order mark') });
  });
});

describe('faults of structure are told with the line of the file', () => {
  const tell = async (content: string | Uint8Array) =>
    (await workshop.problems('t.csv', content)).map(({ line, found }) => [line, found]);

  test('rows with too few, too many, and trailing values', async () => {
    expect(await tell('a,b\n1,2\n3\n"x\ny",2\n4,5,6\n7,8,\n')).toEqual([
      [3, '1 value, and the header has 2 columns'],
      [6, '3 values, and the header has 2 columns'],
      [7, '3 values, and the header has 2 columns'],
    ]);
  });

  test('many of them: the first five, and how many there are', async () => {
    const told = await tell(`a,b\n${'1\n'.repeat(1000)}`);
    expect(told.map(([line]) => line)).toEqual([2, 3, 4, 5, 6, undefined]);
    expect(told.at(-1)).toEqual([undefined, '995 more like these (1000 in all)']);
  });

  test('a quote that is never closed', async () => {
    expect(await tell('a,b\n1,2\n3,"x\n5,6\n')).toEqual([[3, 'a quote is opened here and never closed']]);
  });

  test('text beside quotes', async () => {
    expect(await tell('a,b\n1,"x"y\n "2",3\n')).toEqual([
      [2, 'text between a closing quote and the next comma'],
      [3, 'a quote after spaces: it is unclear whether the spaces count'],
    ]);
  });

  test.each([
    ['a,b\n1,2\r\n3,4\n', 2, 'CRLF', 'LF'],
    ['a,b\r\n1,2\n3,4\r\n', 2, 'LF', 'CRLF'],
    ['a,b\n1,2\n3,4\r5,6\n', 3, 'CR', 'LF'],
  ])('line endings of two kinds in %j', async (content, line, now, before) => {
    expect(await tell(content)).toEqual([[line, `this line ends with ${now}, the lines before it with ${before}`]]);
  });

  test('bytes that are not UTF-8', async () => {
    expect(await tell(Buffer.from('a,b\n1,x\n2,caf\xe9\n3,\xff\n', 'latin1'))).toEqual([
      [3, 'this line is not UTF-8'],
      [4, 'this line is not UTF-8'],
    ]);
  });

  test('a header without an end', async () => {
    expect(await tell(`a,"b\n${'1,2\n'.repeat(1_200_000)}`)).toEqual([[1, 'the header does not end within 4 MiB']]);
  });
});
