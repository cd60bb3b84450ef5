import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listFiles, startCommand } from './command.ts';
import { type LongProject, writeProject } from './project.ts';

let project: LongProject;
beforeAll(async () => {
  project = await writeProject(4_000_000);
});
afterAll(() => project[Symbol.asyncDispose]());

/** Checks the data, and looks meanwhile for what the engine puts on the disk. */
async function check(args: readonly string[], env: Record<string, string>) {
  const command = startCommand(project.folder, ['data', 'check', ...args], env);
  const spilled = new Set<string>();
  const watching = setInterval(async () => {
    for (const path of await listFiles(project.temporary)) spilled.add(path);
  }, 20);
  const ended = await command.end();
  clearInterval(watching);
  return { ...ended, spilled: [...spilled], left: await listFiles(project.temporary) };
}

async function readFindings(): Promise<unknown> {
  const evidence = JSON.parse(await readFile(join(project.folder, '.modelgate/evidence/data.json'), 'utf8'));
  return evidence.datasets;
}

const SPILL = /^duckdb_temp_storage/;

test('with little memory the same is found, what is more lies in RUNNER_TEMP, and nothing stays there', async () => {
  const little = await check(['--memory', '128MiB'], { RUNNER_TEMP: project.temporary, TMPDIR: '/nowhere' });
  expect(little.code, little.stderr).toBe(0);
  const spilled = little.spilled.filter((path) => SPILL.test(basename(path)));
  expect(spilled.length).toBeGreaterThan(0);
  for (const path of spilled) {
    expect(dirname(dirname(path))).toBe(project.temporary);
    expect(basename(dirname(path))).toMatch(/^modelgate-/);
  }
  expect(little.left).toEqual([]);
  const found = await readFindings();
  const much = await check(['--memory', '4GiB'], { RUNNER_TEMP: project.temporary });
  expect(much.code).toBe(0);
  expect(await readFindings()).toEqual(found);
  expect(much.left).toEqual([]);
});

test('on a machine that is no runner it lies where the system has its temporary files', async () => {
  const { code, spilled, left } = await check(['--memory', '128MiB'], { TMPDIR: project.temporary });
  expect(code).toBe(0);
  expect(spilled.some((path) => SPILL.test(basename(path)))).toBe(true);
  expect(left).toEqual([]);
});
