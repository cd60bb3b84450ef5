import { appendFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listFiles, startCommand } from './command.ts';
import { type LongProject, writeProject } from './project.ts';

/** Milliseconds in which a process that was asked to end has ended, on a machine that has much else to do. */
const PROMPT = 10_000;

/** Starts a check, asks it to end once it has written a line, and says what it left behind. */
async function interrupt(project: LongProject, line: string, signal: NodeJS.Signals, asked = ['check']) {
  const args = ['data', ...asked, '--memory', '128MiB'];
  const command = startCommand(project.folder, args, { RUNNER_TEMP: project.temporary });
  await command.sees(line);
  const start = performance.now();
  command.child.kill(signal);
  const { code, stdout, stderr } = await command.end();
  return {
    told: { code, stdout, words: stderr.trimEnd().split('\n').at(-1) },
    prompt: performance.now() - start < PROMPT,
    folders: await readdir(project.temporary),
    evidence: await listFiles(join(project.folder, '.modelgate')),
  };
}

const INTERRUPTED = {
  told: { code: 130, stdout: '', words: 'Interrupted. Evidence that was finished is kept; nothing is half-written.' },
  prompt: true,
  folders: [],
  evidence: [],
};

/** One file for all that leave it as it was. */
let long: LongProject;
beforeAll(async () => {
  long = await writeProject(3_000_000);
});
afterAll(() => long[Symbol.asyncDispose]());

describe('a check that is asked to end says so, ends soon and leaves nothing behind', () => {
  test.each([
    ['while the structure of a file is read', '… Reading the data set birds', 'SIGINT'],
    ['while the engine goes over the rows', '… Checking the data set birds', 'SIGINT'],
    ['politely killed', '… Checking the data set birds', 'SIGTERM'],
  ] as const)('%s', async (_when, line, signal) => {
    expect(await interrupt(long, line, signal)).toEqual(INTERRUPTED);
  });

  test('while a file is copied that is not UTF-8', async () => {
    await using project = await writeProject(1_500_000, [], { encoding: 'latin-1' });
    const line = '… Copying the data set birds as UTF-8';
    expect(await interrupt(project, line, 'SIGINT')).toEqual(INTERRUPTED);
  });

  test('and so does a profile', async () => {
    const asked = ['profile', 'birds.csv'];
    expect(await interrupt(long, '… Reading birds.csv', 'SIGINT', asked)).toEqual(INTERRUPTED);
  });

  test('while a query of the contract runs, which would take a minute', async () => {
    const query = 'SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE a.range * b.range = 7';
    await using project = await writeProject(10, [{ type: 'sql', query, mustBe: 0 }]);
    expect(await interrupt(project, '… Checking the data set birds', 'SIGINT')).toEqual(INTERRUPTED);
  });
});

describe('a check for which there is not enough memory says what to do and leaves nothing behind', () => {
  const check = async (project: LongProject) => {
    const args = ['data', 'check', '--memory', '128MiB'];
    const ended = await startCommand(project.folder, args, { RUNNER_TEMP: project.temporary }).end();
    expect(await readdir(project.temporary)).toEqual([]);
    return ended;
  };

  test('of the engine: a mistake, and no evidence', async () => {
    await using project = await writeProject(10);
    // The engine holds sixteen times the longest line.
    await appendFile(join(project.folder, 'birds.csv'), `11,${'f'.repeat(15 * 1024 * 1024)},x\n`);
    const { code, stdout, stderr } = await check(project);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('the data need more memory than the 128 MiB that may be used\n    Where data are checked');
    expect(await listFiles(join(project.folder, '.modelgate'))).toEqual([]);
  });

  test('of a query of the contract: it cannot be measured', async () => {
    const query = 'SELECT len(list(md5(range::VARCHAR))) FROM range(9000000)';
    await using project = await writeProject(10, [{ type: 'sql', query, mustBe: 0 }]);
    const { code, stdout } = await check(project);
    expect(code).toBe(1);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('it needs more memory than may be used, or more room on the disk');
  });
});
