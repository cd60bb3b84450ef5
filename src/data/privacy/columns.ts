import type { Engine } from '../../engine/connection.ts';
import type { Column, Table } from '../../engine/table.ts';
import { type PromisedTable, promiseOf } from '../crosswise/shared-column.ts';
import { chooseDialect } from '../dialects/choice.ts';
import { isTellingName } from './column-names.ts';
import type { Detector } from './forms/form.ts';
import { FORMS } from './forms/forms.ts';
import {
  type ColumnHints,
  countRows,
  loadHits,
  noteValues,
  readFragments,
  readHints,
  type Suspicion,
} from './fragments.ts';
import { loadRows, type Rows } from './sample.ts';
import { searchFragments } from './search.ts';

/** What was found in a column in one form. */
export interface Trace {
  /** What it is, in the plural; undefined where the column's name says it. */
  readonly name: string | undefined;
  /** Rows. */
  readonly count: number;
}

export interface ColumnReport {
  readonly column: string;
  /** Whether the contract says that it holds such data. */
  readonly declared: boolean;
  /** Rows with a value. */
  readonly values: number;
  readonly traces: readonly Trace[];
  /** Whether it has more different pieces than were looked at. */
  readonly left: boolean;
}

/** Columns that are looked at in one query. */
const BATCH = 100;
/** Types of parquet that no number of a card and no address is stored in. */
const NO_TEXT = /^(BOOLEAN|FLOAT|DOUBLE|DECIMAL|DATE|TIME|INTERVAL|UUID)/;

/**
 * Looks for what the detectors know in some columns of a data set. Of each hundred columns the rows are read at most three times:
 * for what a value can hold, for the pieces that are looked at closely, and for the rows of columns whose name tells.
 */
export async function reportColumns(
  engine: Engine,
  dataset: PromisedTable,
  columns: readonly Column[],
  picked: number | 'all',
  detectors: ReadonlySet<Detector>,
): Promise<ColumnReport[]> {
  const reports: ColumnReport[] = [];
  for (let from = 0; from < columns.length; from += BATCH) {
    const batch = columns.slice(from, from + BATCH);
    const { table } = dataset;
    const texts = batch.map((column) => chooseDialect(table).describeColumn(table, column, { type: undefined }).text);
    const rows = await loadRows(engine, table, picked, texts);
    reports.push(...(await reportBatch(engine, dataset, batch, rows, detectors)));
  }
  return reports;
}

async function reportBatch(
  engine: Engine,
  dataset: PromisedTable,
  columns: readonly Column[],
  rows: Rows,
  detectors: ReadonlySet<Detector>,
): Promise<ColumnReport[]> {
  const families = [...new Set(FORMS.filter(({ detector }) => detectors.has(detector)).map(({ family }) => family))];
  const questions = columns.map((column) => ({
    isText: holdsText(dataset.table, column),
    isNamed: detectors.has('column-name') && column.type !== 'BOOLEAN' && isTellingName(column.name),
  }));
  const hints = await readHints(engine, rows, questions, families);
  const looks = columns.map((column, index): Look => {
    const hint = hints[index];
    if (!hint) throw new Error('a column was not asked about');
    const isNamed = questions[index]?.isNamed === true && !isYesOrNo(hint);
    return { index, hint, isNamed, declared: promiseOf(dataset, column)?.sensitive ?? false };
  });
  const suspicions = looks.flatMap(({ index, hint }) => hint.families.map((family) => ({ index, family })));
  if (suspicions.length > 0) await loadHits(engine, rows, suspicions);
  const reports: ColumnReport[] = [];
  for (const [index, column] of columns.entries()) {
    const look = looks[index];
    if (!look) throw new Error('a column was not looked at');
    const { declared, hint } = look;
    const found = await lookInto(engine, look, suspicions, detectors);
    reports.push({ column: column.name, declared, values: hint.values, ...found });
  }
  const telling = looks.filter(({ isNamed, declared }) => isNamed && !declared);
  await noteValues(
    engine,
    rows,
    telling.map(({ index }) => index),
  );
  return reports;
}

/** What is known of a column before its pieces are looked at. */
interface Look {
  readonly index: number;
  readonly hint: ColumnHints;
  readonly isNamed: boolean;
  readonly declared: boolean;
}

async function lookInto(
  engine: Engine,
  { index, hint, isNamed, declared }: Look,
  suspicions: readonly Suspicion[],
  detectors: ReadonlySet<Detector>,
): Promise<Pick<ColumnReport, 'traces' | 'left'>> {
  const traces: Trace[] = [];
  let isLeft = false;
  for (const [at, suspicion] of suspicions.entries()) {
    if (suspicion.index !== index) continue;
    const { fragments, left } = await readFragments(engine, at);
    isLeft ||= left;
    const forms = FORMS.filter((form) => form.family === suspicion.family && detectors.has(form.detector));
    const matches = searchFragments(forms, fragments);
    // One thing may be written in several forms.
    for (const name of new Set(matches.map(({ form }) => form.name))) {
      const ids = new Set(matches.filter(({ form }) => form.name === name).flatMap((match) => match.ids));
      traces.push({ name, count: await countRows(engine, at, ids, !declared) });
    }
  }
  if (isNamed) traces.push({ name: undefined, count: hint.values });
  return { traces, left: isLeft };
}

function holdsText({ format }: Table, { type }: Column): boolean {
  return format !== 'parquet' || !NO_TEXT.test(type);
}

/** Whether there is a phone, not which: at most two different values in a column of more. */
function isYesOrNo({ values, distinct }: ColumnHints): boolean {
  return values === 0 || (distinct <= 2 && values > 2);
}
