import type { Task } from '../../config/schema/modelgate.ts';
import { type ColumnProfile, type LabelsProfile, MAX_VALUES } from './profile.ts';
import type { Fault } from './question.ts';

/** At most so many columns are suggested. */
const MAX_SUGGESTED = 5;

/** Why a column does not tell rows apart. */
export function findIdFault({ columns }: LabelsProfile, file: string, name: string): Fault | undefined {
  const column = columns.find((known) => known.name === name);
  if (column?.unique !== false) return undefined;
  const unique = columns.filter((known) => known.unique).map((known) => `\`${known.name}\``);
  const others = unique.slice(0, MAX_SUGGESTED).join(', ');
  const fix = others ? `Every row has a value of its own in ${others}.` : 'Add a column such as the number of the row.';
  const reason = column.missing ? `${column.missing} rows have no value` : 'some rows have the same value';
  return { found: `the column \`${name}\` of ${file} does not tell rows apart: ${reason}`, fix };
}

/** Why a column cannot be the truth. */
export function findLabelFault(
  { columns }: LabelsProfile,
  file: string,
  name: string,
  id: string | undefined,
): Fault | undefined {
  if (name === id) return { found: `the column \`${name}\` is the id as well`, fix: 'Name the column of the truth.' };
  const missing = columns.find((known) => known.name === name)?.missing ?? 0;
  if (missing === 0) return undefined;
  const found = `${missing} rows of ${file} have no value in the column \`${name}\``;
  return { found, fix: 'A row without its truth cannot be scored: fill it in, or take it out of the test set.' };
}

/** Why a task does not fit the values of the truth. */
export function findTaskFault(task: Task, label: ColumnProfile | undefined): Fault | undefined {
  if (!label || label.unique === undefined) return undefined;
  const { name, type, values } = label;
  const number = type === 'integer' || type === 'number';
  if (task === 'regression' && !number) {
    const fix = 'Name a classification, or a column of numbers with --label.';
    return { found: `a regression, and the column \`${name}\` holds ${values ? 'classes' : 'texts'}`, fix };
  }
  if (task !== 'binary-classification' || (values && values.length <= 2)) return undefined;
  const count = values?.length ?? `more than ${MAX_VALUES}`;
  const fix = 'With more than two classes it is a multiclass-classification.';
  return { found: `two classes, and the column \`${name}\` has ${count} values`, fix };
}

/** Why a class cannot be the positive one. */
export function findPositiveFault(positive: string, label: ColumnProfile | undefined): Fault | undefined {
  const classes = label?.values?.map(({ text }) => text);
  // With one class in the test set the other one can be meant.
  if (!classes || classes.length < 2 || classes.includes(positive)) return undefined;
  return { found: `\`${positive}\` is no class of the column`, fix: `The classes are ${classes.join(', ')}.` };
}
