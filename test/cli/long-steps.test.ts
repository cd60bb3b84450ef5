import { describe, expect, test } from 'vitest';
import { createPlainProgress, showFar, type Time } from '../../src/cli/progress.ts';

/** A clock that stands still until it is moved. */
function createTime(): Time & { pass(milliseconds: number): void; readonly waiting: number } {
  let now = 0;
  const timers = new Set<{ next: number; readonly interval: number; readonly act: () => void }>();
  return {
    now: () => now,
    every(interval, act) {
      const timer = { next: now + interval, interval, act };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    pass(milliseconds) {
      const end = now + milliseconds;
      for (;;) {
        const due = [...timers].filter(({ next }) => next <= end).sort((one, other) => one.next - other.next)[0];
        if (!due) break;
        now = due.next;
        due.next += due.interval;
        due.act();
      }
      now = end;
    },
    get waiting() {
      return timers.size;
    },
  };
}

describe('a step that says how far it is, in a log', () => {
  const open = (options: { runner?: boolean } = {}) => {
    const time = createTime();
    const lines: string[] = [];
    const progress = createPlainProgress((text) => lines.push(text), { time, ...options });
    return { time, lines, progress };
  };

  test('is a line every 30 seconds, with the time since its start', () => {
    const { time, lines, progress } = open();
    const step = progress.start('Checking train', () => `${time.now() / 3000} %`);
    time.pass(65_000);
    step.done('train: 5 rows');
    time.pass(600_000);
    expect(lines).toEqual([
      '… Checking train\n',
      '… Checking train, 10 % (30 s)\n',
      '… Checking train, 20 % (1 min 00 s)\n',
      '✓ train: 5 rows (1 min 05 s)\n',
    ]);
    expect(time.waiting).toBe(0);
  });

  test('is nothing more than its start and its end where it is short', () => {
    const { time, lines, progress } = open();
    const step = progress.start('Checking train', () => '10 %');
    time.pass(29_999);
    step.fail();
    expect(lines).toEqual(['… Checking train\n', '✗ Checking train (30 s)\n']);
    expect(time.waiting).toBe(0);
  });

  test('says that it goes on where nobody knows how far it is', () => {
    const { time, lines, progress } = open();
    progress.start('Checking birds', () => undefined);
    time.pass(30_000);
    expect(lines[1]).toBe('… Checking birds (30 s)\n');
  });

  test('is silent where nothing was said of how far it is: its command speaks', () => {
    const { time, lines, progress } = open();
    progress.start('Running train.py');
    time.pass(120_000);
    expect(lines).toHaveLength(1);
  });

  test('stays in its line, and is no command of a runner', () => {
    const { time, lines, progress } = open({ runner: true });
    progress.start('Checking train', () => 'a\n::error::b ##[error]c');
    time.pass(30_000);
    expect(lines[1]).toBe('… Checking train, a ::error::b ##\u200b[error]c (30 s)\n');
  });
});

describe('on a terminal', () => {
  const look = () => 'this pass: 43 % of 12 rows';

  test.each([
    ['is nothing at first, for nobody could read it', 1999, look, ''],
    ['stands beside the time after two seconds', 2000, look, '· this pass: 43 % of 12 rows '],
    ['is nothing where nobody knows', 9000, () => undefined, ''],
    ['is nothing where nobody is asked', 9000, undefined, ''],
    ['stays in its line', 9000, () => 'a\n\u001b[2Jb', '· a \uFFFD[2Jb '],
  ])('how far a step is %s', (_what, milliseconds, far, expected) => {
    expect(showFar(milliseconds, far)).toBe(expected);
  });
});
