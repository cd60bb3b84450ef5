import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/**
 * How long `modelgate --version` takes over an empty program on the same Node, in turn so that a drifting machine
 * touches both. Prints medians in milliseconds. The aim: at most 60 ms more.
 */
const ROUNDS = 25;
const CLI = join(import.meta.dirname, '../dist/cli.js');

function time(args: readonly string[]): number {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, [...args], { stdio: 'ignore' });
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}`);
  return performance.now() - start;
}

function computeMedian(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const rounds = Array.from({ length: ROUNDS }, () => ({ empty: time(['-e', '0']), version: time([CLI, '--version']) }));
const empty = computeMedian(rounds.map((round) => round.empty));
const version = computeMedian(rounds.map((round) => round.version));
const over = computeMedian(rounds.map((round) => round.version - round.empty));
console.log(`Node ${process.version}, ${ROUNDS} rounds, medians`);
console.log(`node -e 0              ${empty.toFixed(1)} ms`);
console.log(
  `node cli.js --version  ${version.toFixed(1)} ms, ${over.toFixed(1)} ms over it, ratio ${(version / empty).toFixed(2)}`,
);
