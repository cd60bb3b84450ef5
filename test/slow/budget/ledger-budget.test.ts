import { expect, test } from 'vitest';
import { countVerdict } from '../../../src/pipeline/budget/counting.ts';
import { openLedgerReader, openLedgerStore } from '../../../src/pipeline/budget/ledger-store.ts';
import { readBudget } from '../../../src/pipeline/budget/reading.ts';
import { openLedger } from '../../../src/registry/ledger/branch-ledger.ts';
import { ACCOUNT, BUDGET, createConfig, createJudged } from '../../pipeline/budget/evidence.ts';
import { openBranch } from '../../registry/ledger/branch.ts';
import { fakeDigest } from '../../support/evidence.ts';

const WHO = { actor: 'ada', run: { id: 7, attempt: 1, url: 'https://github.invalid/octo/zoo/actions/runs/7' } };
type Room = Awaited<ReturnType<typeof openBranch>>;
const openStore = (room: Room) => openLedgerStore(room.open(), WHO);
const readFor = (room: Room, name: string) =>
  readBudget(
    {
      project: { config: createConfig() } as never,
      openBudget: async () => openLedgerReader(room.open()),
      signal: new AbortController().signal,
    },
    createJudged(name).evaluation,
    { config: fakeDigest('modelgate.yml'), bootstrap: false },
  );

test('the first verdict begins the ledger, and a repeated one is not counted again', async () => {
  await using room = await openBranch();
  expect(await readFor(room, 'one')).toMatchObject({ spent: 1, state: 'open', counted: true });
  expect(await countVerdict(openStore(room), createJudged('one'))).toEqual({ state: 'counted' });
  expect(await countVerdict(openStore(room), createJudged('one'))).toEqual({ state: 'counted' });
  expect(await readFor(room, 'one')).toMatchObject({ spent: 1 });
  expect(await readFor(room, 'two')).toMatchObject({ spent: 2 });
  const { events } = await room.open().read();
  expect(events).toHaveLength(1);
  expect(events[0]).toMatchObject({
    kind: 'verdict',
    model: 'penguins',
    actor: 'ada',
    budget: BUDGET.id,
    testSet: fakeDigest('data/test.csv'),
    config: fakeDigest('modelgate.yml'),
    outcome: 'pass',
  });
});

test('two pull requests at once are both counted', async () => {
  await using room = await openBranch();
  const names = ['one', 'two', 'three'];
  const countings = names.map((name) => countVerdict(openStore(room), createJudged(name)));
  expect(await Promise.all(countings)).toEqual(names.map(() => ({ state: 'counted' })));
  expect(await openStore(room).read(ACCOUNT)).toHaveLength(3);
});

test('whoever comes second for the last verdict is refused where nothing may go beyond, else told', async () => {
  await using room = await openBranch();
  const last = (name: string, whenSpent: 'warn' | 'cannot-measure') =>
    countVerdict(openStore(room), createJudged(name, { verdicts: 1, whenSpent, state: 'nearly-spent' }));
  expect(await last('one', 'cannot-measure')).toEqual({ state: 'counted' });
  expect(await last('two', 'cannot-measure')).toMatchObject({
    state: 'refused',
    reason: expect.stringContaining('it is verdict 2 of 1'),
  });
  expect(await last('three', 'warn')).toEqual({ state: 'counted' });
});

test('of jobs that take the last verdict of a ledger at once, one has it', async () => {
  await using room = await openBranch();
  const take = async (name: string) =>
    (await countVerdict(openStore(room), createJudged(name, { verdicts: 1, whenSpent: 'cannot-measure' }))).state;
  const states = await Promise.all(['one', 'two', 'three'].map(take));
  expect(states.toSorted()).toEqual(['counted', 'refused', 'refused']);
});

test('an answer that was lost does not count twice', async () => {
  await using room = await openBranch();
  await countVerdict(openStore(room), createJudged('one'));
  room.github.faults.add({ operation: 'git/update-ref', kind: 'drop', when: 'after' });
  expect(await countVerdict(openStore(room), createJudged('two'))).toEqual({ state: 'counted' });
  expect(await openStore(room).read(ACCOUNT)).toHaveLength(2);
});

test('a verdict that cannot be counted is refused, and says what the job needs', async () => {
  await using room = await openBranch();
  const reader = openLedger(room.connect({ contents: 'read' }), room.place, { now: () => new Date(0) });
  const store = openLedgerStore(reader, WHO);
  expect(await countVerdict(store, createJudged('one'))).toMatchObject({
    state: 'refused',
    fix: expect.stringContaining('contents: write'),
  });
  expect(await countVerdict(store, createJudged('two', { counted: false }))).toEqual({ state: 'counted' });
});

test('two models of the same id are two budgets, also where they ask the same', async () => {
  await using room = await openBranch();
  const seals = { ...ACCOUNT, model: 'seals' };
  await countVerdict(openStore(room), createJudged('one'));
  const other = createJudged('one', {}, { verdict: { model: 'seals' } });
  expect(await countVerdict(openStore(room), other)).toEqual({ state: 'counted' });
  expect(await openStore(room).read(ACCOUNT)).toHaveLength(1);
  expect(await openStore(room).read(seals)).toHaveLength(1);
});

test('a ledger that cannot be read is an unknown budget, with the reason', async () => {
  await using room = await openBranch();
  await countVerdict(openStore(room), createJudged('one'));
  room.github.faults.add({ operation: 'git/get-ref', kind: 'status', status: 403, when: 'before', times: 100 });
  const state = await readFor(room, 'two');
  expect(state).toMatchObject({ state: 'unknown', spent: null, counted: false });
  expect(state?.text).toMatch(/^nobody can say how many of the 20 verdicts are left: /);
});

test('verdicts of a newer Modelgate are not taken for none', async () => {
  const newer = [{ sequence: 1, id: 'verdict:x', kind: 'verdict', digest: fakeDigest('x') }];
  const reader = openLedgerReader({
    read: async () => ({ events: [], newer, head: { sequence: 1, digest: fakeDigest('x') }, commit: '1'.repeat(40) }),
  });
  await expect(reader.read(ACCOUNT)).rejects.toThrow('newer Modelgate');
});
