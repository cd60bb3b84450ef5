import { join } from 'node:path';
import { type Project, readProject } from '../../config/project.ts';
import type { LibraryOptions } from '../../engine/library.ts';
import { UserMistake } from '../../errors.ts';
import type { Client } from '../../github/client.ts';
import { readCommitTime, readGitState } from '../../github/git.ts';
import type { Repository } from '../../github/repository.ts';
import { type Assembled, assemblePackage } from '../../registry/package/assembly.ts';
import type { Sign } from '../../registry/provenance/model-signature.ts';
import { type AcceptedModel, readAcceptedModel } from './accepted-model.ts';
import type { JudgedRun } from './judged-run.ts';
import { fetchModelFiles } from './model-artifact.ts';
import { placeModelFiles } from './model-placing.ts';
import { findSigner } from './signing.ts';

/** What a release is put together from. */
export interface ReleaseInput {
  readonly client: Client;
  readonly repository: Repository;
  readonly defaultBranch: string;
  readonly run: JudgedRun;
  /** What that run judged. */
  readonly judged: string;
  /** The path of modelgate.yml from the root of the repository. */
  readonly config: string;
  /** A clean checkout of the released commit, into which the model's files are put. */
  readonly checkout: string;
  /** A folder of ours that stays until the release is published. */
  readonly temporary: string;
  readonly library: LibraryOptions;
  /** Where a key to sign with is looked for. */
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/** A package with what else publishing wants to know of it. */
export interface ReleasePackage {
  readonly project: Project;
  readonly accepted: AcceptedModel;
  readonly package: Assembled;
  /** Signs the model; undefined where nobody asked for it. */
  readonly sign: Sign | undefined;
  /** When the commit was made: the same for every run on it. RFC 3339, UTC. */
  readonly created: string;
}

/** Fetches the files of an accepted model, puts them into the checkout, and packs the release. */
export async function packRelease(input: ReleaseInput): Promise<ReleasePackage> {
  const { client, repository, defaultBranch, run, judged, config, checkout, temporary } = input;
  await requireCommit(checkout, run.commit);
  const accepted = await readAcceptedModel(judged, run, config);
  const project = await readProject(join(checkout, config), checkout);
  const sign = await findSigner(project.config, input.environment);
  const files = await fetchModelFiles(client, { repository, run, accepted, defaultBranch, temporary });
  await placeModelFiles(project, files);
  const made = await assemblePackage({
    project,
    evidence: accepted.evidence,
    runFolder: join(judged, accepted.model),
    predictions: accepted.predictions,
    temporary: join(temporary, 'package'),
    library: input.library,
    signal: input.signal,
  });
  return { project, accepted, package: made, sign, created: await readCommitTime(checkout, run.commit) };
}

async function requireCommit(checkout: string, commit: string): Promise<void> {
  const state = await readGitState(checkout);
  if (state.commit === commit && !state.dirty) return;
  const found =
    state.commit === commit ? 'has changed files' : `is ${state.commit ?? 'no commit'}, and ${commit} is released`;
  throw new UserMistake({
    found: `the checkout ${found}`,
    fix: 'Check out exactly the output `commit` of phase find.',
  });
}
