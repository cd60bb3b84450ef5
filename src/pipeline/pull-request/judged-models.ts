import { join } from 'node:path';
import { UserMistake } from '../../errors.ts';
import { readEvidence } from '../../evidence/files.ts';
import type { JudgedModel } from '../../report/aggregate-check.ts';
import { DRAFT_REFUSAL, isRefusal, type Refusal, refuseArtifact } from '../../report/refusals.ts';
import { type JudgedEntry, readJudgedIndex } from './judged-index.ts';

/** What the run that is reported came to, besides what was judged of it. */
export interface RunState {
  /** How the run, or the job that made the candidates, ended: `success`, `failure`, `cancelled` … */
  readonly result: string;
  readonly headSha: string;
  readonly draft: boolean;
}

/**
 * Reads the models of a judged folder: the evidence of each, or why there is none. Where the run itself did not succeed, no
 * verdict that passes is handed on: a job that was cancelled or skipped must not end in a green check.
 * Throws UserMistake when the folder is not what a judge of ours writes.
 */
export async function readJudgedModels(folder: string, state: RunState): Promise<JudgedModel[]> {
  const index = await readJudgedIndex(folder);
  if (index.head !== state.headSha) {
    const found = `the folder is of the commit ${index.head}, and ${state.headSha} is reported`;
    throw new UserMistake({ found, fix: 'Run the workflow again.' });
  }
  return Promise.all(index.models.map((entry) => readModel(folder, entry, state)));
}

async function readModel(folder: string, entry: JudgedEntry, state: RunState): Promise<JudgedModel> {
  const model = entry.model ?? entry.config;
  if (entry.refused || entry.model === null) {
    return { model, judged: state.draft ? DRAFT_REFUSAL : refuse(entry.reason) };
  }
  const judged = await readEvidence(join(folder, entry.model)).catch((error: unknown) => {
    if (error instanceof UserMistake) return refuseArtifact(error.message);
    throw error;
  });
  if (isRefusal(judged) || judged.verdict?.blocks !== false || state.result === 'success') return { model, judged };
  return { model, judged: refuseResult(state.result) };
}

/** Says why a run that did not succeed has no verdict, whatever was measured. */
export function refuseResult(result: string): Refusal {
  const cancelled = result === 'cancelled';
  return {
    kind: cancelled ? 'cancelled' : 'missing',
    title: cancelled ? 'The run was cancelled' : 'The run did not succeed',
    reason: `It ended with ${result === '' ? 'no result' : result}, so its verdict does not count.`,
    fix: 'Look at the log of the run, and run it again.',
  };
}

function refuse(reason: string): Refusal {
  return {
    kind: 'missing',
    title: 'The model could not be judged',
    reason: `${reason}.`,
    fix: 'Look at the log of the run.',
  };
}
