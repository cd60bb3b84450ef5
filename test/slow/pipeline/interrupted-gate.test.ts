import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { EXIT } from '../../../src/failure.ts';

const ENTRY = fileURLToPath(new URL('../../../src/cli/entry.ts', import.meta.url));
const JSON_IMPORTS = new URL('../../support/json-imports.mjs', import.meta.url).href;

const CLASSES = ['a', 'b', 'c'];
const ROWS = Array.from({ length: 6000 }, (_, row) => row);
/** Mistakes that follow no slice and no class. */
const isOneOf = (row: number, factor: number, parts: number) => ((row * factor) % 65_537) % parts === 0;
const answer = (row: number, fails: boolean) => CLASSES[(row + (fails ? 1 + (row % 2) : 0)) % 3];
const list = (factor: number, parts: number) =>
  `id,predicted\n${ROWS.map((row) => `${row},${answer(row, isOneOf(row, factor, parts))}`).join('\n')}\n`;

/** Limits by resampling for 600 rules on 60 slices: minutes of them, so that only who stops in between ends in time. */
const RULES = Array.from(
  { length: 600 },
  (_, at) =>
    `    - { id: r${at}, metric: macro-f1, slice: region, against: { file: baseline.csv }, max-drop: ${(at + 1) / 1000}, confidence: 0.95 }`,
);
const CONFIG = `version: 1
model: churn
task: multiclass-classification
evaluate:
  predictions: { path: predictions.csv, id: id, prediction: predicted }
  labels: { path: labels.csv, id: id, label: label }
  metrics: [accuracy]
gates:
  rules:
${RULES.join('\n')}
`;
const FILES = {
  'modelgate.yml': CONFIG,
  'labels.csv': `id,label,region\n${ROWS.map((row) => `${row},${answer(row, false)},r${row % 60}`).join('\n')}\n`,
  'predictions.csv': list(48_271, 5),
  'baseline.csv': list(16_807, 4),
};

test('Ctrl-C ends a gate between two of its limits, with the exit code of every other command', async ({ signal }) => {
  const folder = await mkdtemp(join(tmpdir(), 'modelgate-interrupted-'));
  await using _ = { [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
  for (const [name, text] of Object.entries(FILES)) await writeFile(join(folder, name), text);
  const child = spawn(process.execPath, ['--import', JSON_IMPORTS, ENTRY, 'run', '--from', 'score'], {
    cwd: folder,
    env: { ...process.env, GITHUB_ACTIONS: '' },
    stdio: ['ignore', 'ignore', 'pipe'],
    // One that does not listen is not left running.
    signal,
    killSignal: 'SIGKILL',
  });
  const ended = once(child, 'exit');
  let said = '';
  for await (const chunk of child.stderr) {
    const before = said.includes('… Deciding');
    said += String(chunk);
    if (!before && said.includes('… Deciding')) child.kill('SIGINT');
  }
  const [code] = await ended;
  expect(code, said).toBe(EXIT.interrupted);
  expect(said).toContain('Interrupted.');
  expect((await readdir(join(folder, '.modelgate', 'evidence'))).sort()).toEqual(['evaluation.json']);
}, 60_000);
