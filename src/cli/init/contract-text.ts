import { basename, extname } from 'node:path/posix';
import type { Answers } from './answers.ts';
import type { ColumnProfile, LabelsProfile } from './profile.ts';
import { renderText } from './yaml-text.ts';

/** A contract of more columns would be no page to read; it then speaks of the id and the label alone. */
const MAX_COLUMNS = 500;
/** Longer texts are no classes. */
const MAX_TEXT = 100;
/** With fewer rows a value, the next test set may well have another one. */
const ROWS_A_VALUE = 5;

/** A data contract (ODCS, version 3) of what the test set holds today. */
export function renderContract(answers: Answers, profile: LabelsProfile): string {
  const { model, labels, id, label } = answers;
  const keys = [id, label].map((name) => profile.columns.find((column) => column.name === name) ?? { name });
  const columns = profile.columns.length > MAX_COLUMNS || profile.columns.length === 0 ? keys : profile.columns;
  const lines = [
    ...describeOrigin(labels, profile, columns.length).map((line) => `# ${line}`),
    'apiVersion: v3.1.0',
    'kind: DataContract',
    `id: ${renderText(`${model}-test`)}`,
    `name: ${renderText(`Test set of ${model}`)}`,
    'version: 1.0.0',
    'status: active',
    'schema:',
    `  - name: ${renderText(basename(labels, extname(labels)))}`,
    '    logicalType: object',
    '    physicalType: table',
    '    properties:',
    ...columns.flatMap((column) => renderColumn(column, answers, profile.rows ?? 0)),
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

function renderColumn(column: ColumnProfile, { id, label, task }: Answers, rows: number): string[] {
  const { name, type, missing } = column;
  const isKey = name === id;
  const isTruth = name === label;
  const required = isKey || isTruth || (missing === 0 && rows > 0);
  const values = isKey || (isTruth && task === 'regression') ? [] : listValues(column, isTruth, rows);
  return [
    `      - name: ${renderText(name)}`,
    ...(type === undefined ? [] : [`        logicalType: ${type}`]),
    ...(isKey ? ['        primaryKey: true'] : []),
    ...(required ? ['        required: true'] : []),
    ...(isKey ? ['        unique: true'] : []),
    ...(values.length === 0 ? [] : renderValues(values)),
  ];
}

/** The values that a column may have, as YAML; none where the set is not small, or not settled by so few rows. */
function listValues({ type, values = [] }: ColumnProfile, isTruth: boolean, rows: number): string[] {
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
