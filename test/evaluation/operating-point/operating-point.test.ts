import { createHash } from 'node:crypto';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EvaluateConfig } from '../../../src/config/schema/modelgate.ts';
import { type Engine, openEngine } from '../../../src/engine/connection.ts';
import { fetchOperatingPoint } from '../../../src/evaluation/operating-point/operating-point.ts';
import { renderThresholdClass } from '../../../src/evaluation/operating-point/threshold-class.ts';
import type { HashedSource } from '../../../src/evaluation/sources.ts';
import { SILENT } from '../../../src/progress.ts';
import { createConfig } from '../scoring.ts';

const LABELS = 'id,label,w\nv1,yes,1\nv2,yes,1\nv3,no,1\nv4,yes,4\nv5,no,1\n';
const SCORES = 'id,p\nv1,0.9\nv2,0.8\nv3,0.7\nv4,0.4\nv5,0.1\n';
const TEST = 'id,label\nt1,yes\nt2,no\n';

let folder: string;
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'operating-point-')));
});
afterAll(() => rm(folder, { recursive: true }));

async function writeSource(name: string, content: string): Promise<HashedSource> {
  const path = join(folder, name);
  await writeFile(path, content);
  const sha256 = `sha256:${createHash('sha256').update(content).digest('hex')}`;
  return { shown: name, path, format: 'csv', digest: { path: name, sha256, size: content.length } };
}

type Aim = Partial<NonNullable<EvaluateConfig['operating-point']>>;

async function choose(
  aim: Aim,
  files: { labels?: string; scores?: string; test?: string } = {},
  rest: Partial<EvaluateConfig> = {},
) {
  const labels = await writeSource('labels.csv', files.labels ?? LABELS);
  const predictions = await writeSource('scores.csv', files.scores ?? SCORES);
  const judging = await writeSource('test.csv', files.test ?? TEST);
  const config = createConfig('binary-classification', {
    predictions: { path: 'out/predictions.csv', id: 'id', prediction: 'predicted', scores: 'p' },
    positive: 'yes',
    'operating-point': { predictions: 'scores.csv', labels: 'labels.csv', ...aim },
    ...rest,
  });
  const engine: Engine = await openEngine({
    files: [labels.path, predictions.path, judging.path],
    library: { environment: process.env, progress: SILENT },
    temporary: join(folder, 'engine'),
  });
  try {
    const found = await fetchOperatingPoint(engine, { config, predictions, labels, test: judging });
    const left = await engine.rows("SELECT table_name FROM duckdb_tables() WHERE table_name <> 'x'");
    return { found, left, engine };
  } finally {
    await engine.close();
  }
}

describe('an operating point', () => {
  test('is chosen on the validation rows, and says by what and on which files', async () => {
    const { found, left } = await choose({ recall: 0.6 });
    expect(found).toEqual({
      threshold: 0.8,
      positive: 'yes',
      chosenBy: 'recall of at least 0.6',
      achieved: 2 / 3,
      rows: 5,
      predictions: expect.objectContaining({ path: 'scores.csv' }),
      labels: expect.objectContaining({ path: 'labels.csv' }),
    });
    expect(left).toEqual([]);
  });

  test('may be that of a precision, or of the lowest mean cost', async () => {
    expect((await choose({ precision: 0.75 })).found).toMatchObject({ threshold: 0.4, achieved: 0.75 });
    const costs = { yes: { no: 1 }, no: { yes: 3 } };
    const { found } = await choose({ cost: 'lowest' }, {}, { costs });
    expect(found).toMatchObject({ threshold: 0.8, achieved: 0.2, chosenBy: 'lowest mean cost' });
  });

  test('counts a row by its weight', async () => {
    const labels = { path: 'data/test.csv', id: 'id', label: 'label', weight: 'w' };
    const { found } = await choose({ recall: 0.6 }, {}, { labels });
    expect(found).toMatchObject({ threshold: 0.4, achieved: 1 });
  });

  test('needs no column of clusters, which only limits are made of', async () => {
    const labels = { path: 'data/test.csv', id: 'id', label: 'label', cluster: 'household' };
    expect((await choose({ recall: 0.6 }, {}, { labels })).found).toMatchObject({ threshold: 0.8 });
  });

  test.each([
    [
      'rows that judge among those that it is chosen on',
      { test: 'id,label\nv2,yes\nt2,no\nv5,no\n' },
      '2 ids of `labels.csv` are in `test.csv` too: a threshold has to be chosen on other rows than those that judge',
    ],
    [
      'an id without a score',
      { scores: SCORES.replace('v5,0.1\n', '') },
      '1 id of `labels.csv` has no row in `scores.csv`',
    ],
    [
      'a score that is none',
      { scores: SCORES.replace('0.9', '1.9') },
      '1 row of `scores.csv` has a score that is not a number from 0 to 1',
    ],
    ['a doubled id', { labels: `${LABELS}v1,yes,1\n` }, '1 id stands more than once in `labels.csv`'],
    [
      'no column of scores',
      { scores: SCORES.replace('p', 'q') },
      '`scores.csv` has no column `p` (predictions.scores)',
    ],
    ['one class only', { labels: LABELS.replaceAll('yes', 'no') }, 'a threshold parts two classes, and there is `no`'],
    ['no rows', { labels: 'id,label,w\n', scores: 'id,p\n' }, '`labels.csv` has no rows'],
  ])('cannot be had with %s', async (_name, files, reason) => {
    const { found, left } = await choose({ recall: 0.6 }, files);
    expect(found).toEqual({ reason: expect.stringContaining(reason) });
    expect(left).toEqual([]);
  });

  test('that cannot be reached says so, and of which file', async () => {
    const { found } = await choose({ precision: 0.9 }, { scores: SCORES.replace('0.7', '0.95') });
    expect(found).toEqual({
      reason: 'of `labels.csv`, no threshold has a precision of 0.9; the best has 0.75, at 0.4',
    });
  });

  test('gives each row its class by SQL: from the threshold on the positive one', async () => {
    const engine = await openEngine({
      files: [],
      library: { environment: process.env, progress: SILENT },
      temporary: join(folder, 'engine'),
    });
    const scores = ['0.3', '0.29999999999999999', '0.1', '1', 'NULL', "'nan'"].map((score) => `(${score}::DOUBLE)`);
    const classes = await engine.rows<{ c: string | null }>(
      `SELECT ${renderThresholdClass('s', 0.3, "'yes'", "'no'")} AS c FROM (VALUES ${scores.join(', ')}) t(s)`,
    );
    expect(classes.map(({ c }) => c)).toEqual(['yes', 'yes', 'no', 'yes', null, null]);
    await engine.close();
  });
});
