import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserMistake } from '../../errors.ts';
import { findReleaseEvent, readStages } from '../../registry/ledger/queries.ts';
import type { PromotionRequest } from '../../registry/promotion/request.ts';
import { openRequest } from '../../registry/promotion/request-issue.ts';
import { RECORD_FILE, readRecord } from '../../registry/promotion/request-record.ts';
import { renderRequest } from '../../registry/promotion/request-text.ts';
import type { Scene } from '../../registry/promotion/scene.ts';
import type { Shell } from '../shell.ts';

/** Seconds before each look for what was uploaded a moment ago. */
const LOOKS_S = [0, 2, 5] as const;

/**
 * Writes the text of a request, for the workflow to keep as an artifact of its run; answers with the path. An issue counts
 * later only where it says the same.
 */
export async function writeRecord(
  { environment }: Pick<Shell, 'environment'>,
  { ledger, stages }: Pick<Scene, 'ledger' | 'stages'>,
  request: PromotionRequest,
): Promise<string> {
  const read = await ledger.read();
  const stage = stages.find(({ name }) => name === request.stage);
  const release = findReleaseEvent(read, request.model, request.version);
  if (!stage || !release) throw new Error('an approval is asked for what is not there');
  const live = readStages(read, request.model).get(request.stage)?.version ?? null;
  const file = join(await mkdtemp(join(environment['RUNNER_TEMP'] || tmpdir(), 'modelgate-request-')), RECORD_FILE);
  await writeFile(file, renderRequest({ request, stage, release, live }));
  return file;
}

/** Opens the issue in which somebody can agree, with the text that this run keeps; the same wish of a person has one. */
export async function ask(
  shell: Pick<Shell, 'print' | 'postSummary' | 'setOutputs'>,
  { client, repository, author }: Pick<Scene, 'client' | 'repository' | 'author'>,
  { run }: PromotionRequest,
): Promise<void> {
  let text: string | undefined;
  for (const seconds of LOOKS_S) {
    if (text === undefined && seconds > 0) await client.pause(seconds);
    text ??= await readRecord(client, repository, run);
  }
  if (text === undefined) {
    const found = `an approval is missing, and attempt ${run.attempt} of this run keeps no request`;
    throw new UserMistake({ found, fix: 'Start a new run of the workflow model-promote.' });
  }
  const issue = await openRequest(client, repository, { text, author });
  shell.print(`An approval is missing. Somebody else comments /approve here: ${issue.url}\n`);
  await shell.postSummary(
    `## An approval is missing\n\nSomebody else comments \`/approve\` in [the issue](${issue.url}).\n`,
  );
  shell.setOutputs({ issue: issue.url });
}
