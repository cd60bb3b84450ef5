import type { Engine } from '../../engine/connection.ts';
import { mergeSums, type VectorSums } from '../../statistics/vector-sums.ts';
import type { Unmeasured } from '../sources.ts';
import { type ByPart, namePart, type View } from '../view.ts';
import { computeFrame, fitsFrame, type Range, widenRange } from './frames.ts';
import { takeNaturalSums } from './natural-sums.ts';
import { fetchRanges, type RangeCell, type Relation } from './range-query.ts';
import { type FramedSums, fetchFramedSums } from './sum-query.ts';
import type { Frames } from './sum-sql.ts';
import {
  type Base,
  type Design,
  listBases,
  listPairs,
  listVariables,
  nameVariable,
  type Variable,
} from './variables.ts';

/** What some units add up to. */
export interface DesignSums {
  readonly units: number;
  /** The sums of a design by its name; undefined of one that was not asked for. Worked out once, when first taken. */
  take(design: string): VectorSums | Unmeasured | undefined;
  /** Units where a counted base is not 0. */
  count(base: Base): number;
}

/** Cells of all views' columns taken together. With more of them each view is read on its own. */
const MAX_CELLS = 4096;

export const TOO_LARGE: Unmeasured = { reason: 'the numbers are too large to be added up' };

/** What is the same for all parts. */
interface Task {
  readonly engine: Engine;
  readonly relation: Relation;
  readonly designs: ReadonlyMap<string, Design>;
}

/**
 * The sums of every design over every part of every view. Takes two scans where the views’ columns have few values together,
 * and the numbers of each part are of about the same size; up to three for each view otherwise.
 */
export async function fetchPartSums(
  engine: Engine,
  relation: Relation,
  views: readonly View[],
  designs: ReadonlyMap<string, Design>,
): Promise<ByPart<DesignSums>> {
  const task = { engine, relation, designs };
  const columns = [...new Set(views.flatMap((view) => view.columns))];
  const bases = listBases(listVariables(designs.values()));
  // A cluster may have rows in several cells, so its own sums cannot be put together from theirs.
  if (!relation.clustered) {
    const cells = await fetchRanges(engine, relation, columns, bases, MAX_CELLS + 1);
    const large = listLarge(bases, cells);
    if (large.length > 0) return fetchOthers(task, views, large);
    if (cells.length <= MAX_CELLS) return new Map(await fetchViews(task, columns, views, cells));
  }
  const found: [string, ReadonlyMap<string, DesignSums>][] = [];
  for (const view of views) {
    const cells = await fetchRanges(engine, relation, view.columns, bases, Number.MAX_SAFE_INTEGER);
    const large = listLarge(bases, cells);
    if (large.length > 0) return fetchOthers(task, views, large);
    found.push(...(await fetchViews(task, view.columns, [view], cells)));
  }
  return new Map(found);
}

/** The bases that no frame holds: a square of 1e200, or what lies between −1e308 and 1e308, is no double. */
function listLarge(bases: readonly Base[], cells: readonly RangeCell[]): string[] {
  return bases
    .filter((_, at) => cells.some(({ ranges }) => !Number.isFinite((ranges[at]?.high ?? 0) - (ranges[at]?.low ?? 0))))
    .map(nameVariable);
}

/** The sums of the designs without such bases; the others are too large in every part. */
async function fetchOthers(
  { engine, relation, designs }: Task,
  views: readonly View[],
  large: readonly string[],
): Promise<ByPart<DesignSums>> {
  const isLarge = (variable: Variable) => large.includes('sql' in variable ? variable.sql : variable.squareOf);
  const others = new Map([...designs].filter(([, design]) => !design.some(isLarge)));
  const found = await fetchPartSums(engine, relation, views, others);
  const refuse = (sums: DesignSums): DesignSums => ({
    ...sums,
    take: (design) => (designs.has(design) && !others.has(design) ? TOO_LARGE : sums.take(design)),
  });
  return new Map(
    [...found].map(([view, parts]) => [view, new Map([...parts].map(([value, sums]) => [value, refuse(sums)]))]),
  );
}

async function fetchViews(
  task: Task,
  columns: readonly string[],
  views: readonly View[],
  cells: readonly RangeCell[],
): Promise<[string, ReadonlyMap<string, DesignSums>][]> {
  const { engine, relation, designs } = task;
  const variables = listVariables(designs.values());
  const pairs = listPairs(designs.values(), variables);
  const bases = listBases(variables).map(nameVariable);
  const summing = { relation, variables, pairs };
  const [all] = gather(cells, columns, [], joinCells).values();
  if (!all) return views.map(({ name }) => [name, new Map()]);
  const frames: Frames = {
    bases: all.ranges.map(computeFrame),
    weight: computeFrame({ low: 0, high: all.weight }).scale,
  };
  const ranges = views.map((view) => gather(cells, columns, view.columns, joinCells));
  const fits = ranges.map((parts) => [...parts.values()].every((part) => fitsFrames(frames, part)));
  const common = fits.includes(true) ? await fetchFramedSums(engine, { ...summing, columns, frames }) : [];
  const found: [string, ReadonlyMap<string, DesignSums>][] = [];
  for (const [at, view] of views.entries()) {
    const sums = fits[at]
      ? [...gather(common, columns, view.columns, addFramed)]
      : (await fetchFramedSums(engine, { ...summing, columns: view.columns })).map((framed): [string, FramedSums] => [
          namePart(framed.values),
          framed,
        ]);
    const parts = new Map<string, DesignSums>();
    for (const [value, framed] of sums) {
      const lacking = ranges[at]?.get(value)?.lacking ?? [];
      const own = takeDesigns(framed, lacking);
      const former = parts.get(value);
      parts.set(value, former ? mergeDesigns([former, own]) : own);
    }
    found.push([view.name, parts]);
  }
  return found;

  function takeDesigns(framed: FramedSums, lacking: readonly number[]): DesignSums {
    const count = (base: Base) => framed.counts[bases.indexOf(nameVariable(base))] ?? 0;
    return createSums(framed.units, count, (name) => {
      const design = designs.get(name);
      if (!design) return undefined;
      const lost = Math.max(0, ...design.map((variable) => lacking[bases.indexOf(nameVariable(variable))] ?? 0));
      if (lost > 0) return { reason: `${lost === 1 ? '1 row lacks' : `${lost} rows lack`} what it is computed from` };
      return takeNaturalSums(framed, design, variables, pairs);
    });
  }
}

/** The sums of several parts put together. There must be one. */
export function mergeDesigns(parts: readonly DesignSums[]): DesignSums {
  const units = parts.reduce((total, part) => total + part.units, 0);
  const count = (base: Base) => parts.reduce((total, part) => total + part.count(base), 0);
  return createSums(units, count, (name) => {
    const own = parts.map((part) => part.take(name));
    const fault = own.find((sums) => sums === undefined || 'reason' in sums);
    if (fault || own.includes(undefined)) return fault;
    return mergeSums(own.filter((sums) => sums !== undefined && 'units' in sums));
  });
}

function createSums(units: number, count: DesignSums['count'], compute: DesignSums['take']): DesignSums {
  const taken = new Map<string, VectorSums | Unmeasured | undefined>();
  return {
    units,
    count,
    take(design) {
      if (!taken.has(design)) taken.set(design, compute(design));
      return taken.get(design);
    },
  };
}

/** What the cells with the same values of some of their columns come to together, by these values. */
function gather<T extends { readonly values: readonly string[] }>(
  cells: readonly T[],
  columns: readonly string[],
  kept: readonly string[],
  join: (a: T, b: T) => T,
): Map<string, T> {
  const places = kept.map((column) => columns.indexOf(column));
  const parts = new Map<string, T>();
  for (const cell of cells) {
    const value = namePart(places.map((at) => cell.values[at] ?? ''));
    const former = parts.get(value);
    parts.set(value, former ? join(former, cell) : cell);
  }
  return parts;
}

function joinCells(a: RangeCell, b: RangeCell): RangeCell {
  return {
    values: a.values,
    rows: a.rows + b.rows,
    weight: Math.max(a.weight, b.weight),
    lacking: a.lacking.map((count, at) => count + (b.lacking[at] ?? 0)),
    ranges: a.ranges.map((range, at) => widenRange(range, b.ranges[at] ?? range)),
  };
}

function fitsFrames(frames: Frames, part: RangeCell): boolean {
  const weight: Range = { low: 0, high: part.weight };
  return (
    fitsFrame({ low: 0, scale: frames.weight }, weight, part.rows) &&
    part.ranges.every((range, at) => fitsFrame(frames.bases[at] ?? { low: 0, scale: 1 }, range, part.rows))
  );
}

function addFramed(a: FramedSums, b: FramedSums): FramedSums {
  return {
    values: a.values,
    units: a.units + b.units,
    counts: a.counts.map((count, at) => count + (b.counts[at] ?? 0)),
    frames: a.frames,
    sums: a.sums.map((sum, at) => sum + (b.sums[at] ?? 0n)),
    products: a.products.map((product, at) => product + (b.products[at] ?? 0n)),
  };
}
