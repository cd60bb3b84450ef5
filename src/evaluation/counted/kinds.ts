import type { Entry, Kind } from './part.ts';

/** Puts kinds in order, and makes one of those that hold the same. Entries of the same cell become one. */
export function arrangeKinds(kinds: readonly Kind[]): Kind[] {
  const arranged: Kind[] = [];
  for (const kind of kinds.map(arrangeEntries).sort(compareKinds)) {
    const last = arranged.at(-1);
    if (last && compareKinds(last, kind) === 0) arranged[arranged.length - 1] = uniteKinds(last, kind);
    else arranged.push(kind);
  }
  return arranged.map((kind) => (kind.owners ? { ...kind, owners: kind.owners.toSorted((a, b) => a - b) } : kind));
}

/**
 * The kinds of several lots of rows together. A cluster that has rows in several lots is one unit again; rows without
 * clusters are units of their own.
 */
export function joinKinds(lots: readonly (readonly Kind[])[]): Kind[] {
  const rows: Kind[] = [];
  const byOwner = new Map<number, Entry[]>();
  for (const kind of lots.flat()) {
    if (!kind.owners) rows.push(kind);
    for (const owner of kind.owners ?? []) {
      const entries = byOwner.get(owner);
      if (entries) entries.push(...kind.entries);
      else byOwner.set(owner, [...kind.entries]);
    }
  }
  const clusters = [...byOwner].map(([owner, entries]) => ({ entries, count: 1, owners: [owner] }));
  return arrangeKinds([...rows, ...clusters]);
}

/** The same units with other classes: what `change` makes of each entry. */
export function mapEntries(kinds: readonly Kind[], change: (entry: Entry) => Entry): Kind[] {
  return kinds.map((kind) => ({ ...kind, entries: kind.entries.map(change) }));
}

function uniteKinds(first: Kind, second: Kind): Kind {
  const owners = first.owners && second.owners ? { owners: [...first.owners, ...second.owners] } : {};
  return { entries: first.entries, count: first.count + second.count, ...owners };
}

function arrangeEntries(kind: Kind): Kind {
  if (kind.entries.length < 2) return kind;
  const entries: Entry[] = [];
  for (const entry of [...kind.entries].sort(compareEntries)) {
    const last = entries.at(-1);
    if (last && compareCells(last, entry) === 0) {
      entries[entries.length - 1] = { ...last, mass: last.mass + entry.mass };
    } else entries.push(entry);
  }
  return { ...kind, entries };
}

/** By what they hold, then nothing: kinds that compare equal are one. */
function compareKinds(a: Kind, b: Kind): number {
  for (const [at, entry] of a.entries.entries()) {
    const other = b.entries[at];
    const order = other ? compareEntries(entry, other) : 1;
    if (order !== 0) return order;
  }
  return a.entries.length - b.entries.length;
}

function compareEntries(a: Entry, b: Entry): number {
  return compareCells(a, b) || a.mass - b.mass;
}

function compareCells(a: Entry, b: Entry): number {
  if (a.truth !== b.truth) return a.truth - b.truth;
  for (const [side, answer] of a.answers.entries()) {
    const order = answer - (b.answers[side] ?? 0);
    if (order !== 0) return order;
  }
  return 0;
}
