import { writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { inferContract } from '../../src/cli/init/inference.ts';
import { parseContract } from '../../src/data/contract/contract.ts';
import { type Engine, openEngine } from '../../src/engine/connection.ts';
import { type Format, readTable } from '../../src/engine/tables.ts';
import { checkFolder, createFolder, library, writeParquet } from './project.ts';

const NAMES = ['id', 'island', 'sku', 'day', 'seen', 'mass', 'tagged', 'email', 'gap'];
const ROWS = Array.from({ length: 60 }, (_, i) => ({
  id: i + 1,
  island: i % 2 === 0 ? 'Biscoe' : 'Dream',
  sku: `AB-${1000 + i}`,
  day: `2026-03-${String((i % 28) + 1).padStart(2, '0')}`,
  seen: `2026-03-01T10:${String(i).padStart(2, '0')}:00Z`,
  mass: i + 0.25,
  tagged: i % 3 === 0,
  email: `ada${i}@birds.org`,
  gap: i % 3 === 0 ? null : i,
}));
const TEXTS = {
  csv: `${[NAMES.join(), ...ROWS.map((row) => Object.values(row).join())].join('\n')}\n`,
  jsonl: `${ROWS.map((row) => JSON.stringify(row)).join('\n')}\n`,
};

async function write(format: Format): Promise<string> {
  const folder = await createFolder(format === 'parquet' ? {} : { [`birds.${format}`]: TEXTS[format] });
  const path = join(folder, `birds.${format}`);
  if (format !== 'parquet') return path;
  await writeParquet(
    path,
    `select cast(r + 1 as int) as id, case when r % 2 = 0 then 'Biscoe' else 'Dream' end as island, 'AB-' || (1000 + r) as sku,
       date '2026-03-01' + cast(r % 28 as int) as day, timestamp '2026-03-01 10:00:00' + to_minutes(r) as seen,
       r + 0.25 :: double as mass, r % 3 = 0 as tagged, 'ada' || r || '@birds.org' as email,
       case when r % 3 <> 0 then r end as gap from range(60) as t(r)`,
  );
  return path;
}

async function infer(path: string, format: Format) {
  const engine = await openEngine({ files: [path], library, temporary: `${path}.spill` });
  try {
    const table = await readTable(engine, { path, format, name: `birds.${format}` });
    let scans = 0;
    const count = (sql: string) => {
      scans += sql.split(table.relation).length - 1;
      return sql;
    };
    const counting: Engine = {
      ...engine,
      rows: (sql) => engine.rows(count(sql)),
      run: (sql) => engine.run(count(sql)),
    };
    return { text: await inferContract(counting, table, `birds.${format}`), scans };
  } finally {
    await engine.close();
  }
}

test.each(['csv', 'parquet', 'jsonl'] as const)(
  'a %s file keeps the contract that a few scans of it made',
  async (format) => {
    const path = await write(format);
    const { text, scans } = await infer(path, format);
    const { columns, keys } = parseContract(text, { file: 'c.yaml', tables: ['birds'] });
    const types = 'integer string string date timestamp number boolean string integer'.split(' ');
    expect(columns.map(({ type }) => type)).toEqual(types);
    expect(keys).toEqual(['id']);
    expect(text).toContain('validValues: [Biscoe, Dream]');
    expect(text).not.toContain('ada');
    // Whatever the number of columns up to fifty: two looks at first rows, three scans, and three for personal data.
    expect(scans).toBeLessThanOrEqual(8);
    const folder = dirname(path);
    const birds = { path: basename(path), contract: 'birds.odcs.yaml' };
    await writeFile(join(folder, 'birds.odcs.yaml'), text);
    await writeFile(join(folder, 'modelgate.yml'), JSON.stringify({ version: 1, model: 'birds', data: { birds } }));
    const evidence = await checkFolder(folder);
    expect(evidence.datasets[0]?.findings.filter(({ outcome }) => outcome !== 'pass')).toEqual([]);
    expect(evidence.datasets[0]?.findings.length).toBeGreaterThan(15);
  },
);
