import type { World } from '../../registry/promotion/world.ts';
import { readGit } from '../../support/github/git/commands.ts';
import { type DeploymentRecord, keepDeployments } from '../../support/github/records/deployments.ts';
import { keepIssues } from '../../support/github/records/issues.ts';

/** Remembers how a repository is now; what is returned makes it so again, for the next case of many. */
export async function keepMoment({
  github,
  repository,
}: Pick<World, 'github' | 'repository'>): Promise<() => Promise<void>> {
  const list = async () => {
    const text = await readGit(repository.folder, ['for-each-ref', '--format=%(objectname) %(refname)']);
    return new Map(text.split('\n').map((line) => [line.slice(41), line.slice(0, 40)] as const));
  };
  const deployments = repository.state.part(keepDeployments);
  const issues = repository.state.part(keepIssues);
  const copy = (all: readonly DeploymentRecord[]) => all.map((one) => ({ ...one, statuses: [...one.statuses] }));
  const kept = { refs: await list(), deployments: copy(deployments), issues: structuredClone(issues) };
  return async () => {
    const now = await list();
    const gone = [...now.keys()].filter((ref) => !kept.refs.has(ref)).map((ref) => `delete ${ref}\n`);
    const moved = [...kept.refs]
      .filter(([ref, oid]) => now.get(ref) !== oid)
      .map(([ref, oid]) => `update ${ref} ${oid}\n`);
    const input = [...gone, ...moved].join('');
    if (input !== '') await readGit(repository.folder, ['update-ref', '--stdin'], { input });
    deployments.splice(0, deployments.length, ...copy(kept.deployments));
    issues.splice(0, issues.length, ...structuredClone(kept.issues));
    github.forget();
  };
}
