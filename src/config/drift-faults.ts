import type { Problem } from '../errors.ts';
import type { Locate } from './place.ts';
import type { Config, DataCheckConfig } from './schema/modelgate.ts';

/** What a check of drift says that does not go together. */
export function findDriftProblems(config: Config, locate: Locate): Problem[] {
  return (config.data?.checks ?? []).flatMap(({ drift }, index) => {
    if (!drift) return [];
    const path = (key?: string) => ['data', 'checks', index, 'drift', ...(key === undefined ? [] : [key])];
    return listFaults(drift).map(({ key, ...fault }) => ({ ...locate(path(key), 'key'), ...fault }));
  });
}

interface Fault {
  /** The key that is wrong; undefined where one is missing. */
  readonly key?: keyof NonNullable<DataCheckConfig['drift']>;
  readonly found: string;
  readonly fix: string;
}

function listFaults({ from, reference, method, threshold }: NonNullable<DataCheckConfig['drift']>): Fault[] {
  const faults: Fault[] = [];
  if (from !== undefined && reference !== undefined) {
    const fix = 'Keep `from` for a data set, or `reference` for a stored profile.';
    faults.push({ key: 'reference', found: '`drift` has both `from` and `reference`', fix });
  }
  if (from === undefined && reference === undefined) {
    const fix = 'Add `from`, the name of a data set, or `reference`, a stored profile.';
    faults.push({ found: '`drift` does not say what to compare with', fix });
  }
  if (threshold !== undefined && (method === undefined || method === 'auto')) {
    const fix = 'Name the `method`: a threshold of one says nothing about another.';
    faults.push({ key: 'threshold', found: '`threshold` without a method', fix });
  }
  if (threshold !== undefined && (method === 'ks' || method === 'chi-square') && threshold > 1) {
    const fix = 'Write the p-value below which a column counts as different, such as 0.05.';
    faults.push({ key: 'threshold', found: `\`threshold\` is ${threshold}, and ${method} gives a p-value`, fix });
  }
  if (method === 'wasserstein' && reference !== undefined) {
    const fix = 'Use ks, psi or jensen-shannon, or leave `method` out.';
    faults.push({ key: 'method', found: 'a stored profile does not hold what `wasserstein` needs', fix });
  }
  return faults;
}
