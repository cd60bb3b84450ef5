import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Terminal } from '../../src/cli/command.ts';
import { runStages } from '../../src/cli/commands/run.ts';
import { SILENT } from '../../src/progress.ts';

/** How many rows there are, and of which a model is wrong. */
export interface Rows {
  readonly n: number;
  readonly wrong: (row: number) => boolean;
  readonly baselineWrong?: (row: number) => boolean;
}

/** A folder with labels, the predictions of a candidate and of a baseline, and rules, and commands that run in it. */
export async function openFolder({ n, wrong, baselineWrong = wrong }: Rows, gates: string, evaluate = '') {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'modelgate-rows-')));
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  const ids = Array.from({ length: n }, (_, row) => row);
  const truth = (row: number) => (row % 4 === 0 ? 'yes' : 'no');
  const answer = (row: number, fails: boolean) => ((truth(row) === 'yes') === fails ? 'no' : 'yes');
  const list = (model: (row: number) => boolean) =>
    `id,predicted\n${ids.map((row) => `${row},${answer(row, model(row))}`).join('\n')}\n`;
  await write(
    'labels.csv',
    `id,label,region\n${ids.map((row) => `${row},${truth(row)},${row % 3 === 0 ? 'north' : 'south'}`).join('\n')}\n`,
  );
  await write('predictions.csv', list(wrong));
  await write('baseline.csv', list(baselineWrong));
  await write(
    'modelgate.yml',
    `version: 1
model: churn
task: binary-classification
evaluate:
  predictions: { path: predictions.csv, id: id, prediction: predicted }
  labels: { path: labels.csv, id: id, label: label }
  positive: 'yes'
  metrics: [accuracy]
${evaluate}gates:
${gates}`,
  );
  const printed: string[] = [];
  const { signal } = new AbortController();
  const terminal: Terminal = {
    // A laptop, wherever the tests run: in a workflow less is printed.
    environment: { ...process.env, GITHUB_ACTIONS: '' },
    progress: SILENT,
    signal,
    color: false,
    width: 140,
    print: (text) => void printed.push(text),
  };
  return {
    folder,
    write,
    terminal,
    config: join(folder, 'modelgate.yml'),
    /** What was printed since it was asked last. */
    takePrinted: () => printed.splice(0).join('\n'),
    /** Scores and decides, so that there is evidence. */
    measure: (flags = {}) =>
      runStages(terminal, { config: join(folder, 'modelgate.yml'), from: 'score', to: 'gate', ...flags }),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
