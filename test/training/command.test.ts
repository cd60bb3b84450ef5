import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { UserMistake } from '../../src/errors.ts';
import { type CommandOptions, runCommand } from '../../src/training/command.ts';
import { chooseShell } from '../../src/training/shell.ts';
import type { After } from '../../src/training/timers.ts';
import { makeFolder, recordProgress } from './project.ts';

const posix = process.platform !== 'win32';
const linux = process.platform === 'linux';

async function makeOptions(run: string, changes: Partial<CommandOptions> = {}): Promise<CommandOptions> {
  return {
    run,
    folder: await makeFolder(),
    environment: { PATH: process.env['PATH'] },
    passes: [],
    extra: {},
    progress: recordProgress(),
    runner: false,
    ...changes,
  };
}

/** A clock that moves only when told: `ring` calls what waits for this many seconds. */
function makeClock(): { after: After; ring(seconds: number): void } {
  const waiting = new Set<{ seconds: number; call: () => void }>();
  return {
    after(seconds, call) {
      const entry = { seconds, call };
      waiting.add(entry);
      return () => waiting.delete(entry);
    },
    ring(seconds) {
      for (const entry of waiting) {
        if (entry.seconds !== seconds || !waiting.delete(entry)) continue;
        entry.call();
      }
    },
  };
}

test('a command that ends well has exit code 0, and both its streams are passed on', async () => {
  const progress = recordProgress();
  const { command, seconds } = await runCommand(await makeOptions('echo out; echo err >&2', { progress }));
  expect(command).toMatchObject({ exitCode: 0, signal: null, timedOut: false });
  expect(seconds).toBeGreaterThan(0);
  expect(progress.text().split('\n').sort()).toEqual(['', 'err', 'out']);
});

test.runIf(posix)('a failure inside a pipe and an unset variable end the command', async () => {
  const pipe = await runCommand(await makeOptions('false | cat; echo on'));
  expect(pipe.command.exitCode).toBe(1);
  const unset = await runCommand(await makeOptions('echo "$NOT_SET_ANYWHERE"; echo on'));
  expect(unset.command.exitCode).not.toBe(0);
});

test.runIf(posix)('without bash the command runs by sh, and a failure ends it too', async () => {
  const environment = { PATH: await makeFolder() };
  const shell = await chooseShell('false; true', environment, 'linux');
  expect(shell).toEqual({ program: '/bin/sh', args: ['-eu', '-c', 'false; true'], verbatim: false });
  const { command } = await runCommand(await makeOptions('false; true', { environment }));
  expect(command.exitCode).toBe(1);
});

test('on Windows the command runs by the cmd that ComSpec names', async () => {
  const shell = await chooseShell('python train.py', { ComSpec: 'C:\\cmd.exe' }, 'win32');
  expect(shell).toEqual({ program: 'C:\\cmd.exe', args: ['/d', '/s', '/c', '"python train.py"'], verbatim: true });
});

test('a folder that is not there is reported as a command that could not be started', async () => {
  const options = await makeOptions('true');
  await expect(runCommand({ ...options, folder: join(options.folder, 'gone') })).rejects.toThrow(UserMistake);
});

test('names of the variables that the command saw are recorded, and no values', async () => {
  const options = await makeOptions('true', {
    environment: { PATH: process.env['PATH'], LANG: 'C', GITHUB_TOKEN: 't' },
  });
  const { command } = await runCommand({ ...options, extra: { MODELGATE_CHECKPOINTS: '/c' } });
  expect(command.variables).toEqual(['LANG', 'MODELGATE_CHECKPOINTS', 'PATH']);
});

test.runIf(posix)('at its time limit a command is asked to end, then made to', async () => {
  const clock = makeClock();
  const progress = recordProgress((text) => {
    if (text.endsWith('ready\n')) clock.ring(3600);
    if (text.endsWith('not now\n')) clock.ring(5);
  });
  const run = "trap 'echo not now' TERM; echo ready; while :; do sleep 60 & wait $! || true; done";
  const { command } = await runCommand(await makeOptions(run, { timeoutSeconds: 3600, progress, after: clock.after }));
  expect(progress.text()).toContain('not now');
  expect(command).toMatchObject({ exitCode: null, signal: 'SIGKILL', timedOut: true });
});

test.runIf(posix)('a command that ends well only when asked at its time limit still ran out of time', async () => {
  const clock = makeClock();
  const progress = recordProgress((text) => text.endsWith('ready\n') && clock.ring(60));
  const run = "trap 'exit 0' TERM; echo ready; sleep 60 & wait";
  const { command } = await runCommand(await makeOptions(run, { timeoutSeconds: 60, progress, after: clock.after }));
  expect(command).toMatchObject({ exitCode: null, timedOut: true });
});

test.runIf(posix)(
  'a program that the shell started may finish its last checkpoint after the shell has ended',
  async () => {
    const clock = makeClock();
    const progress = recordProgress((text) => text.endsWith('ready\n') && clock.ring(60));
    const run = `python3 -c '
import signal, sys
def save(*_):
    open("checkpoint", "w").write("saved")
    sys.exit(0)
signal.signal(signal.SIGTERM, save)
print("ready", flush=True)
signal.pause()
'
echo after`;
    const options = await makeOptions(run, { timeoutSeconds: 60, progress, after: clock.after });
    await runCommand(options);
    expect(readFileSync(join(options.folder, 'checkpoint'), 'utf8')).toBe('saved');
    expect(progress.text()).not.toContain('after');
  },
);

test.runIf(posix)('an abort ends the command and what it started', async () => {
  const stop = new AbortController();
  const progress = recordProgress((text) => text.includes('ready\n') && stop.abort());
  const { command } = await runCommand(
    await makeOptions('(sleep 600; echo late) & echo ready; wait', { progress, signal: stop.signal }),
  );
  expect(command).toMatchObject({ signal: 'SIGTERM', timedOut: false });
  expect(progress.text()).not.toContain('late');
});

test('a command is not started after an abort', async () => {
  const options = await makeOptions('echo x > started', { signal: AbortSignal.abort() });
  await expect(runCommand(options)).rejects.toThrow();
  expect(existsSync(join(options.folder, 'started'))).toBe(false);
});

test.runIf(linux)('what a command leaves running in the background is ended with it', async () => {
  const progress = recordProgress();
  const { command } = await runCommand(await makeOptions('sleep 600 & echo "$!"', { progress }));
  expect(command.exitCode).toBe(0);
  await waitForEnd(Number(progress.text()));
});

test.runIf(linux)('a process that left the group cannot hold the stage up', async () => {
  const clock = makeClock();
  const run = 'setsid sh -c "echo \\$\\$ > pid; exec sleep 600" & while ! test -s pid; do :; done';
  const options = await makeOptions(run, { after: clock.after });
  const finished = runCommand(options);
  const pid = await waitForPid(join(options.folder, 'pid'));
  const { command } = await ringUntilDone(clock, finished);
  expect(command.exitCode).toBe(0);
  expect(isRunning(pid)).toBe(true);
  process.kill(pid, 'SIGKILL');
});

/** A process that has ended may stay as a zombie where nobody asks for its exit code. */
function isRunning(pid: number): boolean {
  const path = `/proc/${pid}/stat`;
  return existsSync(path) && !/^\d+ \(.*\) Z/.test(readFileSync(path, 'utf8'));
}

/** A killed process goes when the kernel gets to it; one that stays runs the test into its time limit. */
async function waitForEnd(pid: number): Promise<void> {
  while (isRunning(pid)) await new Promise((resolve) => setImmediate(resolve));
}

async function waitForPid(path: string): Promise<number> {
  for (;;) {
    const text = existsSync(path) ? readFileSync(path, 'utf8').trim() : '';
    if (text !== '') return Number(text);
    await new Promise(setImmediate);
  }
}

async function ringUntilDone<T>(clock: { ring(seconds: number): void }, finished: Promise<T>): Promise<T> {
  let done = false;
  const mark = () => {
    done = true;
  };
  finished.then(mark, mark);
  while (!done) {
    clock.ring(2);
    await new Promise(setImmediate);
  }
  return finished;
}
