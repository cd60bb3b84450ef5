import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import type { Issue } from '../../../src/github/issues.ts';
import { findReleaseEvent } from '../../../src/registry/ledger/queries.ts';
import type { PromotionRequest } from '../../../src/registry/promotion/request.ts';
import { type AnsweredRequest, answerRequest } from '../../../src/registry/promotion/request-answer.ts';
import { openRequest } from '../../../src/registry/promotion/request-issue.ts';
import { renderRequest } from '../../../src/registry/promotion/request-text.ts';
import { OURS, runOf, type World } from '../../registry/promotion/world.ts';
import { createOctokit } from '../../support/github/octokit.ts';
import type { NewRun, Run } from '../../support/github/run-handle.ts';

export const WORKFLOW = '.github/workflows/promote.yml';
export const AT = { owner: 'octo', repo: 'zoo' };

export type Wish = Partial<Omit<PromotionRequest, 'run'>>;

/** What ada wants, where nothing else is said. */
const WISH = { model: 'churn', version: 'v1.0.0', stage: 'production', reason: 'It **is** better, @everyone' };

/** A run of the workflow that ada started by hand on the default branch. */
export async function startRun({ repository }: World, more: Partial<NewRun> = {}): Promise<Run> {
  const headSha = (await repository.resolve('refs/heads/main')) ?? '';
  const run = { workflowPath: WORKFLOW, event: 'workflow_dispatch', headSha, headBranch: 'main', actor: 'ada' };
  return repository.createRun({ ...run, conclusion: 'success', ...more });
}

/** The text of the issue in which a run asks. */
export async function writeText(world: World, run: Pick<Run, 'id' | 'attempt'>, wish: Wish = {}): Promise<string> {
  const asked = runOf(run.id, run.attempt);
  const request: PromotionRequest = { ...WISH, requestedBy: 'ada', ...wish, run: asked };
  const release = findReleaseEvent(await world.openLedger().read(), request.model, request.version);
  const stage = world.stages.find(({ name }) => name === request.stage);
  if (release === undefined || stage === undefined) throw new Error('There is no such version or stage');
  return renderRequest({ request, stage, release, live: null });
}

/** Keeps the text of a request as the workflow does: as an artifact of the run. */
export async function keep(run: Run, text: string, name = `modelgate-request-${run.attempt}`): Promise<void> {
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(text), 'request.md');
  zip.end();
  run.addArtifact(name, await buffer(zip.outputStream));
}

/** Opens the issue of a request as a run does; `run` is a new one without. */
export async function open(world: World, wish: Wish = {}, run?: Run): Promise<Issue> {
  const asking = run ?? (await startRun(world));
  const text = await writeText(world, asking, wish);
  await keep(asking, text);
  return await openRequest(world.connect(), world.place, { text, author: OURS });
}

/** The issues of a repository, as somebody sees them. */
export const as = (world: World, login: string) =>
  createOctokit(world.github, world.repository, {}, { kind: 'user', login }).rest.issues;

/** Comments on an issue; answers with the id of the comment. */
export async function say(world: World, login: string, body: string, { number }: Pick<Issue, 'number'>) {
  return (await as(world, login).createComment({ ...AT, issue_number: number, body })).data.id;
}

let runs = 1_000_000;
/** What a comment on an issue starts. */
export async function answer(world: World, { number }: Pick<Issue, 'number'>): Promise<AnsweredRequest> {
  runs += 1;
  const place = { workflowPath: WORKFLOW, defaultBranch: 'main' };
  return await answerRequest({ ...world.scene({ run: runOf(runs) }), ...place, number });
}
