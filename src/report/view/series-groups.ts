import type { Series } from './training-view.ts';

/** Lines that share a scale: `loss`, `val_loss` and `train/loss` do. At most `most` a group. */
export function groupSeries(history: readonly Series[], most: number): Series[][] {
  const groups = new Map<string, Series[]>();
  for (const series of history) {
    const base = series.name.replace(/^(?:train|training|val|valid|validation|eval|test)[_/.-]/i, '');
    groups.set(base, [...(groups.get(base) ?? []), series]);
  }
  return [...groups.values()].flatMap((group) =>
    Array.from({ length: Math.ceil(group.length / most) }, (_, index) => group.slice(index * most, (index + 1) * most)),
  );
}
