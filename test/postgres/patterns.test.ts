import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { expect } from 'vitest';
import { translatePattern } from '../../src/data/dialects/postgres/patterns.ts';
import { connect } from '../../src/engine/postgres/connection.ts';
import { quoteLiteral } from '../../src/engine/sql.ts';
import { ring, useCluster } from './ring.ts';

const cluster = useCluster();

const { pattern } = fc.letrec<{ pattern: string; branch: string; atom: string }>((tie) => ({
  atom: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(
      'a',
      'b',
      'Z',
      '0',
      ' ',
      'é',
      '😀',
      '_',
      '-',
      ',',
      '#',
      "'",
      '"',
      '.',
      '\\.',
      '\\d',
      '\\w',
      '\\s',
      '\\D',
      '\\W',
      '\\S',
    ),
    fc.constantFrom(
      '\\n',
      '\\t',
      '\\/',
      '\\\\',
      '\\-',
      '[a-z]',
      '[^a-z]',
      '[0-9_]',
      '[\\]a]',
      '[a\\-z]',
      '[-a]',
      '[a-]',
      '[^\\s]',
      '[\\w.]',
      '[é-ü]',
      '[*+?]',
      '[.]',
      '[^.\\n]',
      '[[]',
      '[&&]',
      '[~^]',
    ),
    fc.constantFrom('^', '$', '\\b', '\\B', '\\A', '\\z'),
    tie('pattern').map((inner) => `(${inner})`),
    tie('pattern').map((inner) => `(?:${inner})`),
  ),
  branch: fc
    .array(
      fc.tuple(
        tie('atom'),
        fc.constantFrom('', '', '', '*', '+', '?', '*?', '+?', '??', '{2}', '{1,}', '{0,2}', '{1,2}?'),
      ),
      { maxLength: 4 },
    )
    .map((parts) =>
      parts.map(([atom, quantifier]) => atom + (/^(\^|\$|\\[bBAz])$/.test(atom) ? '' : quantifier)).join(''),
    ),
  pattern: fc.array(tie('branch'), { minLength: 1, maxLength: 3 }).map((branches) => branches.join('|')),
}));

const text = fc
  .array(
    fc.constantFrom(
      'a',
      'b',
      'c',
      'Z',
      '0',
      ' ',
      '\n',
      '\t',
      '\v',
      'é',
      '😀',
      '_',
      '-',
      '.',
      ',',
      ']',
      '\\',
      '/',
      '^',
      '*',
      "'",
      '\u00a0',
      '\u2028',
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''));

ring('a translated pattern finds in PostgreSQL what RE2 finds with the one of the contract', async () => {
  const instance = await DuckDBInstance.create(':memory:');
  const duckdb = await instance.connect();
  const connection = await connect({ variable: 'BIRDS', url: cluster().url });
  let translated = 0;
  await fc.assert(
    fc.asyncProperty(pattern, fc.array(text, { minLength: 8, maxLength: 8 }), async (re2, texts) => {
      const found = translatePattern(re2);
      if ('reason' in found) return;
      const values = texts.map((one) => `(${quoteLiteral(one)})`).join(', ');
      const reader = await duckdb.runAndReadAll(
        `select regexp_matches(x, ${quoteLiteral(re2)}) from (values ${values}) t(x)`,
      );
      const rows = await connection.rows<{ m: string }>(
        `select (x collate "C") ~ ${quoteLiteral(found.pattern)} as m from (values ${values}) t(x)`,
      );
      translated += 1;
      expect(rows.map(({ m }) => m === 't')).toEqual(reader.getRowsJS().map(([m]) => m));
    }),
    { seed: 20261123, numRuns: 400 },
  );
  expect(translated).toBeGreaterThan(200);
  await connection.close();
  duckdb.closeSync();
  instance.closeSync();
});
