import type { BoundCheck } from '../checks/binding.ts';
import { isText } from '../dialects/postgres/native-columns.ts';
import { translatePattern } from '../dialects/postgres/patterns.ts';

const OF_JSON: readonly string[] = ['size', 'distinct-items', 'has-keys'];

/** Why PostgreSQL cannot decide a check as it is meant, as a phrase; undefined where it can. */
export function findUnmeasurable({ test, types, type, part }: BoundCheck): string | undefined {
  if (part) return 'what objects and lists hold is not looked into in a table of PostgreSQL; check an export of it';
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
