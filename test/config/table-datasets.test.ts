import { expect, test } from 'vitest';
import { parseConfig } from '../../src/config/project.ts';
import { UserMistake } from '../../src/errors.ts';

/** What is wrong with a `data` section, each mistake as a line. */
function findMistakes(data: unknown, more: object = {}): string[] {
  try {
    parseConfig(JSON.stringify({ version: 1, model: 'birds', data, ...more }), 'modelgate.yml');
    return [];
  } catch (error) {
    if (error instanceof UserMistake) return error.problems.map(({ found }) => found);
    throw error;
  }
}

const TABLE = { engine: 'postgres', table: 'public.birds' };

test('a data set is a table of a database where engine and table say so', () => {
  expect(findMistakes({ birds: { ...TABLE, connection: 'BIRDS_DATABASE_URL', contract: 'birds.odcs.yaml' } })).toEqual(
    [],
  );
  expect(findMistakes({ birds: { engine: 'postgres', table: '"a ""b"" c".d' } })).toEqual([]);
});

test('what is said of files and what is said of tables do not mix', () => {
  const mixed = { ...TABLE, path: 'birds.csv', format: 'csv', csv: { delimiter: ';' }, 'record-schema': 'birds.json' };
  expect(findMistakes({ birds: mixed })).toEqual([
    '`path` of a table of a database',
    '`format` of a table of a database',
    '`csv` of a table of a database',
    '`record-schema` of a table of a database',
  ]);
  expect(findMistakes({ birds: { path: 'birds.csv', table: 'birds', connection: 'BIRDS' } })).toEqual([
    '`table` without `engine`',
    '`connection` without `engine`',
  ]);
  expect(findMistakes({ birds: { engine: 'postgres' } })).toEqual(['`engine: postgres` without `table`']);
  expect(findMistakes({ birds: { contract: 'birds.odcs.yaml' } })).toEqual([
    'the data set `birds` says not where its data is',
  ]);
});

test('an address of a database is no name of a variable, and a query no name of a table', () => {
  expect(findMistakes({ birds: { ...TABLE, connection: 'postgres://user:hush@host/db' } }).join()).not.toBe('');
  expect(findMistakes({ birds: { engine: 'postgres', table: 'birds; drop table birds' } })).toEqual([
    '"birds; drop table birds" is no name of a table',
  ]);
});

// Neither passed over nor left unmeasured: told before anything is read.
test.each([
  [{ 'no-overlap': { between: ['birds', 'more'], on: ['id'] } }],
  [{ 'no-overlap': { between: ['more', 'birds'] } }],
  [{ drift: { from: 'more', to: 'birds', 'max-share': 1 } }],
  [{ drift: { from: 'birds', to: 'more', 'max-share': 1 } }],
  [{ 'label-leakage': { in: 'birds', label: 'id' } }],
  [{ 'time-order': { before: 'birds', after: 'more', on: 'at' } }],
  [{ 'time-order': { before: 'more', after: 'birds', on: 'at' } }],
  [{ privacy: { in: ['more', 'birds'] } }],
])('checks between data sets read files: %j', (check) => {
  const data = { birds: TABLE, more: { path: 'more.csv' }, checks: [check] };
  expect(findMistakes(data)).toEqual(['`birds` is a table of a database, and this reads files']);
});
