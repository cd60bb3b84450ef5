import type { Subject as EvidenceSubject } from '../../evidence/schema/envelope.ts';
import type { Subject } from '../../github/subject.ts';
import { type Candidate, readCandidate } from './candidate-reading.ts';
import type { CommitFiles } from './commit-files.ts';
import type { ReadConfig } from './committed-config.ts';
import type { EarlierRuns } from './earlier-runs.ts';
import type { CandidateFolder } from './judge-input.ts';
import { findSameInputs } from './reuse.ts';

/** A candidate, and the commit and configuration that its documents must speak of. */
export interface FoundCandidate {
  readonly candidate: Candidate;
  readonly made: Pick<EvidenceSubject, 'commit' | 'config'>;
  /** Taken over from an earlier run. */
  readonly reused: boolean;
}

interface CandidateSearch {
  readonly files: CommitFiles;
  readonly subject: Subject;
  readonly file: string;
  readonly head: ReadConfig;
  /** The artifact of this run; undefined where there is none. */
  readonly artifact: CandidateFolder | undefined;
  readonly runs: EarlierRuns | undefined;
  readonly ancestors: readonly string[];
  readonly mayReuse: boolean;
  /** Whether the head has other labels than the base: then no earlier evidence will do. */
  readonly changesLabels: boolean;
}

/** Why there is no candidate to judge. `absent`: nothing was left behind, as when nothing was trained. */
export interface NoCandidate {
  readonly refused: string;
  readonly absent?: true;
}

/** Reads the candidate of a run, or takes over that of an earlier commit with the same inputs. */
export async function findCandidate(search: CandidateSearch): Promise<FoundCandidate | NoCandidate> {
  const { files, subject, file, head, artifact, runs, ancestors } = search;
  if (artifact !== undefined) {
    const candidate = 'fault' in artifact ? { refused: artifact.fault } : await readCandidate(artifact.folder);
    if ('refused' in candidate) return { refused: `the artifact of the candidate is refused: ${candidate.refused}` };
    const { model, config } = candidate.plan;
    if (model === head.config.model && config === file) {
      return { candidate, made: { commit: subject.head.sha, config: head.sha256 }, reused: false };
    }
    return { refused: 'the artifact of the candidate is refused: plan.json speaks of another model or configuration' };
  }
  const { config } = head;
  const found =
    runs && search.mayReuse && !search.changesLabels
      ? await findSameInputs({ files, runs, ancestors, model: config.model, config, head: subject.head.sha, file })
      : undefined;
  if (!found) return { refused: explainAbsence(subject), absent: true };
  const document = found.candidate.training ?? found.candidate.prediction;
  const { commit, config: sha256 } = document?.subject ?? { commit: subject.head.sha, config: head.sha256 };
  return { candidate: found.candidate, made: { commit, config: sha256 }, reused: true };
}

function explainAbsence({ draft, fork }: Subject): string {
  if (draft) return 'there is no candidate: a draft is not trained. Mark the pull request as ready for review';
  const fix = 'look at the log of the job that trains';
  if (!fork) return `there is no candidate: ${fix}`;
  return `there is no candidate: a fork is trained after somebody with the right to write has approved this very commit, when the workflow is run again; if that was done, ${fix}`;
}
