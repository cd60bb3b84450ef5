import { listDatasets } from '../../config/project.ts';
import type { Config, DataCheckConfig, DatasetConfig } from '../../config/schema/modelgate.ts';
import { compareAmounts, compareSets, compareValues, pairByKey, type Shift, tellShifts } from '../../data/shifts.ts';
import type { RuleChange } from '../../evidence/schema/verdict.ts';

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

function describeDataset({ path, contract }: DatasetConfig): string {
  return contract === undefined ? path : `${path}, which keeps ${contract}`;
}

function compareDataset(id: string, one: DatasetConfig, other: DatasetConfig): RuleChange[] {
  const tell = (key: 'path' | 'format' | 'contract', shifts: readonly Shift[]) =>
    tellShifts(shifts, { id: `${id}.${key}`, before: one[key] ?? null, after: other[key] ?? null });
  const contract: Shift[] = one.contract === undefined ? ['tightened'] : ['loosened'];
  const both = (one.contract === undefined) === (other.contract === undefined);
  return [
    ...tell('path', compareValues(one.path, other.path)),
    ...tell('format', compareValues(one.format, other.format)),
    ...tell('contract', both ? compareValues(one.contract, other.contract) : contract),
  ];
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

function nameCheck({ 'no-overlap': overlap, drift }: DataCheckConfig): string {
  if (drift) return `data.checks: drift from ${drift.from} to ${drift.to}`;
  return `data.checks: no-overlap of ${[...(overlap?.between ?? [])].sort().join(', ')}`;
}

function describeCheck({ 'no-overlap': overlap, drift }: DataCheckConfig): string {
  if (drift) {
    const columns = drift.columns ? `the columns ${[...drift.columns].sort().join(', ')}` : 'the columns';
    return `at most ${drift['max-share']} of ${columns} may differ between ${drift.from} and ${drift.to}`;
  }
  const [names, columns] = [overlap?.between ?? [], overlap?.on ?? []];
  return `no row of ${[...names].sort().join(', ')} shares ${[...columns].sort().join(', ')} with another`;
}

/** Rows overlap where they share all of the columns: the more columns, the looser. */
function compareCheck(one: DataCheckConfig, other: DataCheckConfig): Shift[] {
  if (one.drift && other.drift) {
    const [columns, later] = [one.drift.columns, other.drift.columns].map(
      (names) => names && [...names].sort().join('\n'),
    );
    return [
      ...compareAmounts(one.drift['max-share'], other.drift['max-share'], 'loosened'),
      ...compareValues(columns, later),
    ];
  }
  return compareSets(one['no-overlap']?.on ?? [], other['no-overlap']?.on ?? [], 'loosened');
}
