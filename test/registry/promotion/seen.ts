import type { PlacingEvent } from '../../../src/evidence/schema/ledger.ts';
import { readGit } from '../../support/github/git/commands.ts';
import { keepDeployments } from '../../support/github/records/deployments.ts';
import { keepIssues } from '../../support/github/records/issues.ts';
import type { World } from './world.ts';

/** What anybody can see of the stages of a repository: the ledger, git, deployments, issues, and what was dispatched. */
export async function see(world: World) {
  const { repository, github } = world;
  const { events } = await world.openLedger().read();
  const placings = events.filter((event): event is PlacingEvent => 'counter' in event);
  const format = '%(refname:short)\t%(contents:subject)\t%(*objectname)';
  const listed = await readGit(repository.folder, ['tag', '--list', '*#*', `--format=${format}`]);
  const deployments = repository.state.part(keepDeployments);
  const dispatches = github.announced.filter(({ event }) => event === 'repository_dispatch');
  return {
    placings: placings.map(({ kind, tag, version, from }) => ({ kind, tag, version, from })),
    tags: listed === '' ? [] : listed.split('\n').map((line) => line.split('\t')),
    deployments: deployments.map(({ ref, sha, environment, statuses }) => {
      return { ref, sha, environment, states: statuses.map(({ state }) => state) };
    }),
    dispatches: dispatches.map(({ payload }) => payload['client_payload'] as Record<string, unknown>),
    issues: repository.state.part(keepIssues).map(({ title, state, labels, body }) => ({ title, state, labels, body })),
  };
}
