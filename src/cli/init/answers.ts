import { TASKS, type Task } from '../../config/schema/modelgate.ts';
import { checkBranch, checkFile, checkInstaller, checkModel, checkOutput } from './checks.ts';
import { guessId, guessLabel, guessModel, guessOutput, guessPositive, guessPrediction, guessTask } from './guesses.ts';
import type { ColumnProfile, LabelsProfile } from './profile.ts';
import { type Ask, isFault } from './question.ts';
import { parseRunner, type Runner } from './runner.ts';
import type { Scene } from './scene.ts';
import { findIdFault, findLabelFault, findPositiveFault, findTaskFault } from './truth-faults.ts';

/** Everything that the files are made of. */
export interface Answers {
  readonly model: string;
  readonly task: Task;
  /** The file with the labels, relative to the folder of modelgate.yml, as all paths here. */
  readonly labels: string;
  readonly id: string;
  readonly label: string;
  readonly positive?: string;
  /** How the model is made; absent where it is not trained here. */
  readonly train?: { readonly run: string; readonly model: string };
  readonly predict: string;
  readonly predictions: string;
  readonly prediction: string;
  readonly runner: Runner;
  readonly installer: string;
  readonly forks: boolean;
  readonly branch: string;
}

/** Looks at a file of labels, by its path relative to the folder; undefined where it cannot be read. */
export type Profile = (labels: string) => Promise<LabelsProfile | undefined>;

/** Asks for everything in turn; what was answered serves the guesses that follow. Undefined where something is missing. */
export async function collectAnswers(scene: Scene, ask: Ask, profile: Profile): Promise<Answers | undefined> {
  const model = await ask({ name: 'model', guess: guessModel(nameFolder(scene)), check: checkModel });
  const truth = await askTruth(scene, ask, profile);
  const train = await askTraining(scene, ask);
  const predict = await ask({ name: 'predict', guess: renderCommand(scene, scene.predict?.path), hint: NO_SCRIPT });
  const text = scene.predict?.text ?? '';
  const [predictions, prediction] = [
    await ask({
      name: 'predictions',
      guess: guessOutput(text, 'predictions') ?? 'out/predictions.csv',
      check: (path) => checkOutput(scene, path, true),
    }),
    await ask({ name: 'prediction', guess: guessPrediction(text) }),
  ];
  const place = await askPlace(scene, ask);
  const branch = await ask({ name: 'defaultBranch', guess: scene.branch, hint: NO_BRANCH, check: checkBranch });
  const all = { model, predict, predictions, prediction, branch };
  if (!truth || train === undefined || !place || !isComplete(all)) return undefined;
  return { ...all, ...truth, ...train, ...place };
}

const NO_SCRIPT = 'Write the script first: it reads the features and writes a file with the id and a prediction a row.';
const NO_FILE = 'No csv, parquet or jsonl file that could be it is in this folder or in its data/.';
const NO_ID = 'No column was found whose values all differ: add one, such as the number of the row.';
const NO_TRUTH = 'It can be suggested once the test set is known.';
const NO_BRANCH = 'git names no branch here.';
const NO_TASK = 'The values of the label do not tell.';

async function askTruth(scene: Scene, ask: Ask, profile: Profile) {
  const labels = await ask({
    name: 'labels',
    guess: scene.tables[0],
    hint: NO_FILE,
    check: (path) => checkFile(scene, path),
  });
  const seen = labels === undefined ? undefined : await profile(labels);
  const names = seen && seen.columns.length > 0 ? seen.columns.map(({ name }) => name) : undefined;
  const found: LabelsProfile = seen ?? { columns: [] };
  const id = await ask({
    name: 'id',
    choices: names,
    guess: guessId(found),
    hint: seen ? NO_ID : NO_TRUTH,
    check: (name) => findIdFault(found, labels ?? '', name),
  });
  const label = await ask({
    name: 'label',
    choices: names,
    guess: guessLabel(found, id),
    hint: NO_TRUTH,
    check: (name) => findLabelFault(found, labels ?? '', name, id),
  });
  const column = found.columns.find(({ name }) => name === label);
  const task = await ask({
    name: 'task',
    choices: TASKS,
    guess: guessTask(column, found.rows),
    hint: column ? NO_TASK : NO_TRUTH,
    check: (name) => findTaskFault(name as Task, column),
  });
  const positive = task === 'binary-classification' ? await askPositive(ask, column) : undefined;
  if (labels === undefined || id === undefined || label === undefined || task === undefined) return undefined;
  if (task === 'binary-classification' && positive === undefined) return undefined;
  return { labels, id, label, task: task as Task, ...(positive === undefined ? {} : { positive }) };
}

async function askPositive(ask: Ask, column: ColumnProfile | undefined): Promise<string | undefined> {
  const classes = column?.values?.map(({ text }) => text);
  const choices = classes?.length === 2 ? classes : undefined;
  const check = (name: string) => findPositiveFault(name, column);
  return ask({ name: 'positive', choices, guess: guessPositive(column), check });
}

/** How it is trained: nothing to add where it is not, undefined where that is not known. */
async function askTraining(scene: Scene, ask: Ask): Promise<Pick<Answers, 'train'> | undefined> {
  const run = await ask({ name: 'train', optional: true, guess: renderCommand(scene, scene.train?.path) ?? '' });
  if (run === '') return {};
  const model = await ask({
    name: 'modelFile',
    guess: guessOutput(scene.train?.text ?? '', 'model'),
    hint: 'No script was found that names it.',
    check: (path) => checkOutput(scene, path, false),
  });
  return run === undefined || model === undefined ? undefined : { train: { run, model } };
}

async function askPlace(scene: Scene, ask: Ask): Promise<Pick<Answers, 'runner' | 'installer' | 'forks'> | undefined> {
  const given = await ask({
    name: 'trainRunner',
    guess: 'ubuntu-latest',
    check: (text) => {
      const runner = parseRunner(text);
      return isFault(runner) ? runner : undefined;
    },
  });
  const runner = given === undefined ? undefined : parseRunner(given);
  // A runner of one's own is set up by whoever owns it, and its callers serve forks in any case.
  const hosted = runner === undefined || isFault(runner) || runner.hosted;
  const installer = hosted
    ? await ask({
        name: 'installer',
        choices: INSTALLERS,
        guess: guessInstaller(scene),
        check: (name) => checkInstaller(scene, name),
      })
    : 'none';
  const forks = hosted ? await ask({ name: 'forks', choices: ['yes', 'no'], guess: 'no' }) : 'yes';
  if (runner === undefined || isFault(runner) || installer === undefined || forks === undefined) return undefined;
  return { runner, installer, forks: forks === 'yes' };
}

const INSTALLERS = ['none', 'pip', 'uv', 'conda'];

function guessInstaller({ packages }: Scene): string {
  return Object.entries(packages).find(([, path]) => path !== undefined)?.[0] ?? 'none';
}

function nameFolder({ root, way }: Scene): string {
  return (way === '' ? root : way).split(/[/\\]/).at(-1) ?? '';
}

/** The command that runs a script; a project of uv keeps its packages in an environment of its own. */
function renderCommand(scene: Scene, path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  return `${guessInstaller(scene) === 'uv' ? 'uv run python' : 'python3'} ${path}`;
}

type Complete<T> = { readonly [K in keyof T]: Exclude<T[K], undefined> };

function isComplete<T extends object>(values: T): values is T & Complete<T> {
  return Object.values(values).every((value) => value !== undefined);
}
