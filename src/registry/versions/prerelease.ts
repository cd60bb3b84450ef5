import semver from 'semver';

/** Enough to know a branch again by, and short enough for a tag. */
const MAX_LABEL = 40;

/**
 * The label of a pre-release from a branch's name or a word: SemVer's letters only, in lower case, so that two branches
 * never differ by case alone. `feature/X_1` becomes `feature-x-1`; a name without any letter or digit, `branch`.
 */
export function labelPrerelease(name: string): string {
  const label = name
    .toLowerCase()
    .replace(/[^0-9a-z]+/g, '-')
    .slice(0, MAX_LABEL)
    .replace(/^-+|-+$/g, '');
  if (label === '') return 'branch';
  // A number as the label would be ordered as a number, and one with a leading zero is no SemVer.
  return /^\d+$/.test(label) ? `branch-${label}` : label;
}

/** The next free pre-release of a version: `v1.5.0` and `rc` give `v1.5.0-rc.1`, then `v1.5.0-rc.2`. */
export function countPrerelease(version: string, label: string, taken: ReadonlySet<string>): string {
  const numbers = [...taken].flatMap((other) => {
    const parsed = semver.parse(other);
    const [name, number] = parsed?.prerelease ?? [];
    if (!parsed || `v${parsed.major}.${parsed.minor}.${parsed.patch}` !== version) return [];
    return name === label && typeof number === 'number' ? [number] : [];
  });
  return `${version}-${label}.${Math.max(0, ...numbers) + 1}`;
}
