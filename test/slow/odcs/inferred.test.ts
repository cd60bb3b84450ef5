import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import formats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { inferContract } from '../../../src/cli/init/inference.ts';
import { openEngine } from '../../../src/engine/connection.ts';
import { detectFormat, readTable } from '../../../src/engine/tables.ts';
import { createFolder, library, writeParquet } from '../../data/project.ts';
import { ROOT } from '../../support/program.ts';

/** The published schema of the Open Data Contract Standard; see `standard.test.ts`. */
const FOLDER = process.env['ODCS_FOLDER'] ?? join(ROOT, '..', 'shared', 'data', 'odcs');
const SCHEMA = join(FOLDER, 'odcs-json-schema-v3.1.0.json');
const here = existsSync(SCHEMA);

const make = <T>(value: (index: number) => T) => Array.from({ length: 60 }, (_, index) => value(index));
const RECORDS = make((i) => ({
  id: i,
  'a "name": with - # signs': i % 2 === 0 ? 'yes' : "it's",
  code: `AB-${1000 + i}`,
  day: `${String((i % 28) + 1).padStart(2, '0')}/03/2026`,
  email: `ada${i}@example.org`,
  amount: i / 4,
  list: [i],
  object: { i },
  empty: null,
}));

async function infer(path: string): Promise<unknown> {
  const engine = await openEngine({ files: [path], library, temporary: `${path}.spill` });
  try {
    const table = await readTable(engine, { path, format: detectFormat(path) ?? 'csv', name: path });
    return parse(await inferContract(engine, table, path));
  } finally {
    await engine.close();
  }
}

describe.skipIf(!here)('a contract that was inferred', () => {
  const ajv = new Ajv2019({ strict: false, allErrors: true });
  formats.default(ajv);
  const accepts = here ? ajv.compile(JSON.parse(readFileSync(SCHEMA, 'utf8'))) : () => false;

  test('of JSONL is valid by the published schema', async () => {
    const folder = await createFolder({});
    await writeFile(join(folder, 'a.jsonl'), RECORDS.map((record) => JSON.stringify(record)).join('\n'));
    expect(accepts(await infer(join(folder, 'a.jsonl')))).toBe(true);
  });

  test('of CSV is valid by the published schema', async () => {
    const quote = (value: unknown) => `"${String(value ?? '').replaceAll('"', '""')}"`;
    const lines = [Object.keys(RECORDS[0] ?? {}), ...RECORDS.map((record) => Object.values(record))];
    const folder = await createFolder({ 'a.csv': lines.map((line) => line.map(quote).join()).join('\n') });
    expect(accepts(await infer(join(folder, 'a.csv')))).toBe(true);
  });

  test('of Parquet is valid by the published schema', async () => {
    const path = join(await createFolder({}), 'a.parquet');
    await writeParquet(
      path,
      `select r as id, r / 3 as ratio, r % 2 = 0 as flag, date '2026-01-01' + cast(r as int) as day, now()::timestamptz as seen,
         time '10:00:00' as clock, [r] as list, {'a': r} as object, 'x'::blob as bytes, cast(r as decimal(9, 2)) as price
       from range(60) as t(r)`,
    );
    expect(accepts(await infer(path))).toBe(true);
  });
});

test.skipIf(here)('the standard did not run: its folder is not here', () => {
  expect(here).toBe(false);
});
