import type { Task } from '../../config/schema/modelgate.ts';
import { REPOSITORY_URL } from '../../identity.ts';
import type { Answers } from './answers.ts';
import { renderText, renderTexts } from './yaml-text.ts';

/** What is measured of each task without scores, the number that the first rule holds first. */
const FIRST_METRICS: Readonly<Record<Task, readonly [string, ...string[]]>> = {
  'binary-classification': ['balanced-accuracy', 'accuracy', 'precision', 'recall', 'f1'],
  'multiclass-classification': ['balanced-accuracy', 'accuracy', 'macro-f1'],
  ranking: ['ndcg@10', 'mrr'],
  regression: ['r2', 'mae', 'rmse'],
};

/** How far the first rule is from guessing, on the way to a perfect model. */
const FIRST_STEP = 0.1;

export interface Bar {
  readonly metric: string;
  /** What whoever gives always the same answer reaches: 1 / classes for balanced accuracy, at most 0 for R². */
  readonly guessing: number;
  /** What the first rule asks for: more than that. */
  readonly min: number;
}

/** The bar of a first rule, which no constant answer reaches. `classes` is how many were seen; undefined: not known. */
export function computeBar(task: Task, classes: number | undefined): Bar {
  const [metric] = FIRST_METRICS[task];
  // Of an unknown number of classes the highest chance is taken, that of two.
  const guessing = task === 'regression' ? 0 : 1 / Math.max(2, classes ?? 2);
  // Rounded first, so that 0.55 does not become 0.56 for a rounding error.
  const min = Math.ceil(Number(((guessing + FIRST_STEP * (1 - guessing)) * 100).toFixed(6))) / 100;
  return { metric, guessing, min };
}

/** The first modelgate.yml. `contract` is its path beside that file; `classes` is how many the test set has. */
export function renderConfig(answers: Answers, contract: string, classes: number | undefined): string {
  const { model, task, train, labels, id, label, positive } = answers;
  const bar = computeBar(task, classes);
  const training = train && [
    'train:',
    `  run: ${renderText(train.run)}`,
    `  outputs: { model: ${renderText(train.model)} } # what the command writes`,
    '',
  ];
  const lines = [
    `# How the model ${model} earns its merge. Every key is explained in`,
    `# ${REPOSITORY_URL}/blob/main/docs/configuration.md`,
    'version: 1',
    `model: ${renderText(model)}`,
    `task: ${task}`,
    '',
    'data:',
    '  # The training data can be listed here as well, and a check that it shares no row with the test set.',
    `  test: { path: ${renderText(labels)}, contract: ${renderText(contract)} }`,
    '',
    ...(training ?? []),
    'evaluate:',
    '  # Your code: it reads the features and writes the predictions. The metrics are computed without it.',
    `  run: ${renderText(answers.predict)}`,
    `  predictions: { path: ${renderText(answers.predictions)}, id: ${renderText(id)}, prediction: ${renderText(answers.prediction)} }`,
    `  labels: { path: ${renderText(labels)}, id: ${renderText(id)}, label: ${renderText(label)} }`,
    ...(positive === undefined ? [] : [`  positive: ${renderText(positive)}`]),
    `  metrics: ${renderTexts(FIRST_METRICS[task])}`,
    '',
    'gates:',
    '  mode: enforce # observe reports the same and blocks nothing',
    '  rules:',
    ...describeGuessing(task, bar, classes).map((line) => `    # ${line}`),
    `    - { id: beats-guessing, metric: ${bar.metric}, min: ${bar.min} }`,
    '    # Once a first evaluation of the default branch is there, no change may make the model worse:',
    `    # - { id: no-worse, metric: ${bar.metric}, against: base, max-drop: 0.02 }`,
  ];
  return `${lines.join('\n')}\n`;
}

function describeGuessing(task: Task, { guessing }: Bar, classes: number | undefined): string[] {
  const raise = 'Raise `min` to what your model must reach.';
  if (task === 'regression') return [`Whoever always predicts the mean has an R² of 0. ${raise}`];
  const share = Number(guessing.toFixed(2));
  const sure = classes === undefined && task !== 'binary-classification' ? 'at most ' : '';
  return ['Whoever always gives the same answer has a balanced accuracy of', `${sure}${share}. ${raise}`];
}
