import type { Contract } from './checks/checks.ts';
import { quoteName } from './naming.ts';

interface Keeper {
  readonly contract: { readonly sha256: string; readonly promises: Contract } | undefined;
}

/** Adds to what is not checked the tables of a contract that no data set is: to the first data set that keeps it. */
export function tellUncovered<S extends Keeper>(source: S, keepers: readonly Keeper[]): S {
  const { contract } = source;
  if (!contract) return source;
  const same = keepers.flatMap((other) => (other.contract?.sha256 === contract.sha256 ? [other.contract] : []));
  if (same[0] !== contract) return source;
  const covered = new Set(same.map(({ promises }) => promises.tables[0]));
  const { promises } = contract;
  const lines = promises.otherTables
    .filter((name) => !covered.has(name))
    .map((name) => `table ${quoteName(name)}: no data set is it`);
  return {
    ...source,
    contract: { ...contract, promises: { ...promises, notChecked: [...promises.notChecked, ...lines] } },
  };
}
