import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EvidenceSet } from '../../../src/evidence/document.ts';
import { executeStages } from '../../../src/pipeline/execute.ts';
import { withRun } from '../../../src/pipeline/run.ts';
import { STAGES } from '../../../src/pipeline/stages.ts';
import { createPullRequest, createPush, hold, judge, openWorkshop, SETTING, type Workshop } from './workshop.ts';

let workshop: Workshop;
beforeAll(async () => {
  workshop = await openWorkshop();
});
afterAll(() => workshop.remove());

test.each(['.', 'models/penguins'])(
  'one machine and several come to the same evidence in %s, times aside',
  async (place) => {
    if (place !== '.') {
      await mkdir(join(workshop.folder, place), { recursive: true });
      const names = (await readdir(workshop.folder)).filter((name) => !['.git', 'models', 'out'].includes(name));
      workshop.git('mv', ...names.filter((name) => name !== '__pycache__' && name !== '.modelgate'), place);
    }
    const head = workshop.commit();
    const config = join(workshop.folder, place);
    const laptop = await withRun({ ...SETTING, config, runFolder: await workshop.makeFolder() }, (run) =>
      executeStages(run, STAGES),
    );
    const candidates = hold(await workshop.train({ place }));
    const judged = await judge(workshop, createPush(head), { candidates, configs: [place] });
    expect(judged.index.models).toMatchObject([{ model: 'penguins', outcome: 'pass', blocks: false, refused: false }]);
    const { verdict, ...rest } = await judged.read('penguins');
    const { judgedBy, ...decision } = verdict ?? {};
    expect(judgedBy).toMatchObject({ side: 'head', commit: head, bootstrap: false });
    expect(withoutTimes({ ...rest, verdict: decision } as EvidenceSet)).toEqual(withoutTimes(laptop));
  },
);

test('of a pull request that changes nothing they differ in what is told of the judge alone', async () => {
  const head = workshop.commit();
  const base = workshop.git('rev-parse', 'HEAD^');
  workshop.git('checkout', '--quiet', head);
  const candidates = hold(await workshop.train({ place: 'models/penguins', base }));
  const pushed = await judge(workshop, createPush(head), { candidates, configs: ['models/penguins'] });
  workshop.git('checkout', '--quiet', base);
  const proposed = await judge(workshop, createPullRequest(head, base), { candidates, configs: ['models/penguins'] });
  const [one, other] = [await pushed.read('penguins'), await proposed.read('penguins')];
  const { judgedBy, ruleChanges, promiseChanges, ...verdict } = other.verdict ?? {};
  const { judgedBy: _own, ...expected } = one.verdict ?? {};
  expect(judgedBy).toMatchObject({ side: 'base', commit: base });
  expect([ruleChanges, promiseChanges]).toEqual([[], []]);
  expect(withoutTimes({ ...other, verdict } as EvidenceSet)).toEqual(
    withoutTimes({ ...one, verdict: expected } as EvidenceSet),
  );
});

function withoutTimes(evidence: EvidenceSet) {
  return Object.fromEntries(
    Object.entries(evidence).map(([kind, { created: _created, timing: _timing, ...document }]) => [kind, document]),
  );
}
