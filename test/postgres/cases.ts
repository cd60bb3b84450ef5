/** A column, what is promised of it, and values that keep and break the promise. Null is no value. */
export interface Case {
  readonly promise: Readonly<Record<string, unknown>>;
  readonly values: readonly (string | null)[];
  /** Types of PostgreSQL that hold the values that are of the type, beside text. */
  readonly natives?: readonly string[];
}

const INTEGERS = [
  '1.5',
  '2.0',
  '1e3',
  '0x1F',
  '1_000',
  ' 12 ',
  'inf',
  'NaN',
  '',
  '١',
  '--1',
  '12',
  '-12',
  '+3',
  '0',
  '007',
];
const HUGE = ['170141183460469231731687303715884105727', '170141183460469231731687303715884105728', '9'.repeat(60)];
const NUMBERS = [
  'inf',
  '-Infinity',
  'nan',
  '1_000',
  ' 1',
  '0x1F',
  '1,5',
  '1e',
  'e5',
  '.',
  '1e999',
  '-1e999',
  '1e-999',
  '',
];
const DECIMALS = [
  '1',
  '-1.5',
  '.5',
  '1.',
  '1e-3',
  '+2E5',
  '0.30',
  '0.3',
  '1e99999999999',
  '0e99999',
  '12345678901234567890',
];
const BORDERS = [
  '1.7976931348623157e308',
  '1.7976931348623159e308',
  '5e-324',
  '2e-324',
  `1${'0'.repeat(400)}`,
  `0.${'0'.repeat(400)}1`,
];
const DATES = [
  '2024-1-5',
  'inf',
  '2023-02-29',
  '1900-02-29',
  '2000-02-29',
  '05/01/2024',
  '2024-01-05T00:00:00',
  'epoch',
  '',
];
const DAYS = [
  '2024-02-29',
  '0001-01-01',
  '0000-02-29',
  '9999-12-31',
  '2024-04-31',
  '2024-13-01',
  '2024-00-10',
  '2024-01-00',
];
const CLOCKS = [
  '24:00',
  '24:00:00',
  '12:60',
  '12:30',
  '12:30:59',
  '12:30:60',
  '00:00',
  '23:59:59.999999999',
  '9:30',
  'noon',
];
const INSTANTS = [
  ...[
    '2024-01-05',
    '2024-01-05T10:00',
    'now',
    '2024-02-30T00:00:00',
    '2024-01-05T25:00:00',
    '2024-01-05T10:00:00 Europe/Paris',
  ],
  ...['2024-01-05T10:00:00', '2024-01-05 10:00:00.123', '2024-01-05T10:00:00Z', '2024-01-05T10:00:00+02:00'],
  ...[
    '2024-01-05T10:00:00-0530',
    '2024-01-05T24:00:00',
    '2024-01-05T24:00:01',
    '2024-01-05T23:59:60',
    '0000-01-01T00:00:00',
  ],
  ...['2024-03-31T02:30:00', '2024-10-27T02:30:00', '2024-01-05T10:00:00.1234567', '2024-01-05T10:00:00+99:00'],
];
const TEXTS = ['a', 'ab', 'é', '😀', '😀😀😀', '', ' ', 'A', "it's", 'a\nb', '\\', '%', null, 'ﬀ', 'e\u0301'];

const allowed = (...validValues: unknown[]) => ({
  quality: [{ metric: 'invalidValues', arguments: { validValues }, mustBe: 0 }],
});
const typed = (logicalType: string, logicalTypeOptions: object = {}, more: object = {}) => ({
  logicalType,
  ...(Object.keys(logicalTypeOptions).length > 0 ? { logicalTypeOptions } : {}),
  ...more,
});
const pattern = (text: string, values: readonly (string | null)[]): Case => ({
  promise: typed('string', { pattern: text }),
  values,
});

export const CASES: Readonly<Record<string, Case>> = {
  integers: { promise: typed('integer', { minimum: 0, maximum: 100 }), values: [...INTEGERS, ...HUGE] },
  'integers by range': {
    promise: typed('integer', { exclusiveMinimum: -12, exclusiveMaximum: 12.5 }),
    values: INTEGERS,
  },
  'integers of 8 bits': {
    promise: typed('integer', { format: 'i8' }),
    values: ['127', '128', '-128', '-129', 'x', null],
  },
  'integers of 64 bits': {
    promise: typed('integer', { format: 'u64' }),
    values: ['18446744073709551615', '18446744073709551616', '-1'],
  },
  'integers by threes': { promise: typed('integer', { multipleOf: 3 }), values: ['3', '4', '-9', 'x', '0', null] },
  'unique integers': {
    promise: typed('integer', {}, { unique: true }),
    values: ['1', '01', '1.0', '+1', 'x', 'x', null, null, '2'],
  },
  numbers: { promise: typed('number', { minimum: 0, maximum: 1e300 }), values: [...NUMBERS, ...DECIMALS, ...BORDERS] },
  'unique numbers': {
    promise: typed('number', {}, { unique: true }),
    values: [...DECIMALS, '1.0', '-0', '0', '12345678901234567891', '1e3', '1000', 'x', 'x'],
  },
  'numbers by tenths': {
    promise: typed('number', { multipleOf: 0.1 }),
    values: ['0.3', '0.7', '0.35', '1e300', '1e-300', 'x', '-1.1', '0'],
  },
  'numbers of 32 bits': { promise: typed('number', { format: 'f32' }), values: ['3.4e38', '3.5e38', '1e-300', 'x'] },
  'allowed numbers': {
    promise: typed('number', {}, allowed(1, 2.5, '3')),
    values: ['1.0', '2.50', '3', '4', 'x', null],
  },
  'allowed integers': {
    promise: typed('integer', {}, allowed(1, '2', 'x')),
    values: ['01', '2', '3', 'x', '2.0', null],
  },
  booleans: {
    promise: typed('boolean', {}, allowed('true')),
    values: ['t', 'yes', '1', 'on', 'true', 'False', 'TRUE', '', null],
  },
  dates: { promise: typed('date', { minimum: '2000-01-01', maximum: '2024-12-31' }), values: [...DATES, ...DAYS] },
  'dates of another form': {
    promise: typed('date', { format: 'd.M.yyyy', minimum: '2000-01-01' }),
    values: ['5.1.2024', '31.2.2024', '05.01.1999', '2024-01-05', null],
  },
  'unique dates': {
    promise: typed('date', {}, { unique: true }),
    values: ['2024-01-05', '2024-01-05', '0000-01-01', 'x', 'x', null, null],
  },
  times: { promise: typed('time', { minimum: '09:00', maximum: '23:00:00' }), values: CLOCKS },
  timestamps: { promise: typed('timestamp', { minimum: '2024-01-05T10:00:00Z' }), values: INSTANTS },
  'timestamps of a zone': {
    promise: typed('timestamp', { defaultTimezone: 'Europe/Paris', maximum: '2024-03-31T01:29:59Z' }),
    values: INSTANTS,
  },
  'timestamps without offsets': { promise: typed('timestamp', { timezone: false }), values: INSTANTS },
  'unique timestamps': {
    promise: typed('timestamp', {}, { unique: true }),
    values: ['2024-01-05T10:00:00Z', '2024-01-05T12:00:00+02:00', '2024-01-05 10:00:00', 'x'],
  },
  texts: { promise: typed('string', { minLength: 1, maxLength: 2 }, { required: true }), values: TEXTS },
  'unique texts': {
    promise: typed('string', {}, { unique: true }),
    values: ['a', 'A', 'a ', 'a', 'é', 'e\u0301', null, null, '', ''],
  },
  'allowed texts': { promise: typed('string', {}, allowed('a', "it's", 'é', '\\')), values: TEXTS },
  'texts that are missing': {
    promise: {
      quality: [
        {
          metric: 'missingValues',
          arguments: { missingValues: [null, '', 'n/a'] },
          mustBeLessThan: 20,
          unit: 'percent',
        },
      ],
    },
    values: ['n/a', '', null, 'N/A', 'x'],
  },
  'no promise': { promise: {}, values: ['1', '01', null] },
  'nothing at all': { promise: typed('integer', { minimum: 1 }), values: [null] },
  emails: {
    promise: typed('string', { format: 'email' }),
    values: ['a@b.c', 'a@b', '@b', 'a b@c', "o'neil@x.org", 'a@b\n'],
  },
  uuids: {
    promise: typed('string', { format: 'uuid' }),
    values: ['123e4567-e89b-12d3-a456-426614174000', '123e4567e89b12d3a456426614174000'],
  },
  addresses: {
    promise: typed('string', { format: 'ipv6' }),
    values: ['::1', '1::', '::', '1:2:3:4:5:6:7:8', '1:2', ':::', '::ffff:1.2.3.4'],
  },
  uris: { promise: typed('string', { format: 'uri' }), values: ['http://x/[a]?b=%20', 'x', 'a:b c', 'mailto:a@b'] },
  'plain pattern': pattern('^[A-Z]{2}[0-9]{3}$', ['AB123', 'ab123', 'AB1234', 'AB123\n', 'xAB123']),
  'pattern in the middle': pattern('b+', ['abbc', 'ac', 'B', '']),
  'pattern with a dot': pattern('^a.c$', ['abc', 'a\nc', 'a😀c', 'ac']),
  'pattern of classes': pattern('^\\w+\\s\\d\\D\\S$', ['ab 1xy', 'é 1xy', 'ab 1\ny', 'a\u00a01xy']),
  'pattern with a word border': pattern('\\bcat\\b', ['a cat', 'cats', 'écat', 'cat']),
  'pattern of alternatives': pattern('^(?:a|bc?|)$', ['', 'a', 'b', 'bc', 'c']),
  'pattern of brackets': pattern('^[^a-c\\]\\-.]+?$', ['d', 'a', ']', '-', '.', '\n', '^']),
  'pattern of escapes': pattern('^\\$\\(\\.\\)\\/\\t"\'é$', ['$(.)/\t"\'é', 'x']),
};
