import { basename, extname } from 'node:path/posix';
import type { CheckedType } from '../../data/checks/checks.ts';
import type { Answers } from './answers.ts';
import type { ColumnProfile, LabelsProfile } from './profile.ts';
import { renderText } from './yaml-text.ts';

/** A contract of more columns would be no page to read; it then speaks of the id and the label alone. */
export const MAX_COLUMNS = 500;
/** Longer texts are no classes. */
const MAX_TEXT = 100;
/** With fewer rows a value, the next test set may well have another one. */
const ROWS_A_VALUE = 5;

/** What a contract promises of one column. */
export interface ColumnPromise {
  readonly name: string;
  readonly type?: CheckedType | undefined;
  /** How dates and times are written, where not in ISO 8601. */
  readonly format?: string | undefined;
  readonly pattern?: string | undefined;
  readonly key?: boolean;
  readonly required?: boolean;
  readonly unique?: boolean;
  readonly classification?: string | undefined;
  /** The only values that it may have, as YAML. */
  readonly values?: readonly string[];
  /** What was seen and is not promised: comments. */
  readonly notes?: readonly string[];
}

interface ContractPromise {
  /** Comments before everything else. */
  readonly origin: readonly string[];
  readonly id: string;
  readonly name: string;
  readonly table: string;
  readonly columns: readonly ColumnPromise[];
}

/** A data contract (ODCS, version 3) of what the test set holds today. */
export function renderContract(answers: Answers, profile: LabelsProfile): string {
  const { model, labels, id, label } = answers;
  const keys = [id, label].map((name) => profile.columns.find((column) => column.name === name) ?? { name });
  const columns = profile.columns.length > MAX_COLUMNS || profile.columns.length === 0 ? keys : profile.columns;
  return renderPromises({
    origin: describeOrigin(labels, profile, columns.length),
    id: `${model}-test`,
    name: `Test set of ${model}`,
    table: nameTable(labels),
    columns: columns.map((column) => promiseColumn(column, answers, profile.rows ?? 0)),
  });
}

/** What the table of a file is called: the file without folder and ending. */
export function nameTable(path: string): string {
  return basename(path, extname(path));
}

/** A data contract of one table, as YAML. */
export function renderPromises({ origin, id, name, table, columns }: ContractPromise): string {
  const lines = [
    ...origin.map((line) => `# ${line}`),
    'apiVersion: v3.1.0',
    'kind: DataContract',
    `id: ${renderText(id)}`,
    `name: ${renderText(name)}`,
    'version: 1.0.0',
    'status: active',
    'schema:',
    `  - name: ${renderText(table)}`,
    '    logicalType: object',
    '    physicalType: table',
    ...(columns.length === 0 ? [] : ['    properties:']),
    ...columns.flatMap(renderColumn),
  ];
  return `${lines.join('\n')}\n`;
}

function describeOrigin(labels: string, profile: LabelsProfile, described: number): string[] {
  const rows = profile.rows === undefined ? '' : ` of ${profile.rows} rows`;
  const more = profile.columns.length - described;
  return [
    `What ${JSON.stringify(labels)} promises, in the Open Data Contract Standard.`,
    profile.unseen === undefined
      ? `Made from what the file${rows} held: keep what must always hold, correct what was chance.`
      : 'The values of the file were not looked at: add the type of each column, and what it may hold.',
    ...(more > 0 ? [`${more} more columns are not described.`] : []),
  ];
}

function promiseColumn(column: ColumnProfile, { id, label, task }: Answers, rows: number): ColumnPromise {
  const { name, type, missing } = column;
  const key = name === id;
  const isTruth = name === label;
  const required = key || isTruth || (missing === 0 && rows > 0);
  const values = key || (isTruth && task === 'regression') ? [] : listValues(column, isTruth, rows);
  return { name, type, key, required, unique: key, values };
}

function renderColumn(column: ColumnPromise): string[] {
  const { name, type, format, pattern, key, required, unique, classification, values = [], notes = [] } = column;
  const options = [
    ...(format === undefined ? [] : [`          format: ${renderText(format)}`]),
    ...(pattern === undefined ? [] : [`          pattern: ${renderText(pattern)}`]),
  ];
  return [
    `      - name: ${renderText(name)}`,
    ...notes.map((note) => `        # ${note}`),
    ...(type === undefined ? [] : [`        logicalType: ${type}`]),
    ...(options.length === 0 ? [] : ['        logicalTypeOptions:', ...options]),
    ...(key ? ['        primaryKey: true'] : []),
    ...(required ? ['        required: true'] : []),
    ...(unique ? ['        unique: true'] : []),
    ...(classification === undefined ? [] : [`        classification: ${renderText(classification)}`]),
    ...(values.length === 0 ? [] : renderValues(values)),
  ];
}

/** The values that a column may have, as YAML; none where the set is not small, or not settled by so few rows. */
export function listValues({ type, values = [] }: ColumnProfile, isTruth: boolean, rows: number): string[] {
  const isNumber = isTruth && type === 'integer';
  if (values.length === 0 || (type !== 'string' && !isNumber)) return [];
  if (!isTruth && rows < values.length * ROWS_A_VALUE) return [];
  const texts = values.map(({ text }) => text);
  // No contract can hold a NUL.
  if (texts.some((text) => text.includes('\0') || text.length > MAX_TEXT)) return [];
  return texts.toSorted(isNumber ? (a, b) => Number(a) - Number(b) : undefined).map((text) => render(text, isNumber));
}

function render(text: string, isNumber: boolean): string {
  return isNumber && Number.isSafeInteger(Number(text)) ? String(Number(text)) : renderText(text);
}

function renderValues(values: readonly string[]): string[] {
  return [
    '        quality:',
    '          - type: library',
    '            metric: invalidValues',
    `            arguments: { validValues: [${values.join(', ')}] }`,
    '            mustBe: 0',
  ];
}
