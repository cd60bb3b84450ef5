import type { Engine } from '../../engine/connection.ts';
import { type Column, readTable, type Table } from '../../engine/tables.ts';
import type { ColumnProfile, Profile } from '../../evidence/schema/profile.ts';
import { findColumn } from '../checks/binding.ts';
import type { Contract, PromisedColumn } from '../checks/checks.ts';
import type { DatasetSource } from '../sources.ts';
import { countShares, type Planned } from './counting.ts';
import { isNumeric } from './ordinals.ts';
import { dropSample, loadSample, SAMPLED_ROWS } from './sample.ts';
import { countParts, gatherNumbers, gatherTexts, MIN_COUNT } from './shares.ts';
import { type Survey, surveyColumns } from './survey.ts';
import { findWithholding, lookPersonal } from './withholding.ts';

/** Columns that are described; a document of 100,000 would be as large as the data. */
const MAX_COLUMNS = 200;
/** Columns that one query looks at: what it takes to plan one grows with their square, and each of a large file is a scan. */
const BATCH = { few: 10, many: 50 };
/** With more rows, texts that are all different tell rows apart. */
const MANY_ROWS = 100;

interface ProfileRequest {
  readonly name: string;
  readonly sha256: string;
  readonly promises: Contract | undefined;
  /** Whether values may be told. */
  readonly showValues: boolean;
  /** Whether every row is counted; otherwise about SAMPLED_ROWS of a larger table are. */
  readonly everyRow: boolean;
}

/**
 * Computes how each column of a data set is distributed, over all of its rows. Of columns that its contract calls
 * sensitive, of those that look personal, and of keys, only counts are told. `sha256` is the digest of the data set. The
 * engine must have been opened with its files.
 */
export async function computeProfile(engine: Engine, source: DatasetSource, sha256: string): Promise<Profile> {
  const { name, files, contract } = source;
  const table = await readTable(
    engine,
    files.map((file) => file.table),
  );
  const promises = contract?.promises;
  return profileTable(engine, table, { name, sha256, promises, showValues: true, everyRow: true });
}

/**
 * The same of a table that was opened. A sample is loaded in one scan of the files; where every row is counted, two scans do
 * for each fifty columns, the parts of numbers are chosen on a sample by content, and all that lies between is counted. Every
 * count of the rows that are described is exact but that of different values where there are many. The same file gives
 * the same profile on every run.
 */
export async function profileTable(engine: Engine, table: Table, request: ProfileRequest): Promise<Profile> {
  const described = table.columns.slice(0, MAX_COLUMNS);
  const isSampled = !request.everyRow && table.rows > SAMPLED_ROWS;
  try {
    const read = isSampled ? await loadSample(engine, table, described) : table;
    const columns: ColumnProfile[] = [];
    const size = read.rows > SAMPLED_ROWS * 2 ? BATCH.many : BATCH.few;
    for (let from = 0; from < described.length; from += size) {
      const batch = described.slice(from, from + size);
      columns.push(...(await profileBatch(engine, read, batch, { ...request, most: countParts(described.length) })));
    }
    const left = table.columns.length - described.length;
    return {
      schemaVersion: 1,
      dataset: request.name,
      sha256: request.sha256,
      rows: table.rows,
      ...(isSampled ? { sampled: read.rows } : {}),
      columns,
      ...(left > 0 ? { undescribed: left } : {}),
    };
  } finally {
    if (isSampled) await dropSample(engine);
  }
}

async function profileBatch(
  engine: Engine,
  table: Table,
  columns: readonly Column[],
  { promises, showValues, most }: ProfileRequest & { readonly most: number },
): Promise<ColumnProfile[]> {
  const promised = columns.map((column) => findPromise(promises, table, column));
  const surveys = await surveyColumns(engine, table, columns, {
    readings: promised.map((promise) => (promise?.type === undefined ? undefined : promise)),
    parts: Math.max(1, Math.min(most, Math.floor(table.rows / MIN_COUNT))),
  });
  const plans = surveys.map((survey, at) => {
    return planColumn(survey, findWithholding(survey.column.name, promised[at], promises, showValues));
  });
  const shares = await countShares(engine, table, plans);
  return plans.map((plan, at) => describeColumn(plan, shares[at], table.rows, most));
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
  most: number,
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
    const numbers = low === null || !shares ? undefined : gatherNumbers(low, shares.numbers, most);
    return numbers ? { ...base, numbers } : base;
  }
  if (type === 'array' || type === 'object') return base;
  if (shares) {
    const categories = gatherTexts(shares.texts, most);
    const isPersonal = lookPersonal(categories.values.map(({ value }) => value));
    return isPersonal ? { ...base, withheld: 'sensitive' } : { ...base, categories };
  }
  return { ...base, categories: { values: [], others: { distinct: base.distinct, count: n } } };
}

function countValid({ survey, type }: Plan): number {
  const read = survey.candidates.find(({ reading }) => reading.type === type);
  return read?.valid ?? survey.present;
}

function findPromise(promises: Contract | undefined, table: Table, column: Column): PromisedColumn | undefined {
  return promises?.columns.find((promised) => findColumn(table, promised)?.name === column.name);
}
