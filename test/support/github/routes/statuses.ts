import { type Answer, answerList, type Call, type Routes, takePage } from '../call.ts';
import { ApiFault } from '../fault.ts';
import { combineStates, keepStatuses, listNewest, type StatusRecord } from '../records/statuses.ts';
import { showAccount } from '../show-account.ts';
import { showMinimalRepository } from '../show-repository.ts';
import { writeTime } from '../world.ts';

/** In characters; GitHub's answer names the number. */
const DESCRIPTION_LIMIT = 140;
/** Of one context on one commit (docs.github.com/rest/commits/statuses). */
const STATUS_LIMIT = 1000;

interface StatusBody {
  readonly state: StatusRecord['state'];
  readonly target_url?: string | null;
  readonly description?: string | null;
  readonly context?: string;
}

/** Commit statuses. */
export const statusRoutes: Routes = {
  'repos/create-commit-status': async (call: Call<StatusBody>): Promise<Answer> => {
    const sha = call.params['sha'] ?? '';
    if ((await call.repository.resolve(sha)) !== sha) throw new ApiFault(422, `No commit found for SHA: ${sha}`);
    const { state, target_url = null, description = null, context = 'default' } = call.body;
    if ((description ?? '').length > DESCRIPTION_LIMIT) {
      throw refuse('description', `description is too long (maximum is ${DESCRIPTION_LIMIT} characters)`);
    }
    if (target_url && !/^https?:\/\//.test(target_url)) {
      throw refuse('target_url', 'target_url must use http(s) scheme');
    }
    const all = call.repository.part(keepStatuses);
    if (all.filter((one) => one.sha === sha && one.context === context).length >= STATUS_LIMIT) {
      throw refuse('base', 'This SHA and context has reached the maximum number of statuses.');
    }
    const login = call.token?.login ?? 'ghost';
    const made = { id: call.world.nextId(), sha, state, context, description, targetUrl: target_url };
    const status: StatusRecord = { ...made, creator: login, created: call.world.now() };
    all.push(status);
    return { status: 201, body: { ...showStatus(call, status), creator: showAccount(call.world, login) } };
  },
  'repos/list-commit-statuses-for-ref': async (call: Call): Promise<Answer> => {
    const sha = await findCommit(call);
    const found = call.repository.part(keepStatuses).filter((status) => status.sha === sha);
    return answerList(
      call,
      found.toReversed().map((one) => ({ ...showStatus(call, one), creator: showAccount(call.world, one.creator) })),
    );
  },
  'repos/get-combined-status-for-ref': async (call: Call): Promise<Answer> => {
    const { repository } = call;
    const sha = await findCommit(call);
    const newest = listNewest(repository.part(keepStatuses), sha);
    const { page, headers } = takePage(call, newest);
    const body = {
      state: combineStates(newest),
      sha,
      total_count: newest.length,
      statuses: page.map((status) => showStatus(call, status)),
      repository: showMinimalRepository(repository),
      commit_url: `${repository.apiUrl}/commits/${sha}`,
      url: `${repository.apiUrl}/commits/${sha}/status`,
    };
    return { status: 200, headers, body };
  },
};

async function findCommit(call: Call): Promise<string> {
  const sha = await call.repository.resolve(call.params['ref'] ?? '');
  if (sha === undefined) throw new ApiFault(422, `No commit found for SHA: ${call.params['ref']}`);
  return sha;
}

function refuse(field: string, message: string): ApiFault {
  return new ApiFault(422, 'Validation Failed', { errors: [{ resource: 'Status', code: 'custom', field, message }] });
}

function showStatus(call: Call, status: StatusRecord): Record<string, unknown> {
  const time = writeTime(status.created);
  return {
    id: status.id,
    node_id: `SC_${status.id}`,
    url: `${call.repository.apiUrl}/statuses/${status.sha}`,
    avatar_url: showAccount(call.world, status.creator)['avatar_url'],
    state: status.state,
    context: status.context,
    description: status.description,
    target_url: status.targetUrl,
    created_at: time,
    updated_at: time,
  };
}
