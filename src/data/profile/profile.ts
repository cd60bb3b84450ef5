import type { Engine } from '../../engine/connection.ts';
import { type Column, readTable, type Table } from '../../engine/tables.ts';
import type { ColumnProfile, Profile } from '../../evidence/schema/profile.ts';
import { findColumn } from '../checks/binding.ts';
import type { Contract, PromisedColumn } from '../checks/checks.ts';
import type { DatasetSource } from '../sources.ts';
import { countShares, type Planned } from './counting.ts';
import { isNumeric } from './ordinals.ts';
import { gatherNumbers, gatherTexts, MAX_PARTS, MIN_COUNT } from './shares.ts';
import { type Survey, surveyColumns } from './survey.ts';

/** Columns that are described; a document of 100,000 would be as large as the data. */
const MAX_COLUMNS = 200;
/** Columns that one query looks at. */
const BATCH = 50;
/** With more rows, texts that are all different tell rows apart. */
const MANY_ROWS = 100;

interface ProfileRequest {
  readonly name: string;
  readonly sha256: string;
  readonly promises: Contract | undefined;
  /** Whether values may be told. */
  readonly showValues: boolean;
}

/**
 * Computes how each column of a data set is distributed. Of columns that its contract calls sensitive, and of keys, only
 * counts are told. `sha256` is the digest of the data set. The engine must have been opened with its files.
 */
export async function computeProfile(engine: Engine, source: DatasetSource, sha256: string): Promise<Profile> {
  const { name, files, contract } = source;
  const table = await readTable(
    engine,
    files.map((file) => file.table),
  );
  return profileTable(engine, table, { name, sha256, promises: contract?.promises, showValues: true });
}

/**
 * The same of a table that was opened: two scans for all columns, whatever their number up to fifty. Every count is exact but
 * that of different values where there are many; the parts of numbers are chosen on a sample, by content, and counted on
 * all rows. The same file gives the same profile on every run.
 */
export async function profileTable(engine: Engine, table: Table, request: ProfileRequest): Promise<Profile> {
  const described = table.columns.slice(0, MAX_COLUMNS);
  const columns: ColumnProfile[] = [];
  for (let from = 0; from < described.length; from += BATCH) {
    columns.push(...(await profileBatch(engine, table, described.slice(from, from + BATCH), request)));
  }
  const left = table.columns.length - described.length;
  const { name: dataset, sha256 } = request;
  return { schemaVersion: 1, dataset, sha256, rows: table.rows, columns, ...(left > 0 ? { undescribed: left } : {}) };
}

async function profileBatch(
  engine: Engine,
  table: Table,
  columns: readonly Column[],
  { promises, showValues }: ProfileRequest,
): Promise<ColumnProfile[]> {
  const promised = columns.map((column) => findPromise(promises, table, column));
  const surveys = await surveyColumns(engine, table, columns, {
    readings: promised.map((promise) => (promise?.type === undefined ? undefined : promise)),
    parts: Math.max(1, Math.min(MAX_PARTS, Math.floor(table.rows / MIN_COUNT))),
  });
  const plans = surveys.map((survey, at) => {
    const promise = promised[at];
    const isKey = promise !== undefined && promises?.keys.includes(promise.property) === true;
    const withheld = promise?.sensitive ? 'sensitive' : isKey ? 'key' : showValues ? undefined : 'hidden';
    return planColumn(survey, withheld);
  });
  const shares = await countShares(engine, table, plans);
  return plans.map((plan, at) => describeColumn(plan, shares[at], table.rows));
}

interface Plan extends Planned {
  readonly survey: Survey;
  readonly withheld: ColumnProfile['withheld'];
}

function planColumn(survey: Survey, withheld: ColumnProfile['withheld']): Plan {
  const { fitting, candidates, estimate, longest } = survey;
  const chosen = fitting ?? candidates.find(({ reading }) => reading.type === 'string') ?? candidates[0];
  const type = chosen?.reading.type ?? 'string';
  const isPlain = type !== 'array' && type !== 'object' && withheld === undefined;
  return { type, estimate, longest, candidate: isPlain ? chosen : undefined, survey, withheld };
}

function describeColumn(
  plan: Plan,
  shares: Awaited<ReturnType<typeof countShares>>[number],
  rows: number,
): ColumnProfile {
  const { survey, type, withheld, candidate } = plan;
  const { present, estimate } = survey;
  const n = candidate?.valid ?? countValid(plan);
  const exact = shares?.distinct;
  const base = {
    name: survey.column.name,
    type,
    n,
    invalid: present - n,
    nulls: rows - present,
    // An estimate may say more than there can be.
    distinct: exact ?? Math.min(estimate, n),
    ...(exact === undefined && n > 0 ? { estimated: true as const } : {}),
  };
  if (withheld) return { ...base, withheld };
  if (type === 'string' && exact === n && n > MANY_ROWS) return { ...base, withheld: 'key' };
  if (isNumeric(type)) {
    const low = candidate?.low ?? null;
    const numbers = low === null || !shares ? undefined : gatherNumbers(low, shares.numbers);
    return numbers ? { ...base, numbers } : base;
  }
  if (type === 'array' || type === 'object') return base;
  if (shares) return { ...base, categories: gatherTexts(shares.texts) };
  return { ...base, categories: { values: [], others: { distinct: base.distinct, count: n } } };
}

function countValid({ survey, type }: Plan): number {
  const read = survey.candidates.find(({ reading }) => reading.type === type);
  return read?.valid ?? survey.present;
}

function findPromise(promises: Contract | undefined, table: Table, column: Column): PromisedColumn | undefined {
  return promises?.columns.find((promised) => findColumn(table, promised)?.name === column.name);
}
