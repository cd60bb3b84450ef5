import { expect, test } from 'vitest';
import { check, checkCsv, contract, find } from './project.ts';

/** Which values of a CSV column break a rule, in the order of the rows; at most five. */
async function broken(rule: string, property: object, values: readonly string[]): Promise<(string | undefined)[]> {
  const rows = values.map((value, at) => `${at},"${value.replaceAll('"', '""')}"`);
  const evidence = await checkCsv(`n,x\n${rows.join('\n')}\n`, [{ name: 'x', ...property }]);
  return find(evidence, rule).examples.map(({ value }) => value);
}

test.each([
  [
    'date',
    { format: 'dd/MM/yyyy' },
    ['31/01/2024', '29/02/2024'],
    ['2024-01-31', '31/1/2024', '29/02/2023', '1/31/2024'],
  ],
  ['date', { format: 'd.M.yyyy' }, ['1.2.2024', '01.02.2024'], ['1-2-2024', '2024.2.1']],
  ['date', { format: 'yyyyMMdd' }, ['20240131'], ['2024-01-31', '20241301']],
  [
    'timestamp',
    { format: 'yyyy-MM-dd HH:mm:ss' },
    ['2024-01-31 10:11:12'],
    ['2024-01-31T10:11:12', '2024-01-31 10:11:12Z'],
  ],
  [
    'timestamp',
    { format: "yyyy-MM-dd'T'HH:mm:ss.SSSXXX" },
    ['2024-01-31T10:11:12.123+02:00'],
    ['2024-01-31T10:11:12+02:00'],
  ],
  ['time', {}, ['00:00', '23:59:59', '10:11:12.123456'], ['24:00:00', '25:00', '10:60', '10', '10:11 AM', '1:02']],
  ['time', { format: 'H.mm' }, ['9.30', '23.59'], ['9:30', '24.00']],
  ['array', {}, ['[1, 2]', '[]'], ['{}', '1,2', '[1', '']],
  ['object', {}, ['{"a": 1}'], ['[]', 'a', '"a"']],
] as const)('a %s with %j is written so, and not otherwise', async (logicalType, logicalTypeOptions, good, bad) => {
  expect(await broken('logicalType', { logicalType, logicalTypeOptions }, [...good, ...bad])).toEqual(bad.slice(0, 5));
});

test.each([
  [
    'email',
    ['ada@example.org', "o'neil+x@mail.example.org"],
    ['ada', 'ada@', '@example.org', 'a b@example.org', 'ada@-x.org'],
  ],
  [
    'uuid',
    ['123e4567-e89b-12d3-a456-426614174000'],
    ['123e4567e89b12d3a456426614174000', 'x23e4567-e89b-12d3-a456-426614174000'],
  ],
  [
    'uri',
    ['https://example.org/a?b=%20#c', 'mailto:ada@example.org', 'urn:isbn:1'],
    ['example.org', '//a', 'http://a b', 'http://%zz'],
  ],
  ['hostname', ['example.org', 'a-1.b', 'localhost'], ['-a.org', 'a_b.org', 'a..b', 'a-.org']],
  ['ipv4', ['0.0.0.0', '192.168.1.255'], ['256.1.1.1', '1.2.3', '01.2.3.4', '1.2.3.4.5']],
  [
    'ipv6',
    ['::', '::1', '2001:db8::ff00:42:8329', '1:2:3:4:5:6:7:8', '::ffff:1.2.3.4', '1::', '1:2:3:4:5:6:7::'],
    ['1:2:3', ':::', '1::2::3', '12345::', '1:2:3:4:5:6:7:8:9'],
  ],
  ['byte', ['', 'YQ==', 'YWI=', 'YWJj'], ['YQ', 'YQ=', 'Y!==', 'YWJ']],
] as const)('a text in the format %s', async (format, good, bad) => {
  const property = { logicalType: 'string', logicalTypeOptions: { format } };
  expect(await broken('format', property, [...good, ...bad])).toEqual(bad.slice(0, 5));
});

test.each([
  ['integer', 'i8', ['-128', '127'], ['-129', '128']],
  ['integer', 'u8', ['0', '255'], ['-1', '256']],
  ['integer', 'i32', ['2147483647'], ['2147483648']],
  ['integer', 'u64', ['18446744073709551615'], ['18446744073709551616', '-1']],
  ['number', 'f32', ['3.4e38', '-1.5'], ['3.5e38']],
] as const)('a %s in the format %s fits into its bits', async (logicalType, format, good, bad) => {
  const property = { logicalType, logicalTypeOptions: { format } };
  expect(await broken('format', property, [...good, ...bad])).toEqual(bad);
});

test.each([
  [
    'multipleOf',
    { logicalType: 'number', logicalTypeOptions: { multipleOf: 0.1 } },
    ['0.3', '1.1', '-7'],
    ['0.35', '1e-3'],
  ],
  ['minimum', { logicalType: 'time', logicalTypeOptions: { minimum: '08:00' } }, ['08:00:00', '09:30'], ['07:59:59.9']],
  ['minItems', { logicalType: 'array', logicalTypeOptions: { minItems: 2 } }, ['[1,2]'], ['[1]', '[]', 'x']],
  ['maxItems', { logicalType: 'array', logicalTypeOptions: { maxItems: 1 } }, ['[]', '[[1,2]]'], ['[1,2]']],
  [
    'uniqueItems',
    { logicalType: 'array', logicalTypeOptions: { uniqueItems: true } },
    ['[1,2]', '[null]', '["1",1]'],
    ['[1,1]', '[null,null]'],
  ],
  [
    'maxProperties',
    { logicalType: 'object', logicalTypeOptions: { maxProperties: 1 } },
    ['{}', '{"a":1}'],
    ['{"a":1,"b":2}'],
  ],
  [
    'required',
    { logicalType: 'object', logicalTypeOptions: { required: ['a', 'b'] } },
    ['{"b":1,"a":null}'],
    ['{"a":1}'],
  ],
  [
    'timezone',
    { logicalType: 'timestamp', logicalTypeOptions: { timezone: true } },
    ['2024-01-31T10:00:00Z'],
    ['2024-01-31T10:00:00'],
  ],
  [
    'timezone',
    { logicalType: 'timestamp', logicalTypeOptions: { timezone: false } },
    ['2024-01-31T10:00:00'],
    ['2024-01-31T10:00:00+02:00'],
  ],
] as const)('%s: %j', async (rule, property, good, bad) => {
  expect(await broken(rule, property, [...good, ...bad])).toEqual(bad);
});

test('a timestamp without an offset is in the default time zone, summer and winter', async () => {
  const options = { defaultTimezone: 'Europe/Berlin', exclusiveMinimum: '2024-07-01T10:00:00Z' };
  const property = { logicalType: 'timestamp', logicalTypeOptions: options };
  const values = ['2024-07-01T12:00:01', '2024-07-01T10:00:01Z', '2024-07-01T12:00:00'];
  expect(await broken('exclusiveMinimum', property, values)).toEqual(['2024-07-01T12:00:00']);
});

test('JSON tells lists and objects from texts that look like them', async () => {
  const lines = [{ x: [1, 1] }, { x: '[1]' }, { x: {} }, { x: null }].map((line) => JSON.stringify(line)).join('\n');
  const property = { name: 'x', logicalType: 'array', logicalTypeOptions: { uniqueItems: true } };
  const evidence = await check(
    { birds: { path: 'birds.jsonl', contract: 'c.yaml' } },
    { 'birds.jsonl': `${lines}\n`, 'c.yaml': contract([property]) },
  );
  expect(find(evidence, 'logicalType').examples.map(({ row }) => row)).toEqual([2, 3]);
  expect(find(evidence, 'uniqueItems').examples.map(({ row }) => row)).toEqual([1, 2, 3]);
});
