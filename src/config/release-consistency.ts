import { posix } from 'node:path';
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
  return [...problems, ...findForeignAssets(config, locate)];
}

/** Files of the model that only the machine of the training has: what is released is fetched with the model alone. */
function findForeignAssets({ release, train, evaluate }: Config, locate: Locate): Problem[] {
  if (!train) return [];
  const { model, history, metrics } = train.outputs;
  const others = [
    ['train.outputs.history', history],
    ['train.outputs.metrics', metrics],
    ['train.checkpoints', train.checkpoints],
    ['evaluate.predictions', evaluate?.predictions?.path],
  ] as const;
  return (release?.assets ?? []).flatMap((asset, index) => {
    if (isWithin(asset, model)) return [];
    const [key] = others.find(([, path]) => path !== undefined && isWithin(asset, path)) ?? [];
    if (key === undefined) return [];
    const found = `\`${asset}\` is written by \`${key}\`, and is no part of the model`;
    const fix = 'Let `train.outputs.model` be a folder that holds it, or leave it out.';
    return [{ ...locate(['release', 'assets', index]), found, fix }];
  });
}

/** Whether a path is another or lies below it. */
function isWithin(path: string, folder: string): boolean {
  const [inner, outer] = [path, folder].map((one) => posix.normalize(one).replace(/\/$/, ''));
  return inner === outer || inner?.startsWith(`${outer}/`) === true;
}
