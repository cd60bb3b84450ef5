import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { countVerdict } from '../../../src/pipeline/budget/counting.ts';
import { openLedgerStore } from '../../../src/pipeline/budget/ledger-store.ts';
import { runFaultRing } from '../../github/fault-ring.ts';
import { createJudged } from '../../pipeline/budget/evidence.ts';
import { openBranch } from '../../registry/ledger/branch.ts';

const REF = 'refs/heads/modelgate';

test.each([
  ['the first verdict of a repository', 0],
  ['a verdict behind others', 2],
])('whatever befalls a request that counts %s: after another run it is counted, and once', async (_, before) => {
  await using room = await openBranch();
  const open = async () =>
    openLedgerStore(room.open(), { actor: 'ada', run: { id: 7, attempt: 1, url: 'https://github.invalid/runs/7' } });
  const count = async (name: string) => {
    const counting = await countVerdict(await open(), createJudged(name));
    if (counting.state === 'refused') throw new Error(`it was refused: ${counting.reason}`);
  };
  for (let index = 0; index < before; index++) await count(`earlier-${index}`);
  const tip = await room.repository.resolve('modelgate');
  const run = (...args: string[]) =>
    String(execFileSync('git', args, { cwd: room.repository.folder, stdio: 'pipe' })).trim();
  const runs = await runFaultRing({
    github: room.github,
    prepare() {
      run('update-ref', ...(tip === undefined ? ['-d', REF] : [REF, tip]));
      room.github.forget();
    },
    act: () => count('new'),
    check() {
      const paths = run('ls-tree', '-r', '--name-only', REF).split('\n');
      const events = paths.map(
        (path) => JSON.parse(run('cat-file', 'blob', `${REF}:${path}`)) as { kind: string; id: string },
      );
      expect(events.map(({ kind }) => kind)).toEqual(Array.from({ length: before + 1 }, () => 'verdict'));
      expect(new Set(events.map(({ id }) => id)).size).toBe(before + 1);
    },
  });
  expect(runs).toBeGreaterThan(40);
});
