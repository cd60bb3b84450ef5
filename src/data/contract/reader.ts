import type { Locate, Spot } from '../../config/place.ts';
import type { Problem } from '../../errors.ts';
import type { Check } from '../checks/checks.ts';

export type Path = readonly (string | number)[];

/** Gathers what the parts of a contract come to, so that one reading reports everything. */
export interface ContractReader {
  readonly checks: Check[];
  readonly notChecked: string[];
  readonly problems: Problem[];
  readonly locate: Locate;
  place(path: Path): Spot;
  refuse(path: Path, found: string, fix?: string): void;
}

/** A reader that has gathered nothing yet. */
export function createReader(locate: Locate): ContractReader {
  const problems: Problem[] = [];
  return {
    checks: [],
    notChecked: [],
    problems,
    locate,
    place: (path) => locate(path, 'key'),
    refuse(path, found, fix) {
      problems.push({ ...locate(path), found, ...(fix ? { fix } : {}) });
    },
  };
}
