import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { computeDigest } from '../../../src/evidence/digest.ts';
import type { EvidenceSet } from '../../../src/evidence/document.ts';
import type { EarlierRuns } from '../../../src/pipeline/pull-request/earlier-runs.ts';
import type { Progress } from '../../../src/progress.ts';
import { createPullRequest, createPush, hold, judge, openWorkshop, restate, type Workshop } from './workshop.ts';

let workshop: Workshop;
let trained: string;
/** The numbers that a judge finds where nothing is withheld. */
let numbers: string[];
const log: string[] = [];
const write = (text = '') => void log.push(text);
const LOG: Progress = {
  info: write,
  warn: write,
  output: (chunk) => write(Buffer.from(chunk).toString()),
  start: (text) => {
    write(text);
    return { update: write, done: write, fail: write };
  },
};
beforeAll(async () => {
  workshop = await openWorkshop();
  await workshop.change('modelgate.yml', 'against: production', 'against: base');
  const open = workshop.commit();
  trained = await workshop.train();
  const { read } = await judge(workshop, createPush(open), { candidates: hold(trained), runs: list([]) });
  numbers = listNumbers(await read('penguins'));
  await workshop.change('modelgate.yml', 'reveal: rows', 'reveal: verdict');
});
afterAll(() => workshop.remove());

/** Of more than three digits, as documents and texts write them: a shorter one could stand there for anything. */
function listNumbers({ evaluation }: EvidenceSet): string[] {
  const values = (evaluation?.metrics ?? []).flatMap(({ value, interval }) => [value, interval?.low, interval?.high]);
  const known = values.filter((value) => typeof value === 'number' && !Number.isInteger(value * 1000)) as number[];
  return [...new Set(known.flatMap((value) => [String(value), value.toPrecision(4), value.toFixed(4)]))];
}

/** Not as a part of a longer number, as the history of a training has many. */
function stands(number: string, text: string): boolean {
  return new RegExp(`(?<![\\d.])${number.replace('.', '\\.')}(?!\\d)`).test(text);
}

function list(found: readonly [commit: string, folder: string][]): EarlierRuns {
  return {
    list: async () => ({ runs: found.map(([commit], index) => ({ id: index + 1, commit })), others: 0 }),
    fetchJudged: async ({ id }) => ({ folder: found[id - 1]?.[1] ?? '' }),
  };
}

/** The documents and reports, without the predictions and the history of the training: four digits may well stand there. */
async function readAll(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !/^(?:predictions|training)\./.test(entry.name));
  const texts = files.map((file) => readFile(join(file.parentPath, file.name), 'utf8'));
  return (await Promise.all(texts))
    .join('\n')
    .replaceAll(/sha256:[0-9a-f]{64}/g, '')
    .replaceAll(/<section id="training"[\s\S]*?<\/section>|<summary>Training curves[\s\S]*?<\/details>/g, '');
}

test('under `reveal: verdict` no file of the artifact and no line of the log has a number of the test set', async () => {
  expect(numbers.length).toBeGreaterThan(10);
  const base = workshop.commit();
  const pushed = await judge(workshop, createPush(base), {
    candidates: hold(await restate(workshop, trained, base)),
    runs: list([]),
    progress: LOG,
  });
  await workshop.write('notes.txt', 'more');
  const head = workshop.commit();
  workshop.git('checkout', '--quiet', base);
  const judged = await judge(workshop, createPullRequest(head, base), {
    candidates: hold(await restate(workshop, trained, head)),
    runs: list([[base, pushed.output]]),
    progress: LOG,
  });
  for (const text of [await readAll(pushed.output), await readAll(judged.output), log.join('\n')]) {
    expect(text.length).toBeGreaterThan(100);
    expect(numbers.filter((number) => stands(number, text))).toEqual([]);
  }
  const { evaluation, verdict } = await judged.read('penguins');
  expect(evaluation).toMatchObject({ outcome: 'pass', metrics: [], join: null });
  const parent = verdict?.parents.find(({ kind }) => kind === 'evaluation');
  expect(parent?.sha256).toBe(evaluation && computeDigest(evaluation));
  // The baseline has no numbers either: it is measured again from its predictions.
  const text = expect.stringMatching(/scored again/);
  expect(verdict?.baselines).toMatchObject([{ name: 'base', state: 'found', text }]);
  expect(verdict?.rules).toContainEqual(expect.objectContaining({ id: 'no-worse', outcome: 'pass', cases: [] }));
  expect(verdict?.comparisons).toBeUndefined();
});
