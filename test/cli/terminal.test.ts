import { describe, expect, test } from 'vitest';
import { listenForEnd } from '../../src/cli/interruption.ts';
import { createPlainProgress, createSpinnerProgress } from '../../src/cli/progress.ts';
import { isLively, wantsColor } from '../../src/cli/terminal.ts';

describe('a spinner turns', () => {
  test.each([
    ['on a terminal', { isTTY: true, columns: 80 }, {}, true],
    ['not in a log', { columns: 80 }, {}, false],
    ['not on a terminal of no width', { isTTY: true, columns: 0 }, {}, false],
    ['not in a job, though it may have a terminal', { isTTY: true, columns: 80 }, { CI: 'true' }, false],
    ['on a terminal of somebody who says that it is no job', { isTTY: true, columns: 80 }, { CI: 'false' }, true],
    ['not on a dumb terminal', { isTTY: true, columns: 80 }, { TERM: 'dumb' }, false],
  ])('%s', (_where, stream, environment, expected) => {
    expect(isLively(stream, environment)).toBe(expected);
  });
});

describe('colour', () => {
  test.each([
    ['is on where somebody looks', {}, true, true],
    ['is off in a log', {}, false, false],
    ['is off in a pipe, of which Node says nothing', {}, undefined, false],
    ['is off when NO_COLOR says so', { NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
    ['is not turned off by an empty NO_COLOR', { NO_COLOR: '' }, true, true],
    ['is on when FORCE_COLOR says so', { FORCE_COLOR: '1' }, false, true],
    ['is off when FORCE_COLOR is 0', { FORCE_COLOR: '0' }, false, false],
  ])('%s', (_when, environment, terminal, expected) => {
    expect(wantsColor(environment, terminal)).toBe(expected);
  });
});

describe('a request to end', () => {
  test('is one aborted signal, however often it comes, and nobody listens after it is closed', () => {
    const before = process.listenerCount('SIGINT');
    const end = listenForEnd();
    process.emit('SIGINT');
    process.emit('SIGTERM');
    expect(end.signal.aborted).toBe(true);
    expect(process.listenerCount('SIGINT')).toBe(before + 1);
    end.close();
    expect(process.listenerCount('SIGINT')).toBe(before);
  });

  test('for the third time ends the process at once: nobody listens any more', () => {
    const before = process.listenerCount('SIGINT');
    listenForEnd();
    for (const signal of ['SIGINT', 'SIGHUP', 'SIGINT'] as const) process.emit(signal);
    expect(process.listenerCount('SIGINT')).toBe(before);
  });
});

describe('plain progress', () => {
  test('is one line when a step starts and one with its duration when it ends', () => {
    const lines: string[] = [];
    const progress = createPlainProgress((text) => lines.push(text));
    progress.start('Scoring').done('4 metrics');
    progress.start('Deciding').fail();
    expect(lines).toEqual([
      '… Scoring\n',
      expect.stringMatching(/^✓ 4 metrics \(\d+\.\d s\)\n$/),
      '… Deciding\n',
      expect.stringMatching(/^✗ Deciding \(\d+\.\d s\)\n$/),
    ]);
  });
});

describe('text of others in a plain line', () => {
  const HOSTILE = 'key `x\n::error::pwned\r\n##[error]y\u2028::z`';

  test('stays in its line', () => {
    const lines: string[] = [];
    const progress = createPlainProgress((text) => lines.push(text));
    const step = progress.start(HOSTILE);
    step.done();
    step.fail(HOSTILE);
    progress.info(HOSTILE);
    progress.warn(HOSTILE);
    expect(lines).toHaveLength(5);
    for (const line of lines) expect(line).toMatch(/^[^\n\r\u2028]*x ::error::pwned ##\[error\]y ::z`[^\n\r]*\n$/);
  });

  test('is no command of a runner, and what a command of the user prints goes on as it is', () => {
    const lines: string[] = [];
    const progress = createPlainProgress((text) => lines.push(text), { runner: true });
    progress.info('::error::pwned ##[error]x');
    progress.output(Buffer.from('::stop-commands::x\n'));
    expect(lines[0]).toBe('\u200b::error::pwned ##\u200b[error]x\n');
    expect(lines[1]).toBe('::stop-commands::x\n');
  });
});

describe('progress with a spinner', () => {
  test('ends each step in a line, and gives way to what a command prints', async () => {
    let written = '';
    const stream = {
      isTTY: true,
      columns: 80,
      write: (text: string | Uint8Array) => {
        written += Buffer.from(text).toString('utf8');
        return true;
      },
      cursorTo: () => true,
      clearLine: () => true,
      moveCursor: () => true,
      on: () => stream,
      once: () => stream,
      off: () => stream,
    } as unknown as NodeJS.WriteStream;
    const progress = await createSpinnerProgress(stream, false);
    const step = progress.start('Running python3 train.py');
    progress.output(Buffer.from('epoch 1\n'));
    step.done();
    expect(written).toContain('epoch 1\n');
    expect(written).toMatch(/✓ Running python3 train\.py \(\d+\.\d s\)\n$/);
  });
});
