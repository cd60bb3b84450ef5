import type { Problem } from '../errors.ts';
import type { Locate } from './place.ts';
import type { Config } from './schema/modelgate.ts';
import { suggest } from './suggestion.ts';

/** What `release` must agree on with itself and with the rest of the file. */
export function findReleaseProblems(config: Config, locate: Locate): Problem[] {
  const { release, train } = config;
  if (!release) return [];
  const problems: Problem[] = [];
  const { checks: _checks, ...datasets } = config.data ?? {};
  const names = Object.keys(datasets);
  if (release.profile !== undefined && !names.includes(release.profile)) {
    const fix = names.length > 0 ? suggest(release.profile, names) : 'The file has no data sets.';
    problems.push({ ...locate(['release', 'profile']), found: `there is no data set \`${release.profile}\``, fix });
  }
  if (release.target === 'oci' && !release.oci) {
    const fix = 'Name the repository: `oci: { repository: ghcr.io/octo-org/churn }`.';
    problems.push({ ...locate(['release', 'target']), found: '`target: oci` without `oci`', fix });
  }
  if (release.oci && release.target !== 'oci') {
    const fix = 'Add `target: oci`, or leave `oci` out.';
    problems.push({ ...locate(['release', 'oci'], 'key'), found: '`oci` without `target: oci`', fix });
  }
  if (!release.assets && !train) {
    const fix = 'Name the files under `assets`, or say under `train` what writes the model.';
    problems.push({ ...locate(['release'], 'key'), found: 'nothing says which files are the model', fix });
  }
  return problems;
}
