import type { Task } from '../../config/schema/modelgate.ts';
import type { ColumnProfile, LabelsProfile } from './profile.ts';

const ID_NAMES = /^(?:id|uuid|guid|key|row_?id|index)$|[_-]id$|[a-z]Id$/i;
/** What people call the column of the truth, the surer name first. */
const LABEL_NAMES = ['label', 'target', 'truth', 'ground_truth', 'y_true', 'y', 'class', 'outcome', 'species'];
/** What people call the class that they look for. */
const POSITIVE_NAMES = [
  '1',
  'yes',
  'true',
  'y',
  't',
  'positive',
  'pos',
  'default',
  'churned',
  'churn',
  'fraud',
  'spam',
];
/** Fewer rows than this a value: the values are amounts rather than classes. */
const ROWS_A_CLASS = 5;

/** The column that tells rows apart: one whose values do, by its name first; by its name alone where no value was seen. */
export function guessId({ columns }: LabelsProfile): string | undefined {
  const named = columns.filter(({ name }) => ID_NAMES.test(name));
  const isSeen = columns.some(({ unique }) => unique !== undefined);
  if (!isSeen) return named[0]?.name;
  // Measured amounts can differ from row to row by chance.
  const unique = columns.filter((column) => column.unique && column.type !== 'number');
  return (unique.find(({ name }) => ID_NAMES.test(name)) ?? unique[0])?.name;
}

/** The column of the truth: one that people call so, or else the last. */
export function guessLabel({ columns }: LabelsProfile, id: string | undefined): string | undefined {
  const others = columns.filter(({ name }) => name !== id);
  const named = LABEL_NAMES.map((wanted) => others.find(({ name }) => name.toLowerCase() === wanted));
  return (named.find((column) => column !== undefined) ?? others.at(-1))?.name;
}

/** What the values of the truth are an example of; undefined where they were not seen, or could be anything. */
export function guessTask(label: ColumnProfile | undefined, rows = 0): Task | undefined {
  if (!label || label.unique === undefined) return undefined;
  const { type, values } = label;
  if (values?.length === 2) return 'binary-classification';
  const isAmount = type === 'integer' || type === 'number';
  const areClasses = values !== undefined && values.length > 2 && rows >= values.length * ROWS_A_CLASS;
  if (isAmount) return type === 'integer' && areClasses ? 'multiclass-classification' : 'regression';
  return label.unique || values?.length === 1 ? undefined : 'multiclass-classification';
}

/** Of two classes the one that people look for: by its name, or else the rarer. */
export function guessPositive(label: ColumnProfile | undefined): string | undefined {
  const values = label?.values ?? [];
  if (values.length !== 2) return undefined;
  const named = values.find(({ text }) => POSITIVE_NAMES.includes(text.toLowerCase()));
  return (named ?? values[1])?.text;
}

/** A name that a model may have, made of the name of a folder; undefined where nothing is left of it. */
export function guessModel(folder: string): string | undefined {
  const kept = folder.replaceAll(/[^A-Za-z0-9_-]+/g, '-').slice(0, 64);
  return kept.replaceAll(/^[_-]+|[_-]+$/g, '') || undefined;
}

/** A file that a script names in quotes: of predictions, or of a model; undefined where it names none. */
export function guessOutput(script: string, kind: 'predictions' | 'model'): string | undefined {
  const endings = kind === 'model' ? MODEL_ENDINGS : 'csv|parquet|jsonl';
  const pattern = new RegExp(`["']((?:\\./)?[\\w-][\\w./-]*\\.(?:${endings}))["']`, 'g');
  const found = [...script.matchAll(pattern)].map(([, path = '']) => path.replace(/^\.\//, ''));
  const word = kind === 'model' ? /model/i : /pred/i;
  const named = found.filter((path) => word.test(path));
  const sure = kind === 'model' ? found.filter((path) => !/\.(?:json|txt)$/.test(path)) : [];
  return named[0] ?? sure[0];
}

const MODEL_ENDINGS = 'pkl|pickle|joblib|json|txt|pt|pth|ckpt|onnx|safetensors|keras|h5|ubj|cbm|bin';
const PREDICTION_NAMES = ['predicted', 'prediction', 'pred', 'y_pred'];

/** The column of predictions that a script names in quotes, or else `predicted`. */
export function guessPrediction(script: string): string {
  const named = PREDICTION_NAMES.find((name) => script.includes(`"${name}"`) || script.includes(`'${name}'`));
  return named ?? 'predicted';
}
