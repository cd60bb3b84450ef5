/** What `modelgate init` must know. Each is a question at a terminal and a flag everywhere; the words serve both. */
export const QUESTIONS = {
  model: ['--model <name>', 'the name of the model'],
  labels: ['--labels <file>', 'the test set with its labels: a csv, parquet or jsonl file'],
  id: ['--id <column>', 'the column that tells the rows of the test set apart'],
  label: ['--label <column>', 'the column of the truth'],
  task: ['--task <task>', 'what is predicted: binary-classification, multiclass-classification or regression'],
  positive: ['--positive <class>', 'the class that counts as positive, of a binary classification'],
  train: ['--train <command>', 'the command that trains; empty where nothing is trained'],
  modelFile: ['--model-file <file>', 'the file or folder of the model, which training writes'],
  predict: ['--predict <command>', 'the command that writes the predictions'],
  predictions: ['--predictions <file>', 'the file of the predictions, which that command writes'],
  prediction: ['--prediction <column>', 'the column of that file with the prediction'],
  trainRunner: ['--train-runner <runner>', 'the runner that trains and predicts: a label, or JSON as in runs-on'],
  installer: ['--installer <name>', 'how its packages are installed there: none, pip, uv or conda'],
  forks: ['--forks', 'whether pull requests from forks are served'],
  defaultBranch: ['--default-branch <name>', 'the branch that pull requests are merged into'],
} as const;

export type QuestionName = keyof typeof QUESTIONS;

/** What says how `modelgate init` works, and is never asked for: syntax, words, and the value without the flag. */
export const SETTINGS = [
  ['--no-forks', 'pull requests come from branches of the repository only'],
  ['--folder <folder>', 'where modelgate.yml goes, and what the paths above are relative to', '.'],
  ['--workflow <name>', 'what the workflow is called; its file is .github/workflows/<name>.yml', 'model'],
  ['--yes', 'take what is found or usual for every question without its flag'],
  ['--force', 'replace files that are there'],
  ['--dry-run', 'print the files instead of writing them'],
  ['--duckdb <folder>', "a folder with DuckDB's library, for machines without a registry"],
] as const;

/** The flags of `modelgate init`, as commander reads them. */
export interface InitFlags extends Partial<Readonly<Record<Exclude<QuestionName, 'forks'>, string>>> {
  readonly forks?: boolean;
  readonly folder: string;
  readonly workflow: string;
  readonly yes?: boolean;
  readonly force?: boolean;
  readonly dryRun?: boolean;
  readonly duckdb?: string;
}

/** The flag of a question without its value: `--model-file`. */
export function nameFlag(name: QuestionName): string {
  return QUESTIONS[name][0].split(' ')[0] ?? '';
}

/** All flags as a person writes them, for suggestions. */
export function listFlags(): string[] {
  const syntaxes = [...Object.values(QUESTIONS), ...SETTINGS].map(([syntax]) => syntax.split(' ')[0] ?? '');
  return [...syntaxes, '--help'];
}
