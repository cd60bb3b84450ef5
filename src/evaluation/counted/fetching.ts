import type { Engine } from '../../engine/connection.ts';
import type { AskedView } from '../family.ts';
import type { JoinedTable } from '../joined-table.ts';
import type { ByPart } from '../view.ts';
import type { PartCells } from './cell-query.ts';
import { fetchCells, MAX_CELLS, MAX_WEIGHTED_CELLS } from './cells.ts';
import { arrangeKinds } from './kinds.ts';
import type { CountedPart, Entry, Kind } from './part.ts';

/** Kinds of one view that are resampled: some seconds of work for all of its parts together. */
const MAX_VIEW_KINDS = 50_000;

/**
 * The kinds of rows, or of clusters, of all parts of all views. Weights of rows that are not in clusters are told apart, so
 * that rows with the same weight are alike.
 */
export async function fetchParts(
  engine: Engine,
  table: JoinedTable,
  views: readonly AskedView[],
): Promise<ByPart<CountedPart>> {
  const cells = await fetchCells(engine, table, views);
  return new Map([...cells].map(([view, parts]) => [view, limitWork(parts.map((part) => readPart(part, table)))]));
}

function readPart(found: PartCells, table: JoinedTable): [string, CountedPart] {
  const { part, rows, n, size, cells, detail } = found;
  if (!cells) {
    const fault = `${size} combinations of classes are more than the ${MAX_CELLS} that are counted`;
    return [part, { rows, n, kinds: [], fault }];
  }
  if (detail === 'sums') {
    const entries = cells.map((cell) => readEntry(cell, table));
    const frozen = `its rows have more than ${MAX_WEIGHTED_CELLS} different weights, too many to resample`;
    return [part, { rows, n, kinds: arrangeKinds([{ entries, count: 1 }]), frozen }];
  }
  return [part, { rows, n, kinds: arrangeKinds(table.clustered ? readUnits(cells, table) : readRows(cells, table)) }];
}

function readRows(cells: readonly (readonly number[])[], table: JoinedTable): Kind[] {
  return cells.map((cell) => {
    const count = cell[table.sides.length + 1] ?? 0;
    const entry = readEntry(cell, table);
    return { entries: [table.weighted ? entry : { ...entry, mass: 1 }], count };
  });
}

function readUnits(cells: readonly (readonly number[])[], table: JoinedTable): Kind[] {
  const units = new Map<number, Entry[]>();
  for (const cell of cells) {
    const unit = cell[table.sides.length + 3] ?? 0;
    const entries = units.get(unit);
    if (entries) entries.push(readEntry(cell, table));
    else units.set(unit, [readEntry(cell, table)]);
  }
  return [...units].map(([unit, entries]) => ({ entries, count: 1, owners: [unit] }));
}

function readEntry(cell: readonly number[], { sides }: JoinedTable): Entry {
  return { truth: cell[0] ?? 0, answers: cell.slice(1, sides.length + 1), mass: cell[sides.length + 2] ?? 0 };
}

function limitWork(parts: readonly (readonly [string, CountedPart])[]): Map<string, CountedPart> {
  const kinds = parts.reduce((sum, [, part]) => sum + part.kinds.length, 0);
  if (kinds <= MAX_VIEW_KINDS) return new Map(parts);
  const frozen = `its rows and those beside it fall into ${kinds} kinds, more than the ${MAX_VIEW_KINDS} that are resampled`;
  return new Map(parts.map(([name, part]) => [name, { ...part, frozen: part.frozen ?? frozen }]));
}
