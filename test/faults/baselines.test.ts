import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runBaselines } from '../../src/actions/pull-request/baselines.ts';
import { openReleasedPenguins, type ReleasedPenguins } from '../releases/baselines/released-penguins.ts';
import type { RequestRecord } from '../support/github/server.ts';
import type { Hit, StepName } from './flow.ts';
import { describeHit, grave, type Kind, listHits, once } from './hits.ts';
import { perform } from './step.ts';
import { MODEL } from './world.ts';

let penguins: ReleasedPenguins;
let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'modelgate-baselines-'));
  penguins = await openReleasedPenguins();
  await penguins.release();
  await penguins.promote('v1.0.0');
  // What the release kept lacks this row, so its model has to predict it.
  const text = await penguins.read('data/test.csv');
  const [, row = ''] = text.split('\n');
  await penguins.write('data/test.csv', `${text.trim()}\n${row.replace(/^[^,]+/, 'new-1')}\n`);
  penguins.git('add', '--all');
  penguins.git('commit', '--quiet', '--message', 'One more row');
  penguins.git('push', '--quiet', 'origin', 'HEAD:refs/heads/main');
});
afterAll(async () => {
  await penguins.remove();
  await rm(home, { recursive: true, force: true });
});

/** Finds the baselines that have to predict, in a job of a run for a push, and tells what it hands to the step that runs them. */
async function find(hit?: Hit) {
  const { github, repository, folder } = penguins;
  const temporary = await mkdtemp(join(home, 'run-'));
  const event = join(temporary, 'event.json');
  const sha = penguins.git('rev-parse', 'HEAD');
  await writeFile(event, JSON.stringify(await github.createEvent.push(repository, { after: sha })));
  const before = github.requests.length;
  const hits = (hit?.faults ?? []).map((fault) => github.faults.add(fault));
  const ended = await perform({
    work: runBaselines,
    folder,
    inputs: {
      phase: 'find',
      config: JSON.stringify([join(folder, 'modelgate.yml')]),
      token: github.createToken({ repository, permissions: { contents: 'read' } }),
    },
    environment: {
      PATH: process.env['PATH'],
      RUNNER_TEMP: temporary,
      XDG_CACHE_HOME: join(temporary, 'cache'),
      GITHUB_ACTIONS: 'true',
      GITHUB_EVENT_NAME: 'push',
      GITHUB_EVENT_PATH: event,
      GITHUB_REPOSITORY: repository.fullName,
      GITHUB_REPOSITORY_ID: String(repository.id),
      GITHUB_RUN_ID: '7',
      GITHUB_RUN_ATTEMPT: '1',
      GITHUB_SHA: sha,
      GITHUB_WORKFLOW_REF: `${repository.fullName}/${MODEL}@refs/heads/main`,
      GITHUB_SERVER_URL: github.serverUrl,
      GITHUB_API_URL: github.apiUrl,
    },
  }).finally(() => github.faults.clear());
  const { wanted = '', baselines = '' } = ended.outputs;
  const listed = baselines && (await readFile(join(baselines, 'penguins/baselines.json'), 'utf8'));
  const models = await readdir(join(temporary, 'modelgate-baselines/models')).catch(() => []);
  await rm(temporary, { recursive: true });
  const requests: readonly RequestRecord[] = github.requests.slice(before);
  const struck = hits.reduce((sum, fault) => sum + fault.hits, 0);
  return { told: JSON.stringify({ wanted, listed, models }), wanted, mistake: ended.mistake, requests, struck };
}

const STEP: StepName = 'baselines';
/** Files come side by side, so a storm would hit one again and again: the first two of an operation are each hit alone. */
const brief: Kind = (request, nth) =>
  nth > 2 ? [] : once(request, nth).filter(({ status }) => status === undefined || status === 502 || status === 429);

test('whatever befalls a request of the job `baselines` once, it hands on the same model', async () => {
  const clean = await find();
  expect(clean).toMatchObject({ wanted: 'true', mistake: undefined });
  expect(clean.requests.length).toBeGreaterThan(5);
  const hits = listHits({ requests: new Map([[STEP, clean.requests]]) }, [STEP], brief);
  expect(hits.length).toBeGreaterThan(40);
  for (const hit of hits) {
    const { told, mistake, struck } = await find(hit);
    expect([mistake?.message, told], describeHit(hit)).toEqual([undefined, clean.told]);
    expect(struck, describeHit(hit)).toBeGreaterThan(0);
  }
});

test('what stays wrong with it is told with what to do, or no model is handed on, and none is half there', async () => {
  const clean = await find();
  const hits = listHits({ requests: new Map([[STEP, clean.requests]]) }, [STEP], grave);
  expect(hits.length).toBeGreaterThan(5);
  for (const hit of hits) {
    const { told, wanted, mistake, struck } = await find(hit);
    expect(struck, describeHit(hit)).toBeGreaterThan(0);
    for (const { fix } of mistake?.problems ?? []) expect(fix, describeHit(hit)).toBeTruthy();
    if (wanted === 'true') expect(told, describeHit(hit)).toBe(clean.told);
  }
});
