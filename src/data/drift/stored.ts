import { readFile, stat } from 'node:fs/promises';
import type { Engine } from '../../engine/connection.ts';
import { quoteLiteral } from '../../engine/sql.ts';
import { UserMistake } from '../../errors.ts';
import { isProfile } from '../../evidence/profile-validation.ts';
import type { DataEvidence } from '../../evidence/schema/data.ts';
import type { ColumnProfile, Profile } from '../../evidence/schema/profile.ts';
import { findViolations } from '../../evidence/validation.ts';
import type { PairedCount } from '../../statistics/kolmogorov-smirnov.ts';
import { gatherQuantileBins } from '../../statistics/quantile-bins.ts';
import { promiseOf } from '../crosswise/shared-column.ts';
import type { CheckedDataset } from '../dataset-check.ts';
import { chooseDialect } from '../dialects/choice.ts';
import type { Reading } from '../dialects/dialect.ts';
import { countOf } from '../findings/wording.ts';
import { quoteName } from '../naming.ts';
import { isNumeric, renderDouble } from '../profile/ordinals.ts';
import type { Compared, Excused } from './decision.ts';
import { chooseMethod, findThreshold, type Method, measureNumbers, measureShares } from './methods.ts';
import { isKey } from './pair.ts';
import type { DriftRequest } from './request.ts';

/** Bytes; a profile of 200 columns is far below, and so is the evidence of many data sets. */
const MAX_SIZE = 16 * 1024 * 1024;
const PARTS = 10;

/**
 * Reads a stored profile: a file of its own, or the evidence of an earlier check, of which it takes the data set of the name
 * `to`, or the only one that has a profile. Throws UserMistake where the file is neither; `name` is the file in messages.
 */
export async function readProfile(path: string, name: string, to: string): Promise<Profile> {
  const fix =
    'Name the profile.json of a release, the data.json of an earlier run, or what `modelgate data profile --json` prints.';
  const refuse = (found: string): never => {
    throw new UserMistake({ file: name, found, fix });
  };
  if ((await stat(path)).size > MAX_SIZE) refuse('this is too large for a profile');
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, 'utf8'));
  } catch {
    refuse('this is no JSON');
  }
  const profile = isEvidence(value) ? pickProfile(value, to) : value;
  if (typeof profile === 'string') return refuse(profile);
  if (!isProfile(profile)) return refuse('this is no profile');
  const broken = profile.columns.find(({ numbers }) => numbers && !isAscending(numbers));
  if (broken) refuse('the numbers of this profile are in no order');
  return profile;
}

function isEvidence(value: unknown): value is DataEvidence {
  return findViolations('data', value).length === 0;
}

/** The profile in the evidence of a check, or why there is none, as a phrase. */
function pickProfile({ datasets }: DataEvidence, to: string): Profile | string {
  const profiles = datasets.flatMap(({ profile }) => (profile ? [profile] : []));
  const own = profiles.find(({ dataset }) => dataset === to);
  const [only] = profiles;
  if (own) return own;
  if (!only) return 'this evidence has no profile of a data set';
  if (profiles.length === 1) return only;
  return `this evidence has the profiles of ${profiles.length} data sets, and none of ${quoteName(to)}`;
}

function isAscending({ upTo, counts }: NonNullable<ColumnProfile['numbers']>): boolean {
  return upTo.length === counts.length && upTo.every((edge, at) => at === 0 || edge > (upTo[at - 1] ?? edge));
}

/** Compares the columns of a data set with a stored profile, as far as the profile tells of them. */
export async function compareStored(
  engine: Engine,
  profile: Profile,
  to: CheckedDataset,
  request: DriftRequest,
): Promise<(Compared | Excused)[]> {
  const names = request.columns ?? profile.columns.map(({ name }) => name);
  const results: (Compared | Excused)[] = [];
  for (const name of names) {
    const reference = profile.columns.find((column) => column.name === name);
    const excused = excuseColumn(name, reference, to, request);
    if (excused) results.push(excused);
    else if (reference) results.push(await compareColumn(engine, reference, profile.rows, to, request));
  }
  return results;
}

function excuseColumn(
  name: string,
  reference: ColumnProfile | undefined,
  to: CheckedDataset,
  request: DriftRequest,
): Excused | undefined {
  const base = { name, n: [reference?.n ?? 0, 0] as const };
  const kind = request.columns ? ('unmeasured' as const) : ('left-out' as const);
  if (!reference || !to.table.columns.some((column) => column.name === name)) {
    return { ...base, kind, text: 'not in both the profile and the data set' };
  }
  if (reference.withheld) return { ...base, kind, text: `the profile withholds its values: ${reference.withheld}` };
  if (!reference.numbers && !reference.categories) return { ...base, kind, text: 'the profile tells no values' };
  if (request.columns) return undefined;
  if (isKey(name, [to], request)) return { ...base, kind, text: 'it tells rows apart' };
  const { type } = reference;
  return type === 'date' || type === 'timestamp' ? { ...base, kind, text: `a ${type}` } : undefined;
}

async function compareColumn(
  engine: Engine,
  reference: ColumnProfile,
  rows: number,
  to: CheckedDataset,
  request: DriftRequest,
): Promise<Compared | Excused> {
  const { name, type } = reference;
  const { counts, n: other, invalid } = await countAgainst(engine, reference, to);
  const n = [reference.n, other] as const;
  const excuse = (text: string, mayLeaveOut = false): Excused => {
    return { name, n, kind: mayLeaveOut && !request.columns ? 'left-out' : 'unmeasured', text };
  };
  if (invalid > 0) return excuse(`${countOf(invalid, 'value')} of another type than ${type}, as the profile has it`);
  const few = n.find((count) => count < request.minRows);
  if (few !== undefined) return excuse(`${countOf(few, 'value')} on one side`);
  const subject = { numeric: isNumeric(type), distinct: reference.distinct, rows, stored: true };
  const method = chooseMethod(request.method, subject);
  if (typeof method !== 'string') return excuse(method.unmeasured, true);
  const told = reference.categories;
  if (told && told.others.count * 2 > reference.n)
    return excuse('the profile tells less than half of its values', true);
  const measurement = measure(method, reference, counts);
  if ('unmeasured' in measurement) return excuse(measurement.unmeasured);
  return { name, n, threshold: findThreshold(method, request.threshold), measurement };
}

function measure(method: Method, { numbers }: ColumnProfile, counts: readonly PairedCount[]) {
  const parts = `${numbers?.upTo.length ?? 0} parts of the stored profile`;
  if (method === 'ks' || method === 'wasserstein') return measureNumbers(method, counts, parts);
  const pair = { first: counts.map(({ first }) => first), second: counts.map(({ second }) => second) };
  if (!numbers) return measureShares(method, pair, `${pair.first.length - 1} values of the stored profile, and others`);
  const bins = gatherQuantileBins(counts, PARTS);
  return measureShares(method, bins, `${bins.first.length} bins by quantiles of the stored profile`);
}

interface Against {
  readonly counts: readonly PairedCount[];
  /** Values of the profile's type, and of others. */
  readonly n: number;
  readonly invalid: number;
}

/** Counts the values of a data set as the profile has gathered them: by parts of numbers, or by text; others come last. */
async function countAgainst(
  engine: Engine,
  reference: ColumnProfile,
  { table, ...dataset }: CheckedDataset,
): Promise<Against> {
  const column = table.columns.find(({ name }) => name === reference.name);
  if (!column) throw new Error('a column is compared that the data set has not');
  const promise = promiseOf({ table, ...dataset }, column);
  // Numbers that were whole so far are compared with others all the same.
  const type = reference.type === 'integer' ? 'number' : reference.type;
  const reading: Reading = promise?.type === reference.type ? promise : { type };
  const { key, ordinal, present, valid } = chooseDialect(table).describeColumn(table, column, reading);
  const { numbers, categories } = reference;
  const value = numbers ? renderBin(numbers, renderDouble(reference.type, ordinal)) : renderCategory(categories, key);
  const isValid = `coalesce(${valid}, false)`;
  const found = await engine.rows<{ bin: number | null; n: number }>(
    `select case when ${isValid} then ${value} end as bin, count(*) as n from ${table.relation}
     where ${present} group by bin order by bin`,
  );
  const at = new Map(found.map(({ bin, n }) => [bin, n]));
  const first = numbers
    ? [0, ...numbers.counts, 0]
    : [...(categories?.values ?? []).map(({ count }) => count), categories?.others.count ?? 0];
  const counts = first.map((count, bin) => ({ value: bin, first: count, second: at.get(bin) ?? 0 }));
  return { counts, n: counts.reduce((sum, { second }) => sum + second, 0), invalid: at.get(null) ?? 0 };
}

/** The number of the part: 0 below the least value of the reference, and one more than there are above its greatest. */
function renderBin({ low, upTo }: NonNullable<ColumnProfile['numbers']>, value: string): string {
  const cases = upTo.map((edge, at) => `when ${value} <= cast('${edge}' as double) then ${at + 1}`);
  return `case when ${value} < cast('${low}' as double) then 0 ${cases.join(' ')} else ${upTo.length + 1} end`;
}

function renderCategory(categories: ColumnProfile['categories'], key: string): string {
  const values = categories?.values ?? [];
  if (values.length === 0) return '0';
  const cases = values.map(({ value }, at) => `when ${quoteLiteral(value)} then ${at}`);
  return `case ${key} ${cases.join(' ')} else ${values.length} end`;
}
