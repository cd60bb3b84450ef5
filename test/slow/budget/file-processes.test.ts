import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test, vi } from 'vitest';
import { openBudgetFile } from '../../../src/pipeline/budget/file-store.ts';
import { ACCOUNT } from '../../pipeline/budget/evidence.ts';

vi.setConfig({ testTimeout: 120_000 });

/** Starts a process for each list of names, and lets all of them count at once. */
async function countAtOnce(path: string, verdicts: number, lists: readonly (readonly string[])[]): Promise<string[]> {
  const script = join(import.meta.dirname, 'counting-process.ts');
  const started = lists.map(async (names) => {
    const process_ = spawn(process.execPath, [script, path, String(verdicts), ...names], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: process_.stdout })[Symbol.asyncIterator]();
    expect((await lines.next()).value).toBe('ready');
    return { process_, lines };
  });
  const all = await Promise.all(started);
  for (const { process_ } of all) process_.stdin.end('go\n');
  const told = all.map(async ({ process_, lines }) => {
    const states: string[] = JSON.parse((await lines.next()).value ?? '[]');
    if (process_.exitCode === null) await once(process_, 'exit');
    return states;
  });
  return (await Promise.all(told)).flat();
}

test('of processes that take the last verdict of a file at once, one has it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'modelgate-processes-'));
  try {
    for (let round = 0; round < 3; round++) {
      const states = await countAtOnce(join(folder, `${round}.jsonl`), 1, [['one'], ['two'], ['three'], ['four']]);
      expect(states.toSorted()).toEqual(['counted', 'refused', 'refused', 'refused']);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('nothing that processes count at once is lost, and nothing beyond the allowance is let through', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'modelgate-processes-'));
  try {
    const path = join(folder, 'budget.jsonl');
    const lists = ['a', 'b', 'c', 'd'].map((own) => Array.from({ length: 30 }, (_, index) => `${own}-${index}`));
    const states = await countAtOnce(path, 50, lists);
    expect(states.filter((state) => state === 'counted')).toHaveLength(50);
    expect(await openBudgetFile(path).read(ACCOUNT)).toHaveLength(120);
    expect((await readFile(path, 'utf8')).trim().split('\n')).toHaveLength(120);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
