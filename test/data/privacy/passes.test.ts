import { join } from 'node:path';
import { expect, test } from 'vitest';
import { reportColumns } from '../../../src/data/privacy/columns.ts';
import type { Detector } from '../../../src/data/privacy/forms/form.ts';
import { openEngine } from '../../../src/engine/connection.ts';
import { readTable } from '../../../src/engine/tables.ts';
import { SILENT } from '../../../src/progress.ts';
import { createFolder } from '../project.ts';

const DETECTORS = new Set<Detector>(['email', 'phone', 'payment-card', 'iban', 'ip-address', 'column-name']);

test('whole files are read three times at most, however many columns are suspicious', async () => {
  const names = ['mail', 'other', 'note', 'card', 'host', 'first_name', 'last_name'];
  const row = (i: number) =>
    [
      `a${i}@example.org`,
      `b${i}@example.com`,
      'call +49 30 1234567',
      '4111 1111 1111 1111',
      `93.184.216.${i + 34}`,
      'Ada',
      `L${i}`,
    ].join();
  const folder = await createFolder({
    'people.csv': `${names.join()}\n${Array.from({ length: 40 }, (_, i) => row(i)).join('\n')}\n`,
  });
  const path = join(folder, 'people.csv');
  const library = { environment: process.env, progress: SILENT };
  const engine = await openEngine({ files: [path], library, temporary: join(folder, 'temporary') });
  try {
    const table = await readTable(engine, { path, format: 'csv', name: 'people.csv' });
    let scans = 0;
    const counted = (sql: string) => {
      scans += sql.split(table.relation).length - 1;
      return sql;
    };
    const counting: typeof engine = {
      ...engine,
      rows: (sql) => engine.rows(counted(sql)),
      run: (sql) => engine.run(counted(sql)),
    };
    const reports = await reportColumns(
      counting,
      { source: { contract: undefined }, table },
      table.columns,
      'all',
      DETECTORS,
    );
    expect(scans).toBe(3);
    expect(reports.map(({ column, traces }) => [column, traces.map(({ name, count }) => [name, count])])).toEqual([
      ['mail', [['e-mail addresses', 40]]],
      ['other', [['e-mail addresses', 40]]],
      ['note', [['phone numbers', 40]]],
      ['card', [['payment cards', 40]]],
      ['host', [['IP addresses', 40]]],
      ['first_name', []],
      ['last_name', [[undefined, 40]]],
    ]);
  } finally {
    await engine.close();
  }
});
