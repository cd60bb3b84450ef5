import { readFile, realpath } from 'node:fs/promises';
import { basename, dirname, join, posix, relative, sep } from 'node:path';
import { decodeConfig, findConfigFile, parseConfig } from '../../config/project.ts';
import type { Config } from '../../config/schema/modelgate.ts';
import { listStages } from '../../config/stages.ts';
import { UserMistake } from '../../errors.ts';
import { type DefaultBranch, readCommitFile, readDefaultBranch } from '../../github/default-branch.ts';
import { readGitState } from '../../github/git.ts';
import { CODE_OWNERS } from '../../governance/code-owners.ts';
import type { PromoteOptions } from '../../registry/promotion/promote.ts';
import type { Terminal } from '../command.ts';
import type { OpenedRegistry } from './opening.ts';

/** A modelgate.yml as it was merged, and what is needed to say who may approve. */
export interface MergedProject {
  readonly config: Config;
  readonly people: NonNullable<PromoteOptions['people']>;
}

/**
 * Reads the modelgate.yml of a model from the default branch, whatever is checked out here: a branch could allow what
 * nobody has agreed to. `config` says where the file lies in the repository; it need not be here. Warns where the one that
 * is here differs. Throws UserMistake where nothing was merged, or another model's.
 */
export async function readMergedProject(
  terminal: Pick<Terminal, 'progress'>,
  { client, repository }: Pick<OpenedRegistry, 'client' | 'repository'>,
  model: string,
  config: string,
): Promise<MergedProject> {
  const branch = await readDefaultBranch(client, repository);
  const { file, text: local } = await locate(config);
  const bytes = await readCommitFile(client, repository, branch.commit, file);
  if (bytes === undefined) {
    const found = `the branch ${branch.name} of ${repository.fullName} has no such file`;
    throw new UserMistake({
      file,
      found,
      fix: 'Stages change by what was merged only. Merge it, or name another with --config.',
    });
  }
  const merged = parseMerged(bytes, file, branch);
  if (merged.model !== model) {
    const found = `on the branch ${branch.name} this is of the model ${merged.model}, and ${model} was asked for`;
    throw new UserMistake({ file, found, fix: `Name the modelgate.yml of ${model} with --config.` });
  }
  if (local !== undefined && !Buffer.from(bytes).equals(local)) {
    terminal.progress.warn(`${file} here differs from the one of the branch ${branch.name}, and that one counts`);
  }
  const folder = posix.dirname(file);
  const owned = listStages(merged).some(({ approval }) => approval?.['code-owners-of'] !== undefined);
  const codeOwners = owned ? await readCodeOwners({ client, repository }, branch) : undefined;
  return { config: merged, people: { folder: folder === '.' ? '' : folder, codeOwners, teamClient: client } };
}

/** The path of a modelgate.yml from the root of the repository, with forward slashes, and what it holds here. */
async function locate(config: string): Promise<{ file: string; text: Buffer | undefined }> {
  const absolute = await findConfigFile(config);
  const folder = await realpath(dirname(absolute)).catch(() => dirname(absolute));
  const { root } = await readGitState(folder).catch(() => ({ root: undefined }));
  const name = basename(absolute);
  const path = root === undefined ? name : join(relative(root, folder), name);
  return { file: path.split(sep).join('/'), text: await readFile(absolute).catch(() => undefined) };
}

/** Every mistake in it is told as one of the branch: here it may be mended already. */
function parseMerged(bytes: Uint8Array, file: string, { name }: DefaultBranch): Config {
  try {
    return parseConfig(decodeConfig(bytes, file), file).config;
  } catch (error) {
    if (!(error instanceof UserMistake)) throw error;
    const told = error.problems.map((problem) => ({ ...problem, found: `on the branch ${name}: ${problem.found}` }));
    throw new UserMistake(told, { cause: error });
  }
}

async function readCodeOwners(
  { client, repository }: Pick<OpenedRegistry, 'client' | 'repository'>,
  { commit }: DefaultBranch,
): Promise<string | undefined> {
  for (const path of CODE_OWNERS) {
    const bytes = await readCommitFile(client, repository, commit, path);
    if (bytes !== undefined) return Buffer.from(bytes).toString('utf8');
  }
  return undefined;
}
