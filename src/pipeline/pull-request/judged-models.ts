import { join } from 'node:path';
import { UserMistake } from '../../errors.ts';
import { renderSentence } from '../../evaluation/sentence.ts';
import { readEvidence } from '../../evidence/files.ts';
import type { JudgedModel } from '../../report/aggregate-check.ts';
import {
  CANCELLED_REFUSAL,
  DRAFT_REFUSAL,
  FORK_REFUSAL,
  isRefusal,
  type Refusal,
  refuseArtifact,
} from '../../report/refusals.ts';
import { type JudgedEntry, readJudgedIndex } from './judged-index.ts';

/** What the run that is reported came to, besides what was judged of it. */
export interface RunState {
  /** How the run, or the job that made the candidates, ended: `success`, `failure`, `cancelled` … */
  readonly result: string;
  readonly headSha: string;
  readonly draft: boolean;
  readonly fork: boolean;
}

/**
 * Reads the models of a judged folder: the evidence of each, or why there is none. A job that was cancelled or skipped must
 * not end in a green check. So where the run itself did not succeed, a verdict that passes is handed on in two cases: the
 * run failed because another model stops the merge; or it failed, and left behind the candidate that was judged here. Its
 * own judge may know less than this one, which has a token for teams.
 * Throws UserMistake when the folder is not what a judge of ours writes.
 */
export async function readJudgedModels(folder: string, state: RunState): Promise<JudgedModel[]> {
  const index = await readJudgedIndex(folder);
  if (index.head !== state.headSha) {
    const found = `the folder is of the commit ${index.head}, and ${state.headSha} is reported`;
    throw new UserMistake({ found, fix: 'Run the workflow again.' });
  }
  const stops = index.models.some(({ blocks }) => blocks);
  return Promise.all(
    index.models.map((entry) => {
      const counts = state.result === 'success' || (state.result === 'failure' && (stops || !entry.reused));
      return readModel(folder, entry, { ...state, counts });
    }),
  );
}

async function readModel(
  folder: string,
  entry: JudgedEntry,
  state: RunState & { readonly counts: boolean },
): Promise<JudgedModel> {
  const model = entry.model ?? entry.config;
  if (entry.refused || entry.model === null) return { model, judged: chooseRefusal(entry, state) };
  const judged = await readEvidence(join(folder, entry.model)).catch((error: unknown) => {
    if (error instanceof UserMistake) return refuseArtifact(error.message);
    throw error;
  });
  if (isRefusal(judged) || judged.verdict?.blocks !== false || state.counts) return { model, judged };
  return { model, judged: refuseResult(state.result) };
}

/**
 * A draft and a fork are not trained yet, and a run that was cancelled has trained nothing to its end. Where they were, or
 * cannot be, the judge has a reason of its own.
 */
function chooseRefusal({ reason, absent }: JudgedEntry, { draft, fork, result }: RunState): Refusal {
  if (!absent) return refuse(reason);
  if (result === 'cancelled') return CANCELLED_REFUSAL;
  return draft ? DRAFT_REFUSAL : fork ? FORK_REFUSAL : refuse(reason);
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
    reason: renderSentence(reason),
    fix: 'Look at the log of the run.',
  };
}
