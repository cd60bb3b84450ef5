import { describe, expect, test } from 'vitest';
import { readInputs } from '../../src/actions/inputs.ts';
import { readRunFlags } from '../../src/cli/commands/run.ts';
import { parseMemory } from '../../src/config/quantities.ts';
import { UserMistake } from '../../src/errors.ts';

const MIB = 1024 ** 2;

/** The message of what is thrown. */
function refuse(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof UserMistake) return error.message;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('an amount of memory', () => {
  test.each([
    ['128MiB', 128 * MIB],
    ['4GiB', 4096 * MIB],
    ['4 GiB', 4096 * MIB],
    ['0.5GiB', 512 * MIB],
    ['500MB', 500_000_000],
    ['2GB', 2_000_000_000],
    ['1TiB', 1024 * 1024 * MIB],
    ['200000kB', 200_000_000],
    ['134217728B', 128 * MIB],
  ])('is %s', (text, bytes) => {
    expect(parseMemory(text)).toBe(bytes);
  });

  const NONE = [
    '',
    '4',
    '4G',
    '4Gi',
    '4gib',
    '4gb',
    '-4GiB',
    '+4GiB',
    '4e3MiB',
    '4,5GiB',
    '.5GiB',
    'half',
    '50%',
    '0GiB',
  ];
  test.each([...NONE, '127MiB', '134217727B', '9999999999TiB', ' 4GiB', '4GiB;'])('is not %j', (text) => {
    expect(parseMemory(text)).toBeUndefined();
    const fix = 'Give a size of at least 128MiB, such as 4GiB.';
    expect(refuse(() => readRunFlags({ config: '', memory: text }))).toBe(
      `--memory is ${JSON.stringify(text)}\n    ${fix}`,
    );
  });

  test('is named alike by the command line and by an action, and half of the machine’s without a name', () => {
    const read = (memory: string) => readInputs((name) => (name === 'memory' ? memory : ''), ['data']);
    expect(readRunFlags({ config: '', memory: '4GiB' }).memory).toBe(read('4GiB').memory);
    expect(read('').memory).toBeUndefined();
    expect(readRunFlags({ config: '' }).memory).toBeUndefined();
    expect(refuse(() => read('4gb'))).toBe(
      'the input `memory` is "4gb"\n    Give a size of at least 128MiB, such as 4GiB.',
    );
  });

  test('is read only by what checks data', () => {
    expect(readInputs((name) => (name === 'memory' ? 'nonsense' : ''), ['score']).memory).toBeUndefined();
  });
});
