import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Result, ROOT, runDist } from '../support/program.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modelgate-demo-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const demo = (env?: Record<string, string>): Promise<Result> =>
  runDist('cli.js', ['demo'], { cwd: folder, ...(env && { env }) });

/** What a line says, whatever the clock, the commit and the place of the program. */
function normalise(line: string): string {
  return line
    .replace(/\(\d+(\.\d)? s\)/, '(time)')
    .replace(/commit [0-9a-f]+/, 'commit')
    .replace(/node \S*dist\/cli\.js/, 'node dist/cli.js')
    .trim();
}

describe('modelgate demo', () => {
  test('passes, and prints what the README shows', async () => {
    const { code, stdout, stderr } = await demo();
    expect(stderr).toContain('Report: .modelgate-demo/penguins/.modelgate/report.html');
    expect(code).toBe(0);
    const printed = new Set(`${stderr}\n${stdout}`.split('\n').map(normalise));
    const readme = await readFile(join(ROOT, 'README.md'), 'utf8');
    const [, shown = ''] = /\$ npm run demo\n([\s\S]*?)```/.exec(readme) ?? [];
    const lines = shown.split('\n').map(normalise).filter(Boolean);
    expect(lines.length).toBeGreaterThan(20);
    expect(lines.filter((line) => !printed.has(line))).toEqual([]);
  });

  test('leaves a repository that can be run again, and is replaced by the next demo', async () => {
    await demo();
    const copy = join(folder, '.modelgate-demo/penguins');
    const { stdout } = await promisify(execFile)('git', ['status', '--porcelain'], { cwd: copy });
    expect(stdout).toBe('');
    expect((await runDist('cli.js', ['run', '--config', copy], { cwd: folder })).code).toBe(0);
    expect((await demo()).code).toBe(0);
  });

  test('never removes a folder that no demo made', async () => {
    await mkdir(join(folder, '.modelgate-demo/penguins'), { recursive: true });
    await writeFile(join(folder, '.modelgate-demo/penguins/thesis.txt'), 'years');
    const { code, stderr } = await demo();
    expect(code).toBe(2);
    expect(stderr).toContain('no demo made it');
    expect(await readFile(join(folder, '.modelgate-demo/penguins/thesis.txt'), 'utf8')).toBe('years');
  });

  test('says what is missing and how to get it where there is no python3', async () => {
    const { code, stderr } = await demo({ PATH: folder });
    expect(code).toBe(2);
    expect(stderr).toContain("python3 can't be started");
    expect(stderr).toContain('apt-get install python3');
  });
});
