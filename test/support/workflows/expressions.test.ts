import { expect, test } from 'vitest';
import { createLibrary, runExample } from './example.ts';
import { evaluateAsText, evaluateCondition, evaluateExpression } from './expressions/evaluate.ts';
import { computeFilesDigest } from './steps/hash-files.ts';

// Expected values: https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
const DOCS: readonly [expression: string, value: unknown][] = [
  ["'It''s open source!'", "It's open source!"],
  ["'a''b''c'", "a'b'c"],
  ["format('{0}''s and {1}''s', 'a', 'b')", "a's and b's"],
  ['0xff', 255],
  ["'' == 0", true],
  ["'ABC' == 'abc'", true],
  ['null == 0', true],
  ["contains('Hello world', 'llo')", true],
  ['contains(fromJSON(\'["push","pull_request"]\'), \'push\')', true],
  ["format('{{Hello {0}}}', 'Mona')", '{Hello Mona}'],
  ['join(fromJSON(\'["bug","help wanted"]\'), \', \')', 'bug, help wanted'],
  ['fromJSON(\'{"a":{"b":[1,2]}}\').a.b[1]', 2],
  ['fromJSON(\'[{"n":1},{"n":2}]\').*.n', [1, 2]],
  ["true && 'yes' || 'no'", 'yes'],
  ['!true || false', false],
];

test.each(DOCS)('%s is %j', (expression, value) => {
  expect(evaluateExpression(expression, { contexts: {} })).toEqual(value);
});

test('a key that every object has is a key like any other', () => {
  const scope = { contexts: { matrix: { constructor: 'c', toString: 't' } } };
  expect(evaluateExpression('matrix.constructor', scope)).toBe('c');
  expect(evaluateExpression('fromJSON(\'{"constructor":1}\').constructor', scope)).toBe(1);
  expect(evaluateExpression('matrix.hasOwnProperty', scope)).toBe(null);
});

test('contexts that are not there, and keys that they lack, are null', () => {
  expect(evaluateAsText('needs.a.outputs.b', { contexts: {} })).toBe('');
  expect(evaluateCondition("inputs.x == ''", { contexts: { inputs: {} } })).toBe(true);
});

test('a status function where GitHub has none is an error', () => {
  expect(() => evaluateExpression('success()', { contexts: {} })).toThrow('success() is not available here');
});

test('text keeps its quotes beside an expression', async () => {
  const result = await runExample(`
on: push
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - run: echo 'it'"'"'s' 'two  spaces' \${{ github.event_name }} 'last'
`);
  expect(result.jobs['a']?.steps[0]?.log).toBe("it's two  spaces push last");
});

test('hashFiles changes with what it names only, and is empty for no file', () => {
  using library = createLibrary({ 'a.lock': '1', 'b/c.lock': '2', 'b/d.txt': '3' });
  const digest = computeFilesDigest(library.folder, ['**/*.lock']);
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
  expect(computeFilesDigest(library.folder, ['**/*', '!**/*.txt'])).toBe(digest);
  expect(computeFilesDigest(library.folder, ['b/*.lock'])).not.toBe(digest);
  expect(computeFilesDigest(library.folder, ['*.none'])).toBe('');
});
