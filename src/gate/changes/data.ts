import { listPromiseFiles } from '../../config/data-files.ts';
import { listDatasets } from '../../config/project.ts';
import type { Config, DataCheckConfig, DatasetConfig } from '../../config/schema/modelgate.ts';
import { compareValues, pairByKey, type Shift, tellShifts } from '../../data/changes/shifts.ts';
import type { RuleChange } from '../../evidence/schema/verdict.ts';
import { compareCheck, describeCheck, nameCheck } from './data-checks.ts';

/** What became of the data sets, of the contracts that they promise to keep, and of the checks between them. */
export function compareData(before: Config, after: Config): RuleChange[] {
  return [...compareDatasets(before, after), ...compareChecks(before.data?.checks ?? [], after.data?.checks ?? [])];
}

function compareDatasets(before: Config, after: Config): RuleChange[] {
  const { pairs, removed, added } = pairByKey(listDatasets(before), listDatasets(after), ([name]) => name);
  return [
    ...pairs.flatMap(([[name, one], [, other]]) => compareDataset(`data.${name}`, one, other)),
    ...removed.map(([name, entry]) => ({
      id: `data.${name}`,
      change: 'removed' as const,
      before: describeDataset(entry),
      after: null,
    })),
    ...added.map(([name, entry]) => ({
      id: `data.${name}`,
      change: 'added' as const,
      before: null,
      after: describeDataset(entry),
    })),
  ];
}

function describeDataset(dataset: DatasetConfig): string {
  const promised = listPromiseFiles(dataset);
  const place = dataset.path ?? `${dataset.engine ?? ''} ${dataset.table ?? ''}`.trim();
  return promised.length === 0 ? place : `${place}, which keeps ${promised.join(' and ')}`;
}

function compareDataset(id: string, one: DatasetConfig, other: DatasetConfig): RuleChange[] {
  const [old, now] = [flatten(one), flatten(other)];
  const tell = (key: keyof typeof old, shifts: readonly Shift[]) =>
    tellShifts(shifts, { id: `${id}.${key}`, before: old[key] ?? null, after: now[key] ?? null });
  const promise = (key: 'contract' | 'record-schema') => {
    const lost: Shift[] = old[key] === undefined ? ['tightened'] : ['loosened'];
    return tell(key, (old[key] === undefined) === (now[key] === undefined) ? compareValues(old[key], now[key]) : lost);
  };
  return [
    ...tell('path', compareValues(old.path, now.path)),
    ...tell('engine', compareValues(old.engine, now.engine)),
    ...tell('table', compareValues(old.table, now.table)),
    ...tell('connection', compareValues(old.connection, now.connection)),
    ...tell('format', compareValues(old.format, now.format)),
    ...promise('contract'),
    ...promise('record-schema'),
    ...tell('csv', compareValues(old.csv, now.csv)),
  ];
}

/** What is told of a data set, each part as one text. Whether it is profiled changes no bar. */
function flatten({ csv, profile: _profile, ...dataset }: DatasetConfig) {
  const parts = Object.entries(csv ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return { ...dataset, csv: csv && parts.map(([key, value]) => `${key}: ${JSON.stringify(value)}`).join(', ') };
}

/** Checks have no id: they are known by the data sets that they speak of. */
function compareChecks(before: readonly DataCheckConfig[], after: readonly DataCheckConfig[]): RuleChange[] {
  const same = pairByKey(before, after, describeCheck);
  const { pairs, removed, added } = pairByKey(same.removed, same.added, nameCheck);
  return [
    ...pairs.flatMap(([one, other]) => {
      const words = { id: nameCheck(one), before: describeCheck(one), after: describeCheck(other) };
      return tellShifts(compareCheck(one, other), words);
    }),
    ...removed.map((check) => ({
      id: nameCheck(check),
      change: 'loosened' as const,
      before: describeCheck(check),
      after: null,
    })),
    ...added.map((check) => ({
      id: nameCheck(check),
      change: 'tightened' as const,
      before: null,
      after: describeCheck(check),
    })),
  ];
}
