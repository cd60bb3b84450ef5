import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nameCarried } from '../../../src/pipeline/pull-request/carried.ts';
import { createPullRequest, hold, judge, openWorkshop, tamper, type Workshop } from './workshop.ts';

const FILE = 'out/numbers.json';
const CONFIG = `version: 1
model: penguins
evaluate:
  run: mkdir -p out && cp numbers.json ${FILE}
  reported:
    - { path: ./${FILE}, metrics: { score: { key: score, direction: higher } } }
gates:
  rules:
    - { id: good, metric: score, min: 0.5 }
`;

let workshop: Workshop;
let base: string;
let head: string;
beforeAll(async () => {
  workshop = await openWorkshop();
  const write = (name: string, text: string) => writeFile(join(workshop.folder, name), text);
  const change = async (score: number) => {
    await write('modelgate.yml', CONFIG);
    await write('numbers.json', JSON.stringify({ score }));
  };
  ({ base, head } = await workshop.propose(
    () => change(0.75),
    () => change(0.25),
  ));
});
afterAll(() => workshop.remove());

async function make(): Promise<string> {
  workshop.git('checkout', '--quiet', '--force', head);
  const candidate = await workshop.train({ base });
  workshop.git('checkout', '--quiet', '--force', base);
  return candidate;
}

test('numbers that the candidate’s machine reported are judged where the judge is, as reported', async () => {
  const candidates = hold(await make());
  const judged = await judge(workshop, createPullRequest(head, base), { candidates });
  expect(judged.model).toMatchObject({ outcome: 'pass', refused: false });
  const { evaluation, verdict } = await judged.read('penguins');
  expect(evaluation?.metrics).toMatchObject([{ name: 'score', value: 0.75, source: 'reported' }]);
  expect(verdict?.rules[0]?.reason).toContain('the file’s own claim');
});

test('numbers that were changed on their way are refused', async () => {
  const candidate = await make();
  await tamper(candidate, nameCarried(FILE), '0.75', '0.95');
  const judged = await judge(workshop, createPullRequest(head, base), { candidates: hold(candidate) });
  expect(judged.model).toMatchObject({ outcome: 'cannot-measure', blocks: true, refused: true });
  expect(JSON.stringify(judged.model)).toContain(`as \`${FILE}\` is not in the artifact`);
});
