import type { DataCheckConfig } from './schema/modelgate.ts';

/** A data set that a check names, and where in the check. */
interface NamedDataset {
  readonly name: string;
  readonly path: readonly (string | number)[];
}

/** The data sets that a check of `data.checks` names. */
export function listNamedDatasets(check: DataCheckConfig): NamedDataset[] {
  const list = (key: keyof DataCheckConfig, part: string, names: readonly string[] = []) =>
    names.map((name, at) => ({ name, path: [key, part, at] }));
  const one = (key: keyof DataCheckConfig, part: string, name: string | undefined) =>
    name === undefined ? [] : [{ name, path: [key, part] }];
  return [
    ...list('no-overlap', 'between', check['no-overlap']?.between),
    ...one('drift', 'from', check.drift?.from),
    ...one('drift', 'to', check.drift?.to),
    ...one('label-leakage', 'in', check['label-leakage']?.in),
    ...one('time-order', 'before', check['time-order']?.before),
    ...one('time-order', 'after', check['time-order']?.after),
    ...list('privacy', 'in', check.privacy?.in),
  ];
}

/** The same check of a version of a data set that has another name; undefined where the check does not name it. */
export function repeatCheck(check: DataCheckConfig, origin: string, name: string): DataCheckConfig | undefined {
  if (!listNamedDatasets(check).some((named) => named.name === origin)) return undefined;
  const rename = (one: string) => (one === origin ? name : one);
  const { 'no-overlap': overlap, drift, 'label-leakage': leakage, 'time-order': order, privacy } = check;
  if (overlap) return { 'no-overlap': { ...overlap, between: overlap.between.map(rename) } };
  if (drift) {
    const from = drift.from === undefined ? {} : { from: rename(drift.from) };
    return { drift: { ...drift, ...from, to: rename(drift.to) } };
  }
  if (leakage) return { 'label-leakage': { ...leakage, in: rename(leakage.in) } };
  if (order) return { 'time-order': { ...order, before: rename(order.before), after: rename(order.after) } };
  return privacy && { privacy: { ...privacy, in: [name] } };
}
