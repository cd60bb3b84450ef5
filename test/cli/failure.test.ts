import { describe, expect, test } from 'vitest';
import { UserMistake } from '../../src/errors.ts';
import { describeFailure, EXIT } from '../../src/failure.ts';

describe('what is thrown becomes words and an exit code', () => {
  test('a mistake of the user: where, what and the fix, and no stack', () => {
    const mistake = new UserMistake([
      { file: 'modelgate.yml', line: 3, column: 7, found: '`task` is "x"', fix: 'Allowed: regression.' },
      { found: '--baseline x' },
    ]);
    expect(describeFailure(mistake)).toEqual({
      code: EXIT.mistake,
      text: 'modelgate.yml:3:7: `task` is "x"\n    Allowed: regression.\n--baseline x',
    });
  });

  test('an interruption: 130, as a shell expects', () => {
    const stop = new AbortController();
    stop.abort();
    expect(describeFailure(stop.signal.reason).code).toBe(130);
  });

  test('anything else: our bug, with what a report needs', () => {
    const { code, text } = describeFailure(new TypeError('x is undefined'));
    expect(code).toBe(3);
    expect(text).toContain('bug in modelgate');
    expect(text).toContain('/issues');
    expect(text).toContain('x is undefined');
    expect(describeFailure('a text').text).toContain('a text');
  });
});
