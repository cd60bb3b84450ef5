import type { BoundCheck } from '../checks/binding.ts';
import { isText } from '../dialects/postgres/native-columns.ts';
import { translatePattern } from '../dialects/postgres/patterns.ts';

const OF_JSON: readonly string[] = ['size', 'distinct-items', 'has-keys'];

/** Why PostgreSQL cannot decide a check as it is meant, as a phrase; undefined where it can. */
export function findUnmeasurable({ test, types, type }: BoundCheck): string | undefined {
  if (test.kind === 'pattern') {
    const translated = translatePattern(test.pattern);
    return 'reason' in translated ? translated.reason : undefined;
  }
  const isJson = type === 'array' || type === 'object';
  const reads = OF_JSON.includes(test.kind) || test.kind === 'type';
  if (isJson && reads && isText(types[0] ?? '')) {
    return 'PostgreSQL cannot tell JSON from other text without an error; store the column as jsonb';
  }
  return undefined;
}
