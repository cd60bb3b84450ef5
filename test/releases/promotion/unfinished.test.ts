import { afterEach, beforeEach, expect, test } from 'vitest';
import { see } from '../../registry/promotion/seen.ts';
import { runOf, World } from '../../registry/promotion/world.ts';

let world: World;
beforeEach(async () => {
  world = await World.open();
  for (const version of ['v1.0.0', 'v1.1.0']) await world.addVersion(version);
  await world.promote('v1.0.0', 'production');
});
afterEach(async () => {
  await world[Symbol.asyncDispose]();
});

const states = async () => (await see(world)).deployments.map(({ ref, states }) => [ref, states.at(-1)]);
const counters = async () => (await see(world)).dispatches.map(({ counter }) => counter);

/** Promotes v1.1.0, and is ended where the operation is asked for. */
async function promoteUpTo(operation: string): Promise<void> {
  world.github.faults.add({ kind: 'status', status: 502, operation, times: 9 });
  await expect(world.promote('v1.1.0', 'production', { run: runOf(5) })).rejects.toThrow('GitHub did not let');
  world.github.faults.clear();
}

test.each(['git/create-tag', 'repos/create-deployment', 'repos/create-dispatch-event'])(
  'a rollback from a promotion that stopped at %s finishes it, and nobody deploys what is left',
  async (operation) => {
    await promoteUpTo(operation);
    const result = await world.rollBack('production', { run: runOf(6) });
    expect(result).toMatchObject({
      state: 'rolled-back',
      event: { version: 'v1.0.0', from: 'v1.1.0', counter: 3 },
      finished: { placings: [{ event: { counter: 2 }, dispatched: false }, { event: { counter: 3 } }], left: [] },
    });
    expect(await counters()).toEqual([1, 3]);
    expect(await states()).toEqual([
      ['churn#production#1', 'inactive'],
      ['churn#production#2', 'inactive'],
      ['churn#production#3', 'success'],
    ]);
    expect(await world.promote('v1.1.0', 'production', { run: runOf(5, 2) })).toMatchObject({ state: 'replaced' });
  },
);

test('a promotion into the place of one that stopped is announced alone', async () => {
  await world.addVersion('v1.2.0');
  await promoteUpTo('repos/create-deployment');
  expect(await world.promote('v1.2.0', 'production')).toMatchObject({ state: 'promoted', event: { counter: 3 } });
  expect(await counters()).toEqual([1, 3]);
});

const REST = { contents: 'write', issues: 'write', actions: 'read' } as const;

test.each(['promotion', 'rollback'])(
  'a %s whose token may only read deployments ends there, and the next run goes on',
  async (kind) => {
    if (kind === 'rollback') await world.promote('v1.1.0', 'production');
    const act = (more: object) =>
      kind === 'rollback' ? world.rollBack('production', more) : world.promote('v1.1.0', 'production', more);
    const before = (await see(world)).placings.length;
    const client = world.connect({ ...REST, deployments: 'read' });
    await expect(act({ client, run: runOf(8) })).rejects.toThrow(/make the deployment of .*[\s\S]*deployments: write/);
    expect((await see(world)).placings).toHaveLength(before + 1);
    expect((await see(world)).dispatches).toHaveLength(before);
    expect(await act({ run: runOf(8, 2) })).toMatchObject({ state: kind === 'rollback' ? 'rolled-back' : 'promoted' });
    const { placings, tags, deployments, dispatches } = await see(world);
    expect([placings, tags, deployments, dispatches].map(({ length }) => length)).toEqual(Array(4).fill(before + 1));
  },
);
