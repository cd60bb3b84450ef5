import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

export interface Files {
  readonly labels: string;
  readonly candidate: string;
  readonly baseline: string;
}

const SEED = 20_261_122;

/**
 * Writes labels, and the predictions of a candidate and of a baseline, of so many rows: the same for the same number. The
 * rows of each file stand in an order of their own. About 30 % are positive; the two sides disagree on some 8 %.
 */
export async function createFiles(folder: string, rows: number, format: 'csv' | 'parquet'): Promise<Files> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const files = {
    labels: join(folder, `labels.${format}`),
    candidate: join(folder, `candidate.${format}`),
    baseline: join(folder, `baseline.${format}`),
  };
  const uniform = (salt: number) => `((hash(i, ${SEED + salt}) % 1000003) / 1000003.0)::DOUBLE`;
  const options = format === 'csv' ? 'FORMAT csv, HEADER' : 'FORMAT parquet';
  const write = (path: string, items: string, step: number) =>
    connection.run(
      `COPY (SELECT ${items} FROM (SELECT (i * ${step}) % ${rows} AS i FROM range(${rows}) AS t(i))) TO '${path}' (${options})`,
    );
  const truth = `${uniform(1)} < 0.3`;
  const noise = `(${uniform(2)} + ${uniform(3)})`;
  const answer = (salt: number, share: number) => {
    const score = `round(least(0.999999, greatest(0.000001, 0.2 + CASE WHEN ${truth} THEN 0.35 ELSE 0 END
      + 0.3 * (${noise} - 1) + ${share} * (${uniform(salt)} - 0.5))), 6)`;
    return `'r' || i AS id, CASE WHEN ${score} >= 0.5 THEN 'yes' ELSE 'no' END AS predicted, ${score} AS score`;
  };
  try {
    await write(
      files.labels,
      `'r' || i AS id, CASE WHEN ${truth} THEN 'yes' ELSE 'no' END AS label, 'region ' || hash(i, 4) % 5 AS region,
       'device ' || hash(i, 5) % 12 AS device, 'age ' || hash(i, 6) % 6 AS age`,
      1,
    );
    // Steps that share no factor with a number of rows that is a power of ten.
    await write(files.candidate, answer(7, 0.3), 7919);
    await write(files.baseline, answer(8, 0.4), 104_729);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
  return files;
}
