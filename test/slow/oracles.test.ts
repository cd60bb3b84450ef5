import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, test } from 'vitest';
import { createConfig, scoreFiles } from '../evaluation/scoring.ts';
import { expectAgreement } from '../oracles/agreement.ts';
import { expectFairness } from '../oracles/fairness.ts';
import classes from '../oracles/fixtures/classification.json' with { type: 'json' };
import groups from '../oracles/fixtures/fairness.json' with { type: 'json' };
import oracle from '../oracles/fixtures/large.json' with { type: 'json' };

/** `hash_rows` of test/oracles/data.py: numbers of 31 bits, one a row. */
function renderHash(salt: number): string {
  const folded = (value: string, shift: number, factor: number) =>
    `(xor(${value}, ${value} >> ${shift}) * ${factor}) % 2147483648`;
  const start = `((i * 2654435761 + ${salt} * 40503) % 2147483648)`;
  return `(${folded(`(${folded(start, 15, 1103515245)})`, 13, 12345)})`;
}

/** `create_binary(ROWS, 1, 0.1, 4096)` and `create_numbers(ROWS, 3)` of the same folder, and the limits of number_cases.py. */
const BINARY = `
  select i, (${renderHash(1)} % 1000 < 100)::BIGINT as truth, ${renderHash(2)} % 4096 as noise, ${renderHash(3)} % 24 as weigh
  from range(${oracle.rows}) as rows(i)`;
const SCORED = `
  select *, greatest(1 / 4096, least(1 - 1 / 4096, (noise * 3 // 4 + truth * 1024 + 1) / 4096)) as score from (${BINARY})`;
const NUMBERS = `
  select i, (${renderHash(3)} % 2001 - 1000) / 16 as truth, (${renderHash(4)} % 401 - 180) / 32 as error,
    (${renderHash(91)} % 128) / 32 as width
  from range(${oracle.rows}) as rows(i)`;

async function writeParquet(folder: string, labels: string, predictions: string): Promise<void> {
  await mkdir(join(folder, 'data'));
  await mkdir(join(folder, 'out'));
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run(`copy (${labels}) to '${join(folder, 'data/test.parquet')}' (format parquet)`);
  await connection.run(`copy (${predictions}) to '${join(folder, 'out/predictions.parquet')}' (format parquet)`);
  connection.closeSync();
}

describe('scikit-learn agrees on a million rows', () => {
  test.each(['plain', 'weights'] as const)(
    'of two classes, %s',
    async (kind) => {
      const config = createConfig('binary-classification', {
        predictions: { path: 'out/predictions.parquet', id: 'id', prediction: 'predicted', scores: 'p' },
        labels: { path: 'data/test.parquet', id: 'id', label: 'label', ...(kind === 'weights' ? { weight: 'w' } : {}) },
        positive: '1',
        metrics: Object.keys(oracle.binary[kind]),
        costs: Object.fromEntries(classes.costs.map(([no = 0, yes = 0], at) => [at, { 0: no, 1: yes }])),
      });
      const evidence = await scoreFiles(config, {}, {}, (folder) =>
        writeParquet(
          folder,
          `select i as id, truth as label, (weigh + 1) / 8 as w from (${SCORED})`,
          `select i as id, (score > 0.5)::INTEGER as predicted, score as p from (${SCORED})`,
        ),
      );
      expectAgreement(evidence, oracle.binary[kind]);
    },
    600_000,
  );

  test('of numbers', async () => {
    const config = createConfig('regression', {
      predictions: {
        path: 'out/predictions.parquet',
        id: 'id',
        prediction: 'predicted',
        limits: { low: 'low', high: 'high' },
      },
      labels: { path: 'data/test.parquet', id: 'id', label: 'label' },
      metrics: Object.keys(oracle.regression),
    });
    const evidence = await scoreFiles(config, {}, {}, (folder) =>
      writeParquet(
        folder,
        `select i as id, truth as label from (${NUMBERS})`,
        `select i as id, truth + error as predicted, predicted - width as low, predicted + width / 2 as high from (${NUMBERS})`,
      ),
    );
    expectAgreement(evidence, oracle.regression);
  }, 600_000);
});

describe('fairlearn agrees on groups', () => {
  test.each(groups.cases.slice(1))('$name', expectFairness, 600_000);
});
