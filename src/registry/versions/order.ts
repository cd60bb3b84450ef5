import semver from 'semver';
import { isVersion } from './grammar.ts';

/** Orders versions by SemVer's precedence: below zero when `a` comes first. Both must be versions. */
export function compareVersions(a: string, b: string): number {
  return semver.compare(a, b);
}

/** Whether a version is a pre-release such as `v1.5.0-rc.1`. */
export function isPrerelease(version: string): boolean {
  return semver.prerelease(version) !== null;
}

/** Whether a text is a range such as `^1.2`, `1.x` or `>=1.2 <2`, or `latest`. */
export function isRange(text: string): boolean {
  return text === 'latest' || (text.length <= 128 && text.trim() !== '' && semver.validRange(text) !== null);
}

/**
 * The newest version that a range allows; undefined when none does. `latest` is the newest that is no pre-release, and a
 * range allows a pre-release only where it names one of the same version, as npm's do. What is no version is passed over.
 */
export function findNewestVersion(versions: readonly string[], range = 'latest'): string | undefined {
  const allowed = versions.filter(
    (version) => isVersion(version) && semver.satisfies(version, range === 'latest' ? '*' : range),
  );
  return allowed.sort(compareVersions).at(-1);
}
