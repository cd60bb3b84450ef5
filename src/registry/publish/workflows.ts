import type { Problem } from '../../errors.ts';
import { git } from '../../github/git.ts';
import { JOB_LOGIN, readOwnLogin } from '../../github/viewer.ts';
import type { PublishOptions } from './options.ts';

const FOLDER = '.github/workflows';

/**
 * What stands against a tag on a commit whose workflow files are not those of the default branch: GitHub lets the token of
 * a job make none there (REST API, "Create a release"). Undefined where nothing does, or no clone tells.
 */
export async function findWorkflowProblem(
  options: PublishOptions,
  defaultBranch: string,
): Promise<Problem | undefined> {
  const { checkout, client, package: made } = options;
  if (checkout === undefined) return undefined;
  const tip = await readObject(checkout, `refs/remotes/origin/${defaultBranch}^{commit}`);
  const own = await readObject(checkout, `${made.commit}^{commit}`);
  if (tip === '' || own === '') return undefined;
  if ((await readObject(checkout, `${tip}:${FOLDER}`)) === (await readObject(checkout, `${own}:${FOLDER}`)))
    return undefined;
  if ((await readOwnLogin(client)) !== JOB_LOGIN) return undefined;
  return {
    file: FOLDER,
    found: `these files of ${made.commit.slice(0, 12)} are not those of ${defaultBranch}, and GitHub lets the token of a job release no such commit`,
    fix: `Release a commit that has the workflow files of ${defaultBranch}, or use the token of an app or a user that may write workflows.`,
  };
}

/** The id of an object; an empty text where there is none. */
async function readObject(folder: string, name: string): Promise<string> {
  return await git(folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', name]).catch(() => '');
}
