import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkFolder, contract, createFolder } from '../../data/project.ts';

const DATA = join(import.meta.dirname, '../../../node_modules/vega-datasets/data');

test('three million flights refer to airports.csv, and one name that is not in it is found', async () => {
  const airport = { logicalType: 'string', required: true, relationships: [{ to: 'airports.iata' }] };
  const properties = [
    { name: 'date', logicalType: 'timestamp', required: true },
    { name: 'delay', logicalType: 'integer', required: true },
    { name: 'distance', logicalType: 'integer', required: true, logicalTypeOptions: { minimum: 0, maximum: 5000 } },
    { name: 'origin', ...airport },
    { name: 'destination', ...airport },
  ];
  const data = {
    flights: { path: 'flights.parquet', contract: 'flights.odcs.yaml' },
    airports: { path: 'airports.csv' },
  };
  const folder = await createFolder({
    'modelgate.yml': JSON.stringify({ version: 1, model: 'flights', data }),
    'flights.odcs.yaml': contract(properties).replaceAll('"birds"', '"flights"'),
  });
  await copyFile(join(DATA, 'flights-3m.parquet'), join(folder, 'flights.parquet'));
  await copyFile(join(DATA, 'airports.csv'), join(folder, 'airports.csv'));
  const whole = await checkFolder(folder);
  expect(whole.datasets[0]?.rows).toBe(3_000_000);
  expect(whole.datasets[0]?.findings.filter(({ outcome }) => outcome !== 'pass')).toEqual([]);
  // Without Honolulu, which flights of the file leave and reach.
  const lines = (await readFile(join(folder, 'airports.csv'), 'utf8')).split('\n');
  await writeFile(join(folder, 'airports.csv'), lines.filter((line) => !line.startsWith('HNL,')).join('\n'));
  const part = await checkFolder(folder);
  const open = part.datasets[0]?.findings.filter(({ outcome }) => outcome !== 'pass') ?? [];
  expect(open.map(({ rule, column }) => [rule, column])).toEqual([
    ['relationships', 'origin'],
    ['relationships', 'destination'],
  ]);
  expect(open[0]?.examples.map(({ value }) => value)).toEqual(Array(5).fill('HNL'));
}, 300_000);
