import type { Plain } from '../expressions/values.ts';
import { readRecord } from '../run/contexts.ts';

export type Leg = Readonly<Record<string, Plain>>;

export interface Strategy {
  readonly legs: readonly Leg[];
  readonly failFast: boolean;
  readonly maxParallel: number | undefined;
}

/** https://docs.github.com/en/actions/reference/limits: jobs of one matrix. */
const MAX_LEGS = 256;

/**
 * Reads an evaluated `strategy:`; a job without a matrix is one leg without values. Throws in GitHub's words for a
 * matrix that has no legs or too many.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstrategymatrix
 */
export function readStrategy(strategy: Plain | undefined): Strategy {
  const { matrix, 'fail-fast': failFast, 'max-parallel': maxParallel, ...rest } = readRecord(strategy) ?? {};
  const unknown = Object.keys(rest)[0];
  if (unknown !== undefined) throw new Error(`Unexpected value '${unknown}' in strategy`);
  const legs = matrix === undefined ? [{}] : computeLegs(matrix);
  if (legs.length === 0) throw new Error('Matrix vector does not contain any values');
  if (legs.length > MAX_LEGS) throw new Error(`The strategy has ${legs.length} jobs; at most ${MAX_LEGS} are allowed`);
  return { legs, failFast: failFast !== false, maxParallel: typeof maxParallel === 'number' ? maxParallel : undefined };
}

/** The legs of an evaluated `matrix:`. */
export function computeLegs(matrix: Plain): Leg[] {
  const record = readRecord(matrix);
  if (!record) throw new Error('Unexpected value for matrix: a mapping was expected');
  const { include, exclude, ...vectors } = record;
  const names = Object.keys(vectors);
  let combinations: Record<string, Plain>[] = names.length === 0 ? [] : [{}];
  for (const name of names) {
    const values = vectors[name];
    if (!Array.isArray(values)) throw new Error(`Unexpected value for matrix.${name}: a sequence was expected`);
    if (values.length === 0) throw new Error(`Matrix vector '${name}' does not contain any values`);
    combinations = combinations.flatMap((leg) => values.map((value: Plain) => ({ ...leg, [name]: value })));
  }
  const excluded = readList(exclude, 'exclude');
  const kept = combinations.filter((leg) => !excluded.some((filter) => matches(filter, leg, Object.keys(filter))));
  return addIncluded(kept, readList(include, 'include'), names);
}

// An entry joins every leg whose own values it does not change, and may change what another entry added.
function addIncluded(legs: Record<string, Plain>[], entries: readonly Leg[], names: readonly string[]): Leg[] {
  const originals = legs.map((leg) => ({ ...leg }));
  const added: Leg[] = [];
  for (const entry of entries) {
    const shared = names.filter((name) => name in entry);
    const joined = legs.filter((_, index) => matches(entry, originals[index] ?? {}, shared));
    for (const leg of joined) Object.assign(leg, entry);
    if (joined.length === 0) added.push(entry);
  }
  return [...legs, ...added];
}

function matches(filter: Leg, leg: Leg, names: readonly string[]): boolean {
  return names.every((name) => includes(leg[name], filter[name]));
}

// A filter on an object needs only name some of its keys.
function includes(value: Plain | undefined, filter: Plain | undefined): boolean {
  const [object, wanted] = [readRecord(value), readRecord(filter)];
  if (object && wanted) return Object.entries(wanted).every(([key, inner]) => includes(object[key], inner));
  return JSON.stringify(value) === JSON.stringify(filter);
}

function readList(value: Plain | undefined, name: string): Leg[] {
  if (value === undefined || value === null || value === '') return [];
  if (!Array.isArray(value)) throw new Error(`Unexpected value for matrix.${name}: a sequence was expected`);
  return value.map((entry: Plain) => {
    const record = readRecord(entry);
    if (!record) throw new Error(`Unexpected value in matrix.${name}: a mapping was expected`);
    return record as Leg;
  });
}

/** What GitHub puts behind a job's name: the leg's values, as `(a, 1)`; empty for a job without a matrix. */
export function formatLeg(leg: Leg): string {
  const values = Object.values(leg)
    .flatMap(flatten)
    .filter((value) => value !== '');
  return values.length === 0 ? '' : ` (${values.join(', ')})`;
}

function flatten(value: Plain | undefined): string[] {
  if (value === null || value === undefined) return [];
  if (typeof value !== 'object') return [String(value)];
  return Object.values(value).flatMap(flatten);
}
