import type { Engine } from '../../../engine/connection.ts';
import { quoteLiteral } from '../../../engine/sql.ts';
import { messageOf, type Problem } from '../../../errors.ts';
import type { Check } from '../../checks/checks.ts';
import { quoteName } from '../../naming.ts';

/** The regular expressions of a contract that the engine cannot run, each where it is written. */
export async function findPatternProblems(engine: Engine, checks: readonly Check[]): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const { test, place } of checks) {
    if (test.kind !== 'pattern') continue;
    try {
      await engine.rows(`select regexp_matches('', ${quoteLiteral(test.pattern)})`);
    } catch (error) {
      if (error instanceof Error && error.name === 'AbortError') throw error;
      const [reason = ''] = messageOf(error).replace('Invalid Input Error: ', '').split('\n');
      problems.push({
        ...place,
        found: `the pattern ${quoteName(test.pattern)} cannot be used: ${reason}`,
        fix: 'Patterns are RE2: as in ECMA-262, without look-around and references back.',
      });
    }
  }
  return problems;
}
