import { type GitState, git, readFault } from '../github/git.ts';
import { parseStageTag } from './versions/grammar.ts';

/** What the registry says of a stage: the tags of a repository, in GTO's grammar `model#stage#N`. */
export type StageLookup =
  | { readonly state: 'none-yet'; readonly text: string }
  | { readonly state: 'assigned'; readonly tag: string }
  | { readonly state: 'unavailable'; readonly text: string };

/**
 * Looks up the newest assignment of a stage. The remote `origin` is asked where there is one, for a clone may lack tags;
 * without a remote the repository itself is the registry. A question that nobody answered is `unavailable`, never
 * `none-yet`. `trusted` says that this is a runner, where a folder outside git proves nothing. `list` may ask with
 * credentials that git itself does not have.
 */
export async function lookUpStage(
  { root, fault }: Pick<GitState, 'root' | 'fault'>,
  model: string,
  stage: string,
  trusted: boolean,
  list: () => Promise<readonly string[]> = () => listTags(root ?? ''),
): Promise<StageLookup> {
  if (fault !== undefined) return { state: 'unavailable', text: `git does not say what is in ${stage}: ${fault}` };
  if (root === undefined) {
    const text = 'this folder is not in a git repository';
    return trusted
      ? { state: 'unavailable', text: `${text}, so nobody can say what is in ${stage}` }
      : { state: 'none-yet', text: `${text}, so nothing was released from it` };
  }
  try {
    const tags = await list();
    const tag = findNewestAssignment(tags, model, stage);
    if (tag) return { state: 'assigned', tag };
    return { state: 'none-yet', text: `no version of ${model} was assigned to ${stage} yet` };
  } catch (error) {
    return { state: 'unavailable', text: `the tags of origin could not be read: ${readFault(error)}` };
  }
}

async function listTags(root: string): Promise<string[]> {
  const remotes = (await git(root, ['remote'])).split('\n');
  if (!remotes.includes('origin')) return (await git(root, ['tag', '--list'])).split('\n');
  const lines = await git(root, ['ls-remote', '--tags', '--refs', 'origin']);
  return lines.split('\n').map((line) => line.replace(/^.*\trefs\/tags\//, ''));
}

/** The tag with the highest counter among `model#stage#N`; undefined when the stage holds nothing. */
export function findNewestAssignment(tags: readonly string[], model: string, stage: string): string | undefined {
  const counterOf = (tag: string): number => {
    const parsed = parseStageTag(tag);
    return parsed?.model === model && parsed.stage === stage ? parsed.counter : 0;
  };
  return tags
    .filter((tag) => counterOf(tag) > 0)
    .sort((a, b) => counterOf(a) - counterOf(b))
    .at(-1);
}
