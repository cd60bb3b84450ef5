import { expect, test } from 'vitest';
import type { Look, Progress } from '../../src/progress.ts';
import { checkFolder, contract, createFolder } from './project.ts';

const ROWS = 400_000;

/** Looks at every step as often as it can while it goes on. */
function createWatch() {
  const seen = new Map<string, Set<string | undefined>>();
  const looks: Look[] = [];
  const progress: Progress = {
    info() {},
    warn() {},
    output() {},
    start(text, look) {
      const found = new Set<string | undefined>();
      seen.set(text, found);
      if (look) looks.push(look);
      const watching = setInterval(() => found.add(look?.()), 1);
      const end = () => clearInterval(watching);
      return { update() {}, done: end, fail: end };
    },
  };
  return { progress, seen, looks };
}

test('each step of a check says how far its pass is, and nothing once it has ended', async () => {
  const rows = Array.from({ length: ROWS }, (_, row) => `${row},bird ${row * 7}\n`).join('');
  const properties = [
    { name: 'id', logicalType: 'integer', unique: true },
    { name: 'name', logicalType: 'string', unique: true },
  ];
  const birds = { path: 'birds.csv', contract: 'birds.odcs.yaml' };
  const checks = [{ 'no-overlap': { between: ['birds', 'fish'] } }];
  const folder = await createFolder({
    'modelgate.yml': JSON.stringify({
      ...{ version: 1, model: 'birds' },
      data: { birds, fish: { path: 'fish.csv' }, checks },
    }),
    'birds.csv': `id,name\n${rows}`,
    'fish.csv': 'id,name\n-1,cod\n',
    'birds.odcs.yaml': contract(properties),
  });
  const { progress, seen, looks } = createWatch();
  const evidence = await checkFolder(folder, 'modelgate.yml', progress);
  expect(evidence.outcome).toBe('pass');
  const steps = ['Reading the data set birds', 'Checking the data set birds', 'Checking no-overlap'];
  for (const step of steps) {
    const whole = step === 'Checking the data set birds' ? ` of ${ROWS} rows` : '';
    const told = [...(seen.get(step) ?? [])].filter((text) => text !== undefined);
    expect(told, step).not.toEqual([]);
    for (const text of told) expect(text).toMatch(new RegExp(`^this pass: \\d{1,3} %${whole}$`));
  }
  expect(looks).toHaveLength(seen.size);
  for (const look of looks) expect(look()).toBeUndefined();
});
