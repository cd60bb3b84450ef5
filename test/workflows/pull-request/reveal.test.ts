import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EvaluationEvidence } from '../../../src/evidence/schema/evaluation.ts';
import { ROOT } from '../../support/program.ts';
import type { RunResult } from '../../support/workflows/run/result.ts';
import { type Candidate, listEntries, readEntries, restate, zip } from './forged-candidate.ts';
import { CANDIDATE, ForkScene } from './fork-scene.ts';

const read = (path: string) => readFile(join(ROOT, 'examples/penguins', path), 'utf8');

/** Values of a test row that stand nowhere else: a mass that its contract forbids, and an id that the training set has too. */
const [ID, MASS] = ['p977', '987654321'];
const writeRow = (mass: string) => `${ID},Adelie,Biscoe,40,18,190,${mass},male\n`;

/** The numbers of the honest candidate, which the first of these finds: they are the same under each. */
let known: (readonly [name: string, value: number])[] = [];

describe.for(['rows', 'metrics', 'verdict'] as const)('with `reveal: %s`', (reveal) => {
  let scene: ForkScene;
  let honest: Candidate;
  let config: string;
  beforeAll(async () => {
    config = (await read('modelgate.yml')).replace('reveal: rows', `reveal: ${reveal}`);
    scene = await ForkScene.open({ files: { 'modelgate.yml': config } });
    honest = (await scene.trainHonestly()).candidate;
  });
  afterAll(() => scene[Symbol.asyncDispose]());

  /** Everything that somebody who can read the repository sees of a report, but its artifacts. */
  async function report(branch: string, candidate: Candidate = honest) {
    const { repository } = scene;
    const sha = await repository.commit({ branch, files: { 'notes.txt': branch }, from: 'main' });
    const { number } = await repository.openPullRequest({ head: branch });
    const run = scene.forgeRun({ number, branch, sha }, { headRepository: repository, actor: 'octo' });
    run.addArtifact(CANDIDATE, await zip(listEntries(restate(candidate, sha))));
    const reported = await scene.report(run.id);
    const checks = repository.inspect.checkRuns(sha).filter(({ name }) => name.startsWith('modelgate'));
    const shown = [scene.readComment(number), JSON.stringify(checks.map(({ output }) => output)), listOutput(reported)];
    const { id } = repository.inspect.runs().findLast(({ workflowPath }) => workflowPath.endsWith('report.yml')) ?? {};
    return { shown: shown.join('\n'), artifact: await readEntries(scene.readArtifact(id ?? 0, 'modelgate-reported')) };
  }

  test(`the numbers are ${reveal === 'verdict' ? 'neither shown nor in the artifact' : 'shown'}`, async () => {
    const { shown, artifact } = await report('numbers');
    const [, text] = artifact.find(([name]) => name === 'penguins/evidence/evaluation.json') ?? [];
    const { metrics, outcome }: EvaluationEvidence = JSON.parse(String(text));
    expect(outcome).toBe('pass');
    const values = metrics.flatMap(({ name, value, slice }) =>
      value === null || slice ? [] : [[name, value] as const],
    );
    if (reveal === 'rows') known = values;
    expect(known.length).toBeGreaterThan(3);
    expect(values).toEqual(reveal === 'verdict' ? [] : known);
    const documents = artifact.filter(([name]) => !name.includes('predictions.')).map(([, content]) => String(content));
    // Digests and times are numbers of their own.
    const all = [shown, ...(reveal === 'verdict' ? documents : [])]
      .join('\n')
      .replaceAll(/sha256:[0-9a-f]{64}|"(seconds|created|started)": ?"?[^,"}]+/g, '');
    const seen = known.filter(([, value]) => listForms(value).some((form) => form.test(all)));
    expect(seen).toEqual(reveal === 'verdict' ? [] : known);
  });

  test(`the labels are ${reveal === 'verdict' ? 'not ' : ''}named where no prediction is one of them`, async () => {
    const predictions = honest.predictions.replaceAll(/,(Adelie|Chinstrap|Gentoo),/g, ',Bird,');
    const { shown } = await report('labels', { ...honest, predictions });
    expect(shown.includes('Chinstrap')).toBe(reveal !== 'verdict');
  });

  test(`values of single rows are ${reveal === 'rows' ? '' : 'not '}shown`, async () => {
    const [training, testing] = [await read('data/train.csv'), await read('data/test.csv')];
    const files = {
      'data/train.csv': `${training}${writeRow('4000')}`,
      'data/test.csv': `${testing}${writeRow(MASS)}`,
    };
    await scene.repository.commit({ branch: 'main', files });
    const { shown } = await report('rows');
    expect([ID, MASS].filter((value) => shown.includes(value))).toEqual(reveal === 'rows' ? [ID, MASS] : []);
  });
});

/** A number as reports round it, and with more digits; not inside another number, such as a coordinate of a drawing. */
function listForms(value: number): RegExp[] {
  const forms = [value.toFixed(3), value.toFixed(4), value.toPrecision(4), (value * 100).toFixed(2)];
  return forms.map((form) => new RegExp(`(?<![\\d.])${form.replaceAll('.', '\\.')}`));
}

function listOutput({ jobs, annotations }: RunResult): string {
  const parts = Object.values(jobs).map(
    ({ log, summary, outputs }) => `${log}\n${summary}\n${JSON.stringify(outputs)}`,
  );
  return [...parts, JSON.stringify(annotations)].join('\n');
}
