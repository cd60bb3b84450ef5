import { execFileSync } from 'node:child_process';
import { randomFillSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashFile, hashParts } from '../src/evidence/file-hash.ts';
import { hashFiles } from '../src/evidence/parallel-hash.ts';

/**
 * How fast files are hashed, over `sha256sum` on the same files in turn, so that a drifting machine touches both. One
 * file, the same file with its parts, and several files against one `sha256sum` of all of them. Prints medians. The aim:
 * at least 0.9 of its speed.
 */
const ROUNDS = 7;
const MIB = 1024 * 1024;
const SIZE = 256 * MIB;
const FILES = 4;

function computeMedian(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

async function time(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function compare(name: string, bytes: number, theirs: () => unknown, ours: () => unknown): Promise<void> {
  const rounds: { theirs: number; ours: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push({ theirs: await time(theirs), ours: await time(ours) });
  const speed = (milliseconds: number) => `${Math.round(bytes / MIB / (milliseconds / 1000))} MiB/s`.padStart(11);
  const ratio = computeMedian(rounds.map((round) => round.theirs / round.ours));
  const medians = [rounds.map((round) => round.theirs), rounds.map((round) => round.ours)].map(computeMedian);
  const [sum = 0, own = 0] = medians;
  console.log(`${name.padEnd(22)} sha256sum ${speed(sum)}   ours ${speed(own)}   ratio ${ratio.toFixed(2)}`);
}

const folder = mkdtempSync(join(tmpdir(), 'modelgate-hashing-'));
try {
  const block = randomFillSync(Buffer.allocUnsafe(SIZE));
  const paths = Array.from({ length: FILES }, (_, index) => join(folder, String(index)));
  for (const path of paths) writeFileSync(path, block);
  const [first = ''] = paths;
  const parts = Array.from({ length: 4 }, (_, index) => ({ start: (index * SIZE) / 4, length: SIZE / 4 }));
  const sum = (files: readonly string[]) => execFileSync('sha256sum', files);
  console.log(`Node ${process.version}, ${availableParallelism()} cores, ${SIZE / MIB} MiB a file, ${ROUNDS} rounds`);
  await compare(
    'one file',
    SIZE,
    () => sum([first]),
    () => hashFile(first),
  );
  await compare(
    'one file and parts',
    SIZE,
    () => sum([first]),
    () => hashParts(first, parts),
  );
  await compare(
    `${FILES} files`,
    SIZE * FILES,
    () => sum(paths),
    () => hashFiles(paths),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
