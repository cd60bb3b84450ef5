import { afterEach, beforeEach, expect, test } from 'vitest';
import { Workshop } from './workshop.ts';

let workshop: Workshop;
beforeEach(async () => {
  workshop = await Workshop.open();
});
afterEach(() => workshop.close());

const read = async (content: string) => workshop.read(await workshop.write('t.jsonl', content));
const tell = async (content: string | Uint8Array) =>
  (await workshop.problems('t.jsonl', content)).map(({ line, found }) => [line, found]);

test('the columns are the keys of the first record, then all others', async () => {
  const { table } = await read('{"z":1,"b":2}\n{"d":1,"b":1,"c":2}\n');
  expect(table.columns.map((column) => column.name)).toEqual(['z', 'b', 'c', 'd']);
  expect(table.rows).toBe(2);
});

test('a string is its text, another value its JSON text, and null or no key is missing', async () => {
  const { rows } = await read('{"s":"a \\"b\\" é","n":-1.5,"t":true,"l":[1,{"x":"y"}],"o":{},"u":null}\n{"s":""}\n');
  expect(rows).toMatchObject([
    { s: 'a "b" é', n: '-1.5', t: 'true', l: '[1,{"x":"y"}]', o: '{}', u: null },
    { s: '', n: null, t: null, l: null, o: null, u: null },
  ]);
});

test('integers that no number of the machine holds keep their digits', async () => {
  const { rows } = await read('{"a":12345678901234567890123}\n{"a":-9223372036854775809}\n');
  expect(rows).toMatchObject([{ a: '12345678901234567890123' }, { a: '-9223372036854775809' }]);
});

test('the JSON type tells the string "2" from the number 2, and null from a key that is not there', async () => {
  const values = ['"2"', '2', '-2', '2.5', 'true', '[]', '{}', 'null'];
  const { table, engine } = await read(`${values.map((value) => `{"a":${value}}`).join('\n')}\n{"b":1}\n`);
  const rows = await engine.rows<{ type: string }>(`SELECT ${table.typeOf?.('a')} AS type FROM ${table.relation}`);
  const types = ['VARCHAR', 'UBIGINT', 'BIGINT', 'DOUBLE', 'BOOLEAN', 'ARRAY', 'OBJECT', 'NULL', null];
  expect(rows.map((row) => row.type)).toEqual(types);
});

test('keys that look like paths are keys', async () => {
  const keys = ['a/b', 'a~b', 'a.b', '$', '$.x', '*', 'q"q', "it's", '/', '__proto__', 'é', '0'];
  const record = Object.fromEntries(keys.map((key, index) => [key, index]));
  const text = JSON.stringify(record).replace('"0":11,', '').replace('}', ',"0":11}');
  const { rows, table, engine } = await read(`${text}\n`);
  expect(Object.fromEntries(Object.entries(rows[0] ?? {}).filter(([key]) => key !== '__json'))).toEqual(
    Object.fromEntries(keys.map((key, index) => [key, String(index)])),
  );
  for (const key of keys) {
    expect(await engine.rows(`SELECT ${table.typeOf?.(key)} AS type FROM ${table.relation}`)).toEqual([
      { type: 'UBIGINT' },
    ]);
  }
});

test('records are numbered by their line', async () => {
  const { table, engine } = await read('{"a":"x"}\n{"a":"y"}\n{"b":1}\n');
  expect(await engine.rows(`SELECT "__row", a FROM ${table.numbered} ORDER BY "__row"`)).toEqual([
    { __row: 1, a: 'x' },
    { __row: 2, a: 'y' },
    { __row: 3, a: null },
  ]);
});

test('CRLF, a byte order mark, empty lines at the end and no last line break are fine', async () => {
  const one = await workshop.read(await workshop.write('one.jsonl', '\ufeff{"a":1}\r\n{"a":2}\r\n\r\n\r\n'));
  const two = await workshop.read(await workshop.write('two.ndjson', '{"a":1}\n{"a":2}'));
  expect(one.rows.map((row) => row['a'])).toEqual(['1', '2']);
  expect(two.rows.map((row) => row['a'])).toEqual(['1', '2']);
  expect([one.table.rows, two.table.rows]).toEqual([2, 2]);
});

test('a line longer than the engine reads by itself is read', async () => {
  const { rows } = await read(`{"a":"${'x'.repeat(3_000_000)}"}\n{"a":"y"}\n`);
  expect(rows.map((row) => String(row['a']).length)).toEqual([3_000_000, 1]);
});

test('lines that are not JSON objects in the strict sense are told with their numbers', async () => {
  const lines = ['{"a":1}', '{"a":', '[1]', '{"a":NaN}', '{"a":"NaN, ]"}', '{"a":1,}', '{"a":-Infinity}'];
  expect(await tell(lines.join('\n'))).toEqual([
    [2, 'this line is not JSON'],
    [3, 'this line is JSON, but not an object'],
    [4, 'this line has NaN, Infinity or a comma too many, which JSON does not know'],
    [6, 'this line has NaN, Infinity or a comma too many, which JSON does not know'],
    [7, 'this line has NaN, Infinity or a comma too many, which JSON does not know'],
  ]);
});

test('of many broken lines the first five are told, and how many there are', async () => {
  const told = await tell(`{"a":1}\n${'{\n'.repeat(100)}`);
  expect(told.map(([line]) => line)).toEqual([2, 3, 4, 5, 6, undefined]);
  expect(told.at(-1)).toEqual([undefined, '95 more like these (100 in all)']);
});

test('a key that is there twice in one record is refused', async () => {
  expect(await tell('{"a":1,"b":1}\n{"a":1,"b":2,"a":3}\n')).toEqual([[2, 'a key is there twice in this line']]);
});

test('keys that are no names of columns are refused', async () => {
  expect(await tell('{"":1,"id":1,"ID":2,"__row":3,"x\\u0000":4}\n')).toEqual([
    [undefined, 'column 1 has no name'],
    [undefined, 'the columns "id" and "ID" differ in upper and lower case only'],
    [undefined, '"__row" is a name that modelgate uses for itself'],
    [undefined, 'the name of column 5 has a NUL character in it'],
  ]);
});

test('faults of the lines themselves are told with their numbers', async () => {
  expect(await tell('{"a":1}\n\n{"a":2}\r\n{"a":"\x01"}\n{"a":\r3}\n')).toEqual([
    [2, 'this line is empty, and others follow'],
    [3, 'this line ends with CRLF, the lines before it with LF'],
    [4, 'a control character (U+0001) in this line'],
    [5, 'a carriage return inside this line'],
  ]);
});

test('bytes that are not UTF-8 are refused', async () => {
  expect(await tell(Buffer.from('{"a":"x"}\n{"a":"caf\xe9"}\n', 'latin1'))).toEqual([[2, 'this line is not UTF-8']]);
});

test.each([
  ['nothing', ''],
  ['line breaks', '\n\n'],
])('a file with %s in it is refused', async (_name, content) => {
  expect(await tell(content)).toEqual([[undefined, 'this file is empty']]);
});
