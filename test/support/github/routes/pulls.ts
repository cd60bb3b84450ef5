import { type Answer, answerList, type Call, type Routes } from '../call.ts';
import { countPull, findRange } from '../count-pull.ts';
import { ApiFault, invalid, notFound } from '../fault.ts';
import { listChanges, listCommits } from '../git/reading.ts';
import { refuseLongBody } from '../limits.ts';
import { keepPulls, type PullRecord } from '../records/pulls.ts';
import { showAccount } from '../show-account.ts';
import { showChange, showCommit } from '../show-commit.ts';
import { showPull, showWholePull } from '../show-pull.ts';

/** GitHub lists at most so many commits of a pull request. */
const COMMIT_LIMIT = 250;

/** Pull requests, their commits and their files. */
export const pullRoutes: Routes = {
  'pulls/get': async (call: Call) => ({ status: 200, body: await showWhole(call, findPull(call)) }),
  'pulls/list': listPulls,
  'pulls/list-commits': async (call: Call) => {
    const { range } = await findRange(call.repository, findPull(call));
    const commits = await listCommits(call.repository.folder, range);
    return answerList(
      call,
      commits
        .toReversed()
        .slice(0, COMMIT_LIMIT)
        .map((commit) => showCommit(call.repository, commit)),
    );
  },
  'pulls/list-files': async (call: Call) => {
    const pull = findPull(call);
    const { base } = await findRange(call.repository, pull);
    const changes = await listChanges(call.repository.folder, base, pull.head.sha);
    return answerList(
      call,
      changes.map((change) => showChange(call.repository, change, pull.head.sha)),
    );
  },
  'pulls/create': createPull,
  'pulls/update': updatePull,
  'pulls/list-requested-reviewers': (call: Call) => {
    const users = findPull(call).requestedReviewers.map((login) => showAccount(call.world, login));
    return { status: 200, body: { users, teams: [] } };
  },
  'repos/list-pull-requests-associated-with-commit': (call: Call) => {
    const sha = call.params['commit_sha'];
    const pulls = keptPulls(call).filter((pull) => pull.head.sha === sha);
    return answerList(
      call,
      pulls.map((pull) => showPull(call.repository, pull)),
    );
  },
};

/** The pull request of a path. Throws 404. */
export function findPull(call: Call): PullRecord {
  const pull = call.repository.part(keepPulls).find(Number(call.params['pull_number']));
  if (pull === undefined) throw notFound();
  return pull;
}

function keptPulls(call: Call): readonly PullRecord[] {
  return call.repository.part(keepPulls).all;
}

/** GitHub ignores a `head` that has no owner and lists everything; so does this. */
function listPulls(call: Call): Answer {
  const { state = 'open', head, base, direction, sort = 'created' } = call.query;
  const [owner, ref] = splitHead(String(head ?? ''));
  const found = keptPulls(call)
    .filter((pull) => state === 'all' || pull.state === state)
    .filter((pull) => base === undefined || pull.base.ref === base)
    .filter((pull) => ref === '' || (pull.head.ref === ref && pull.head.repository.owner === owner))
    .toSorted((a, b) => (sort === 'updated' ? a.updated.getTime() - b.updated.getTime() : a.number - b.number));
  const descending = (direction ?? (head === undefined || sort === 'created' ? 'desc' : 'asc')) === 'desc';
  return answerList(
    call,
    (descending ? found.toReversed() : found).map((pull) => showPull(call.repository, pull)),
  );
}

async function createPull(
  call: Call<{ title?: string; head: string; base: string; body?: string; draft?: boolean }>,
): Promise<Answer> {
  const { title = '', body, draft = false } = call.body;
  refuseLongBody(body);
  const [owner, ref] = call.body.head.includes(':')
    ? splitHead(call.body.head)
    : [call.repository.owner, call.body.head];
  const repository = [...call.hub.repositories.values()].find(
    (other) => other.owner === owner && (other === call.repository || other.parent === call.repository),
  );
  const sha = await repository?.resolve(`heads/${ref}`);
  if (repository === undefined || sha === undefined) throw invalid('PullRequest', 'head', 'invalid');
  if ((await call.repository.resolve(`heads/${call.body.base}`)) === undefined) {
    throw invalid('PullRequest', 'base', 'invalid');
  }
  const pull = await call.repository.part(keepPulls).open({
    head: { repository, ref },
    base: call.body.base,
    author: call.token?.login ?? 'ghost',
    title,
    body: body ?? null,
    draft,
  });
  return { status: 201, body: await showWhole(call, pull) };
}

async function updatePull(
  call: Call<{ title?: string; body?: string | null; state?: 'open' | 'closed'; base?: string }>,
): Promise<Answer> {
  const pull = findPull(call);
  const { title, body, state, base } = call.body;
  refuseLongBody(body);
  if (base !== undefined && (await call.repository.resolve(`heads/${base}`)) === undefined) {
    throw invalid('PullRequest', 'base', 'invalid');
  }
  if (pull.merged && state === 'open') throw new ApiFault(422, 'Validation Failed');
  if (title !== undefined) pull.title = title;
  if (body !== undefined) pull.body = body;
  if (state !== undefined) pull.state = state;
  if (base !== undefined) pull.base.ref = base;
  pull.updated = call.world.now();
  return { status: 200, body: await showWhole(call, pull) };
}

async function showWhole(call: Call, pull: PullRecord): Promise<Record<string, unknown>> {
  return showWholePull(call.repository, pull, await countPull(call.repository, pull));
}

function splitHead(head: string): [string, string] {
  const colon = head.indexOf(':');
  return colon < 0 ? ['', ''] : [head.slice(0, colon), head.slice(colon + 1)];
}
