import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readProject } from '../src/config/project.ts';
import { openEngine } from '../src/engine/connection.ts';
import { expandClasses, listRequests } from '../src/evaluation/requests.ts';
import type { Samples } from '../src/evaluation/samples.ts';
import { openSamples } from '../src/evaluation/sampling.ts';
import { SILENT } from '../src/progress.ts';
import { createFiles, type Files } from './predictions.ts';

/**
 * How long it takes to measure a candidate beside a baseline: all metrics of a binary classification with three slices, every
 * interval, DeLong for the areas; over DuckDB's own scan and join of the same files in the same run. Then 2,000 paired
 * resamples from the counts, the aim being under 50 ms. `--rows 1e6` takes that many rows alone, `--format csv` that format.
 */
const METRICS = [
  ...['accuracy', 'balanced-accuracy', 'precision', 'recall', 'f1', 'f-beta@2', 'specificity', 'mcc', 'cohen-kappa'],
  ...['macro-precision', 'macro-recall', 'macro-f1', 'weighted-f1', 'log-loss', 'brier', 'ece', 'adaptive-ece'],
  ...['roc-auc', 'average-precision'],
];
const SLICES = ['region', 'device', 'age'];
const TAIL = 0.025;
const LIBRARY = { environment: process.env, progress: SILENT };

interface Timed<T> {
  readonly value: T;
  readonly milliseconds: number;
  /** Of all cores together: what a machine that does other things at the same time leaves as it is. */
  readonly work: number;
}

async function time<T>(work: () => Promise<T> | T): Promise<Timed<T>> {
  const start = performance.now();
  const before = process.cpuUsage();
  const value = await work();
  const spent = process.cpuUsage(before);
  return { value, milliseconds: performance.now() - start, work: (spent.user + spent.system) / 1000 };
}

/** What any tool has to do: read the three files and put their rows side by side. */
async function scanAndJoin(files: Files, temporary: string): Promise<Timed<void>> {
  const engine = await openEngine({ files: Object.values(files), library: LIBRARY, temporary });
  try {
    return await time(() =>
      engine.run(
        `CREATE TEMP TABLE met AS SELECT * FROM '${files.labels}' AS l JOIN '${files.candidate}' AS a ON l.id = a.id
         JOIN '${files.baseline}' AS b ON l.id = b.id`,
      ),
    );
  } finally {
    await engine.close();
  }
}

async function open(folder: string, files: Files, format: string) {
  const columns = { path: `candidate.${format}`, id: 'id', prediction: 'predicted', scores: 'score' };
  const config = {
    version: 1,
    model: 'bench',
    task: 'binary-classification',
    evaluate: {
      predictions: columns,
      labels: { path: `labels.${format}`, id: 'id', label: 'label' },
      positive: 'yes',
      slices: SLICES,
      metrics: METRICS,
    },
  };
  writeFileSync(join(folder, 'modelgate.yml'), JSON.stringify(config));
  const project = await readProject(join(folder, 'modelgate.yml'));
  const requests = expandClasses(listRequests(project.config), ['no', 'yes'], 'binary-classification');
  const side = (path: string) => ({ path, shown: path, columns });
  const found = await openSamples({
    project,
    task: 'binary-classification',
    labels: { path: files.labels, shown: 'labels' },
    sides: [side(files.candidate), side(files.baseline)],
    requests,
    library: LIBRARY,
    temporary: join(folder, 'temporary'),
    idLimit: 100,
  });
  if ('reason' in found) throw new Error(found.reason);
  return { samples: found.samples, requests };
}

/** Asks for every interval: of both sides and of their difference, on all rows and on each slice value. */
function computeAll({ samples, requests }: Awaited<ReturnType<typeof open>>): number {
  let intervals = 0;
  for (const { column, ...request } of requests) {
    const values = column === undefined ? [''] : samples.listValues(column).map(({ value }) => value);
    for (const value of values) {
      const sample = column === undefined ? samples.find() : samples.find(column, [value]);
      if ('reason' in sample) throw new Error(sample.reason);
      for (const found of [sample.estimate(request, 0), sample.estimate(request, 1), sample.contrast(request, 1)]) {
        if (!('reason' in found) && !('reason' in found.computeLimits(TAIL))) intervals += 1;
      }
    }
  }
  return intervals;
}

function resample(samples: Samples): void {
  const sample = samples.find();
  if ('reason' in sample) throw new Error(sample.reason);
  const found = sample.contrast({ name: 'f1', positive: 'yes' }, 1);
  if ('reason' in found || 'reason' in found.computeLimits(TAIL)) throw new Error('nothing was resampled');
}

async function measure(rows: number, format: 'csv' | 'parquet'): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'modelgate-evaluate-'));
  try {
    mkdirSync(join(folder, 'temporary'));
    const files = await createFiles(folder, rows, format);
    const theirs = await scanAndJoin(files, join(folder, 'temporary'));
    const ours = await time(() => open(folder, files, format));
    // Once before, so that it is the draws that are timed and not what compiles them.
    const small = join(folder, 'small');
    mkdirSync(join(small, 'temporary'), { recursive: true });
    resample((await open(small, await createFiles(small, 1000, format), format)).samples);
    const draws = await time(() => resample(ours.value.samples));
    const estimates = await time(() => computeAll(ours.value));
    const show = ({ milliseconds, work }: Timed<unknown>) =>
      `${Math.round(milliseconds)} (${Math.round(work)})`.padStart(17);
    const cells = [
      `${rows / 1e6} M ${format}`.padEnd(12),
      show(theirs),
      show(ours),
      `${(ours.milliseconds / theirs.milliseconds).toFixed(1)} (${(ours.work / theirs.work).toFixed(1)})`.padStart(13),
      show(draws),
      show(estimates),
      String(estimates.value).padStart(6),
      `${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`.padStart(10),
    ];
    console.log(cells.join('  '));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const { values } = parseArgs({ options: { rows: { type: 'string' }, format: { type: 'string' } } });
const sizes = values.rows === undefined ? [1e6, 1e7] : [Number(values.rows)];
const formats = (['csv', 'parquet'] as const).filter((format) => (values.format ?? format) === format);
console.log(
  `Node ${process.version}, ${availableParallelism()} cores; ${METRICS.length} metrics, ${SLICES.length} slices`,
);
console.log('Milliseconds by the clock (of work, all cores together)');
console.log(
  ['files       ', 'scan and join', 'measuring', 'ratio', '2,000 draws', 'all intervals', 'so many', 'peak memory']
    .map((title, at) => title.padStart([12, 17, 17, 13, 17, 17, 6, 10][at] ?? 0))
    .join('  '),
);
for (const rows of sizes) for (const format of formats) await measure(rows, format);
