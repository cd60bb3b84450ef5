import { type Answer, answerList, type Call, type Routes } from '../call.ts';
import { ApiFault, notFound } from '../fault.ts';
import { type EnvironmentRecord, ensureEnvironment, keepEnvironments } from '../records/deployments.ts';
import { showAccount } from '../show-account.ts';
import { writeTime } from '../world.ts';

interface EnvironmentBody {
  readonly wait_timer?: number;
  readonly prevent_self_review?: boolean;
  readonly reviewers?: EnvironmentRecord['reviewers'] | null;
  readonly deployment_branch_policy?: EnvironmentRecord['branches'];
}

/** docs.github.com/rest/deployments/environments: minutes in 30 days, and reviewers of one environment. */
const LONGEST_WAIT = 43_200;
const REVIEWER_LIMIT = 6;

/** Environments and their protection. What runs workflows holds jobs back by it; these routes only keep it. */
export const environmentRoutes: Routes = {
  'repos/get-all-environments': (call: Call) => {
    const all = [...call.repository.part(keepEnvironments).values()];
    return answerList(
      call,
      all.map((one) => showEnvironment(call, one)),
      'environments',
    );
  },
  'repos/get-environment': (call: Call) => ({ status: 200, body: showEnvironment(call, findEnvironment(call)) }),
  /** What a body leaves out is without protection afterwards. */
  'repos/create-or-update-environment': (call: Call<EnvironmentBody | null>): Answer => {
    const body = call.body ?? {};
    const { wait_timer: waitTimer = 0, prevent_self_review: preventSelfReview = false } = body;
    const reviewers = body.reviewers ?? [];
    const branches = body.deployment_branch_policy ?? null;
    if (waitTimer < 0 || waitTimer > LONGEST_WAIT) throw new ApiFault(422, 'wait_timer must be between 0 and 43200');
    if (reviewers.length > REVIEWER_LIMIT) throw new ApiFault(422, `Up to ${REVIEWER_LIMIT} reviewers can be listed`);
    if (branches !== null && branches.protected_branches === branches.custom_branch_policies) {
      throw new ApiFault(422, 'protected_branches and custom_branch_policies cannot have the same value');
    }
    const environment = ensureEnvironment(call.repository, call.params['environment_name'] ?? '');
    const updated = call.world.now();
    Object.assign(environment, { waitTimer, preventSelfReview, reviewers, branches, updated });
    return { status: 200, body: showEnvironment(call, environment) };
  },
  'repos/delete-an-environment': (call: Call): Answer => {
    call.repository.part(keepEnvironments).delete(findEnvironment(call).name.toLowerCase());
    return { status: 204 };
  },
  'repos/list-deployment-branch-policies': (call: Call) =>
    answerList(call, findEnvironment(call).policies.map(showPolicy), 'branch_policies'),
  'repos/create-deployment-branch-policy': (call: Call<{ name: string; type?: 'branch' | 'tag' }>): Answer => {
    const environment = findEnvironment(call);
    const { name, type = 'branch' } = call.body;
    // GitHub answers 404 here, as for an environment that is not there.
    if (environment.branches?.custom_branch_policies !== true) throw notFound();
    const known = environment.policies.some((policy) => policy.name === name && policy.type === type);
    if (known) return { status: 303 };
    const policy = { id: call.world.nextId(), name, type };
    environment.policies.push(policy);
    return { status: 200, body: showPolicy(policy) };
  },
};

function findEnvironment(call: Call): EnvironmentRecord {
  const found = call.repository.part(keepEnvironments).get((call.params['environment_name'] ?? '').toLowerCase());
  if (found === undefined) throw notFound();
  return found;
}

function showPolicy(policy: EnvironmentRecord['policies'][number]): Record<string, unknown> {
  return { ...policy, node_id: `DBP_${policy.id}` };
}

function showEnvironment(call: Call, environment: EnvironmentRecord): Record<string, unknown> {
  const { id, name, waitTimer, reviewers, branches, preventSelfReview } = environment;
  const path = encodeURIComponent(name);
  const rule = (type: string) => ({ id, node_id: `GA_${type}_${id}`, type });
  const people = reviewers.map((reviewer) => {
    const login = call.world.accounts.findById(reviewer.id);
    return { type: reviewer.type, ...(login !== undefined && { reviewer: showAccount(call.world, login) }) };
  });
  return {
    id,
    node_id: `EN_${id}`,
    name,
    url: `${call.repository.apiUrl}/environments/${path}`,
    html_url: `${call.repository.htmlUrl}/deployments/activity_log?environments_filter=${path}`,
    created_at: writeTime(environment.created),
    updated_at: writeTime(environment.updated),
    protection_rules: [
      ...(waitTimer > 0 ? [{ ...rule('wait_timer'), wait_timer: waitTimer }] : []),
      ...(reviewers.length > 0
        ? [{ ...rule('required_reviewers'), prevent_self_review: preventSelfReview, reviewers: people }]
        : []),
      ...(branches === null ? [] : [rule('branch_policy')]),
    ],
    deployment_branch_policy: branches,
  };
}
