import { renderDouble, renderScale } from '../scale.ts';
import { FRACTION_BITS, type Frame } from './frames.ts';
import { type Relation, renderCounting, renderValues } from './range-query.ts';
import { type Base, listBases, type Variable } from './variables.ts';

/** Frames of the bases, by place, and the scale of the weights. */
export interface Frames {
  readonly bases: readonly Frame[];
  readonly weight: number;
}

/** What to add up, and by which columns the rows are parted. */
export interface Summing {
  readonly relation: Relation;
  readonly columns: readonly string[];
  /** Numbers before squares. */
  readonly variables: readonly Variable[];
  readonly pairs: readonly (readonly [number, number])[];
  /** One for all parts; without it each part gets its own, which takes longer. */
  readonly frames?: Frames;
}

const UNIT = `${2 ** FRACTION_BITS}::DOUBLE`;

/**
 * SQL for one row a part: `value_<i>`, the units `n`, the sums `s_<i>`, the products `p_<i>_<j>` and the counts `k_<i>`. With weights or clusters
 * also `s`, `p` and `p_<i>`: how much the units count, its square, and its products. Without frames also the parts' own.
 */
export function renderSums(summing: Summing): string {
  const { columns, variables, pairs, frames, relation } = summing;
  const bases = listBases(variables);
  const { weighted, clustered } = relation;
  const parts = columns.map((_, at) => `value_${at}`);
  const own = frames ? [] : ['weight_scale', ...bases.flatMap((_, at) => [`low_${at}`, `scale_${at}`])];
  const steps = [
    `numbers AS (SELECT ${[
      '1.0::DOUBLE AS one',
      ...renderValues(columns),
      ...(weighted ? ['weight'] : []),
      ...(clustered ? ['cluster'] : []),
      ...bases.map(({ sql }, at) => `${sql} AS b_${at}`),
    ].join(', ')} FROM ${relation.name} ${renderCounting(relation)})`,
    ...(frames ? [] : [`frames AS MATERIALIZED (${renderOwnFrames(parts, bases, weighted)})`]),
    `framed AS (SELECT ${[
      ...parts,
      ...own,
      ...(clustered ? ['cluster'] : []),
      weighted ? `weight / ${frames ? renderDouble(frames.weight) : 'weight_scale'} AS w` : 'one AS w',
      ...bases.flatMap(({ counted }, at) => (counted ? [`b_${at} <> 0 AS k_${at}`] : [])),
      ...bases.map((_, at) => `(b_${at} - ${renderEnd(frames, at)}) / ${renderUnit(frames, at)} AS u_${at}`),
    ].join(', ')} FROM ${renderSource(frames, parts)})`,
    `units AS (${renderUnits([...parts, ...own], variables, relation)})`,
  ];
  // Sums over a cluster may leave 64 bits, which are faster.
  const add = (sql: string, name: string) => `sum(${renderWhole(sql, clustered ? 'HUGEINT' : 'BIGINT')}) AS ${name}`;
  const counting = [add('v', 's'), add('v * v', 'p'), ...variables.map((_, at) => add(`v * v_${at}`, `p_${at}`))];
  return `WITH ${steps.join(', ')} SELECT ${[
    ...parts,
    'count(*) AS n',
    ...own.map((name) => `any_value(${name}) AS ${name}`),
    ...(weighted || clustered ? counting : []),
    ...listCounted(bases).map((name) => `count(*) FILTER (${name}) AS ${name}`),
    ...variables.map((_, at) => add(`v_${at}`, `s_${at}`)),
    ...pairs.map(([i, j]) => add(`v_${i} * v_${j}`, `p_${i}_${j}`)),
  ].join(', ')} FROM units GROUP BY ALL`;
}

function renderOwnFrames(parts: readonly string[], bases: readonly Base[], weighted: boolean): string {
  return `SELECT ${[
    ...parts,
    `${weighted ? renderScale('0', 'max(weight)') : 'any_value(one)'} AS weight_scale`,
    ...bases.flatMap((_, at) => [
      `min(b_${at}) AS low_${at}`,
      `${renderScale(`min(b_${at})`, `max(b_${at})`)} AS scale_${at}`,
    ]),
  ].join(', ')} FROM numbers GROUP BY ALL`;
}

function renderSource(frames: Frames | undefined, parts: readonly string[]): string {
  if (frames) return 'numbers';
  return parts.length === 0 ? 'numbers CROSS JOIN frames' : `numbers JOIN frames USING (${parts.join(', ')})`;
}

function renderEnd(frames: Frames | undefined, at: number): string {
  return frames ? renderDouble(frames.bases[at]?.low ?? 0) : `low_${at}`;
}

function renderUnit(frames: Frames | undefined, at: number): string {
  return frames ? renderDouble(frames.bases[at]?.scale ?? 1) : `scale_${at}`;
}

/** One row a unit: `v` is how much it counts, `v_<i>` what it adds up to. */
function renderUnits(passed: readonly string[], variables: readonly Variable[], relation: Relation): string {
  const bases = listBases(variables);
  const terms = variables.map((variable, at) => {
    const base = 'sql' in variable ? at : bases.findIndex(({ sql }) => sql === variable.squareOf);
    const term = 'sql' in variable ? `u_${base}` : `u_${base} * u_${base}`;
    return relation.weighted ? `w * ${term}` : term;
  });
  const items = [{ sql: 'w', name: 'v' }, ...terms.map((sql, at) => ({ sql, name: `v_${at}` }))];
  if (!relation.clustered) {
    return `SELECT ${[...passed, ...listCounted(bases), ...items.map(({ sql, name }) => `${sql} AS ${name}`)].join(', ')} FROM framed`;
  }
  const totals = items.map(
    ({ sql, name }) => `CAST(sum(${renderWhole(sql, 'BIGINT')}) AS DOUBLE) / ${UNIT} AS ${name}`,
  );
  const counts = listCounted(bases).map((name) => `bool_or(${name}) AS ${name}`);
  return `SELECT ${[...passed, 'cluster', ...counts, ...totals].join(', ')} FROM framed GROUP BY ALL`;
}

/** Columns that say whether a counted number is not 0. */
function listCounted(bases: readonly Base[]): string[] {
  return bases.flatMap(({ counted }, at) => (counted ? [`k_${at}`] : []));
}

function renderWhole(sql: string, type: 'BIGINT' | 'HUGEINT'): string {
  return `CAST((${sql}) * ${UNIT} AS ${type})`;
}
