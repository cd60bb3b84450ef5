import { type Problem, UserMistake } from '../../errors.ts';
import type { ReleaseEvent } from '../../evidence/schema/ledger.ts';
import { hasCommit, readRepositoryState } from '../../github/repository-state.ts';
import { readAnnotatedTag } from '../../github/tags.ts';
import type { PublishOptions } from './options.ts';
import { MOST_BUNDLES } from './plan-files.ts';
import type { Survey } from './survey.ts';
import { findWorkflowProblem } from './workflows.ts';

/** Attestations keep their names, so these must be such as GitHub keeps and readers look for. */
const BUNDLE_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*\.(sigstore\.json|intoto\.jsonl)$/;

/** Looks for everything that would stop a release half-way. Throws UserMistake with all of it. */
export async function checkBeforehand(options: PublishOptions, survey: Survey, tag: string): Promise<void> {
  const { client, repository, package: made } = options;
  const [state, isThere, standing, neighbour] = await Promise.all([
    readRepositoryState(client, repository),
    hasCommit(client, repository, made.commit),
    readAnnotatedTag(client, repository, tag),
    findNeighbour(options, survey),
  ]);
  const workflows = await findWorkflowProblem(options, state.defaultBranch);
  const { model, commit, facts } = made;
  const problems: (Problem | false)[] = [
    facts.outcome !== 'pass' && {
      found: `the verdict of ${model} is ${facts.outcome}`,
      fix: 'Only a model whose verdict is pass becomes a version.',
    },
    state.archived && { found: `${repository.fullName} is archived`, fix: 'Nothing can be written to it.' },
    state.push === false && {
      found: `the token may only read ${repository.fullName}`,
      fix: 'Use a token with the permission `contents: write`.',
    },
    !isThere && {
      found: `the commit ${commit.slice(0, 12)} is not on GitHub`,
      fix: 'Push it first: a version stands on a commit that others can read.',
    },
    standing !== undefined && {
      found: `the tag ${tag} is there already, on ${standing.commit.slice(0, 12)}`,
      fix: 'Tags are never moved: choose another number with --bump, or delete that tag if it is nobody’s version.',
    },
    // GTO's `find_version(commit_hexsha=…)` fails on the whole repository once a stage stands on such a commit.
    neighbour !== undefined && {
      found: `the commit ${commit.slice(0, 12)} is ${neighbour.tag} already`,
      fix:
        'A commit holds one version of a model, as in GTO, also one that was withdrawn: make another commit, if need be with ' +
        '`git commit --allow-empty`.',
    },
    workflows ?? false,
    ...findBundleProblems(options),
  ];
  const all = problems.filter((problem) => problem !== false);
  if (all.length > 0) throw new UserMistake(all);
}

/** The version of this model whose tag stands on the same commit. */
async function findNeighbour(options: PublishOptions, survey: Survey): Promise<ReleaseEvent | undefined> {
  const { client, repository, package: made } = options;
  for (const event of survey.events) {
    if (event.commit !== made.commit || !survey.tags.includes(event.tag)) continue;
    if ((await readAnnotatedTag(client, repository, event.tag))?.commit === made.commit) return event;
  }
  return undefined;
}

function findBundleProblems({ attestations = [] }: PublishOptions): Problem[] {
  if (attestations.length > MOST_BUNDLES)
    return [
      { found: `there are ${attestations.length} attestations`, fix: `A release keeps room for ${MOST_BUNDLES}.` },
    ];
  return attestations.flatMap(({ path, size }) => {
    if (!BUNDLE_NAME.test(path)) return [{ file: path, found: 'this is no name of an attestation', fix: BUNDLE_FIX }];
    return size === 0 ? [{ file: path, found: 'the file is empty', fix: BUNDLE_FIX }] : [];
  });
}

const BUNDLE_FIX = 'A bundle is a file without folder whose name ends with .sigstore.json or .intoto.jsonl.';
