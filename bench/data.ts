import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { checkOrders } from './data/check.ts';
import { createFiles, type Format } from './data/files.ts';
import { askSeparately, scanOrders } from './data/queries.ts';

/**
 * How long 33 checks of 12 columns take, over DuckDB's own typed scan of the same file (the aim: CSV at most 3 times,
 * Parquet 12) and against the same checks as separate queries (the aim: CSV 5 times as fast, Parquet 1.5), with a peak of
 * memory below 1 GB. Each runs in a process of its own, in turn. `--rows 1e6` takes that many rows, `--rounds 3` that
 * many times, of which the medians are shown; `--memory 600MiB` limits the engine.
 */
const KINDS = {
  scan: scanOrders,
  ours: checkOrders,
  separate: askSeparately,
} as const;
type Kind = keyof typeof KINDS;

interface Measured {
  readonly milliseconds: number;
  /** Of all cores together: what a machine that does other things at the same time leaves as it is. */
  readonly work: number;
  /** Bytes. */
  readonly peak: number;
  readonly checks: number;
}

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1e7' },
    rounds: { type: 'string', default: '1' },
    memory: { type: 'string' },
    measure: { type: 'string' },
    folder: { type: 'string' },
    format: { type: 'string' },
  },
});

async function measure(kind: Kind, folder: string, format: Format): Promise<Measured> {
  const start = performance.now();
  const before = process.cpuUsage();
  const checks = await KINDS[kind](folder, format, values.memory);
  const { user, system } = process.cpuUsage(before);
  const peak = process.resourceUsage().maxRSS * 1024;
  return { milliseconds: performance.now() - start, work: (user + system) / 1000, peak, checks };
}

function measureAside(kind: Kind, folder: string, format: Format): Measured {
  const own = fileURLToPath(import.meta.url);
  const memory = values.memory === undefined ? [] : ['--memory', values.memory];
  const options = ['--measure', kind, '--folder', folder, '--format', format, ...memory];
  return JSON.parse(
    execFileSync(process.execPath, [own, ...options], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }),
  );
}

function computeMedian(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

function compare(folder: string, format: Format): string {
  const rounds = Array.from({ length: Number(values.rounds) }, () => ({
    scan: measureAside('scan', folder, format),
    ours: measureAside('ours', folder, format),
    separate: measureAside('separate', folder, format),
  }));
  const median = (pick: (round: Record<Kind, Measured>) => number) => computeMedian(rounds.map(pick));
  const times = (pick: (one: Measured) => number) => [
    median(({ scan, ours }) => pick(ours) / pick(scan)).toFixed(1),
    median(({ separate, ours }) => pick(separate) / pick(ours)).toFixed(1),
  ];
  const [over = '', faster = ''] = times(({ milliseconds }) => milliseconds);
  const [overWork, fasterWork] = times(({ work }) => work);
  const seconds = (kind: Kind) =>
    [
      (median((round) => round[kind].milliseconds) / 1000).toFixed(1),
      `(${(median((round) => round[kind].work) / 1000).toFixed(1)})`,
    ].join(' ');
  const cells = [
    format,
    seconds('scan'),
    seconds('ours'),
    seconds('separate'),
    `${over} (${overWork})`,
    `${faster} (${fasterWork})`,
    `${Math.round(median(({ ours }) => ours.peak) / 1e6)} MB`,
    String(rounds[0]?.ours.checks),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** How many programs want a core at the same time, on average over a minute: these times are told beside it. */
function describeLoad(): string {
  return (loadavg()[0] ?? 0).toFixed(1);
}

async function compareAll(): Promise<void> {
  const rows = Number(values.rows);
  const folder = mkdtempSync(join(tmpdir(), 'modelgate-data-'));
  try {
    await createFiles(folder, rows);
    console.log(
      `Node ${process.version}, ${availableParallelism()} cores with a load of ${describeLoad()}, ${rows} rows; in brackets work of all cores\n`,
    );
    console.log(
      '| file | DuckDB’s scan (s) | the checks (s) | separate queries (s) | over the scan | faster than separate | peak memory | checks |',
    );
    console.log('|---|--:|--:|--:|--:|--:|--:|--:|');
    for (const format of ['csv', 'parquet'] as const) console.log(compare(folder, format));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (values.measure === undefined) await compareAll();
else console.log(JSON.stringify(await measure(values.measure as Kind, values.folder ?? '', values.format as Format)));
