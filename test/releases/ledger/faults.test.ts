import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { parseLedger } from '../../../src/registry/ledger/chain.ts';
import { runFaultRing } from '../../github/fault-ring.ts';
import { openBranch } from '../../registry/ledger/branch.ts';
import { draftPromotion, draftRelease } from '../../registry/ledger/drafts.ts';

const REF = 'refs/heads/modelgate';

/** The room, with a hand on the branch that needs no waiting. */
async function openRing() {
  const room = await openBranch();
  const run = (...args: string[]) => execFileSync('git', args, { cwd: room.repository.folder, stdio: 'pipe' });
  const read = () => {
    const paths = String(run('ls-tree', '-r', '-z', '--name-only', REF))
      .split('\0')
      .filter(Boolean);
    return parseLedger(new Map(paths.map((path) => [path, run('cat-file', 'blob', `${REF}:${path}`)])));
  };
  return { room, run, read };
}

test.each([
  ['the first event', 0],
  ['an event behind others', 2],
])(
  'whatever befalls a request that writes %s: after another run it is there once, and the chain is whole',
  async (_, before) => {
    const { room, run, read } = await openRing();
    await using _room = room;
    for (let index = 0; index < before; index++) {
      await room.open().append(() => ({ append: draftRelease('churn', `v1.${index}.0`) }));
    }
    const tip = await room.repository.resolve('modelgate');
    const runs = await runFaultRing({
      github: room.github,
      prepare() {
        run('update-ref', ...(tip === undefined ? ['-d', REF] : [REF, tip]));
        room.github.forget();
      },
      async act() {
        const appended = await room.open().append(() => ({ append: draftRelease('churn', 'v9.0.0') }));
        if (!('event' in appended) || appended.event.sequence !== before + 1) throw new Error('It is not the next');
      },
      check() {
        const { events } = read();
        expect(events.map(({ id }) => id).filter((id) => id === 'release:churn:v9.0.0')).toHaveLength(1);
        expect(events).toHaveLength(before + 1);
        expect(String(run('rev-list', '--count', REF)).trim()).toBe(String(before + 1));
      },
    });
    expect(runs).toBeGreaterThan(40);
  },
);

test('an event whose answer was lost, and that others wrote behind, is recognised as written', async () => {
  const { room, read } = await openRing();
  await using _room = room;
  await room.open().append(() => ({ append: draftRelease('churn', 'v1.0.0') }));
  room.github.faults.add({ operation: 'git/update-ref', kind: 'drop', when: 'after' });
  const look = room.github.faults.add({ operation: 'git/get-ref', nth: 2, kind: 'delay' });
  const counters: number[] = [];
  const writing = room.open().append(({ events }) => {
    counters.push(events.length);
    return { append: draftPromotion('churn', 'production', events.length, 'v1.0.0') };
  });
  await look.reached;
  await room.open().append(() => ({ append: draftRelease('churn', 'v1.1.0') }));
  look.release();
  expect(await writing).toMatchObject({ appended: true, event: { sequence: 2, counter: 1 }, head: { sequence: 2 } });
  expect(counters).toEqual([1]);
  expect(read().events.map(({ kind }) => kind)).toEqual(['release', 'promotion', 'release']);
});

test('a download of the ledger that breaks off starts anew', async () => {
  const { room } = await openRing();
  await using _room = room;
  await room.open().append(() => ({ append: draftRelease('churn', 'v1.0.0') }));
  room.github.faults.add({ operation: 'results-blob', kind: 'cut' });
  expect((await room.open().read()).events).toHaveLength(1);
});
