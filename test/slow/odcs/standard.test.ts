import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import formats from 'ajv-formats';
import { describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { parseTables } from '../../../src/data/contract/contract.ts';
import { UserMistake } from '../../../src/errors.ts';
import { ROOT } from '../../support/program.ts';
import { mutate } from './mutations.ts';

vi.setConfig({ testTimeout: 300_000 });

/**
 * The published schema and examples of the Open Data Contract Standard, v3.1.0 (bitol-io, Apache-2.0). They are no part of
 * this project: where the folder is not beside it, and `ODCS_FOLDER` names no other, nothing here runs.
 */
const FOLDER = process.env['ODCS_FOLDER'] ?? join(ROOT, '..', 'shared', 'data', 'odcs');
const here = existsSync(FOLDER);

/**
 * Where we refuse what the schema lets through, on purpose: a contract that contradicts itself would be checked in part,
 * and nobody would know in which. Everything else that the schema accepts is accepted.
 */
const STRICTER = [/^the property .* is there twice$/, /^there is no property /, /^a part of a row rule/];

function findRefusals(document: unknown): string[] {
  try {
    parseTables(JSON.stringify(document), 'contract.yaml');
    return [];
  } catch (error) {
    if (!(error instanceof UserMistake)) throw error;
    return error.problems.map(({ found }) => found);
  }
}

describe.skipIf(!here)('the standard, as it is published', () => {
  const ajv = new Ajv2019({ strict: false });
  formats.default(ajv);
  const accepts = here
    ? ajv.compile(JSON.parse(readFileSync(join(FOLDER, 'odcs-json-schema-v3.1.0.json'), 'utf8')))
    : () => false;
  const examples = here ? readdirSync(join(FOLDER, 'examples')).filter((name) => name.endsWith('.yaml')) : [];
  const readExample = (name: string): unknown => parse(readFileSync(join(FOLDER, 'examples', name), 'utf8'));

  test.each(examples)('%s is accepted', (name) => {
    expect(findRefusals(readExample(name))).toEqual([]);
  });

  test.each(examples)('a change of %s is accepted or refused as the standard does', (name) => {
    const seen = { accepted: 0, refused: 0 };
    const differences: string[] = [];
    for (const { what, document } of mutate(shorten(readExample(name)))) {
      const refusals = findRefusals(document).filter((found) => !STRICTER.some((known) => known.test(found)));
      const theirs = accepts(document);
      seen[theirs ? 'accepted' : 'refused'] += 1;
      if (theirs !== (refusals.length === 0)) differences.push(`${what}: ${theirs ? refusals.join('; ') : 'accepted'}`);
    }
    expect(differences).toEqual([]);
    expect(seen.refused).toBeGreaterThan(0);
    expect(seen.accepted).toBeGreaterThan(0);
  });
});

test.skipIf(here)('the standard did not run: its folder is not here', () => {
  expect(here).toBe(false);
});

/** Long lists say the same many times: of each, the first three entries stay. */
function shorten(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 3).map(shorten);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, shorten(part)]));
}
