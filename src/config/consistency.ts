import type { Problem } from '../errors.ts';
import type { Config } from './schema/modelgate.ts';
import type { Locate } from './yaml-document.ts';

/** What no schema can say: names that must exist, keys that belong together. All problems at once. */
export function findConfigProblems(_config: Config, _locate: Locate): Problem[] {
  return [];
}
