type Payload = { readonly [key: string]: unknown };

/**
 * Why actions/checkout v7 refuses: code of a fork's pull request in a run that holds the base repository's token and
 * secrets. Undefined when it does not (actions/checkout, src/unsafe-pr-checkout-helper.ts).
 */
export function describeUnsafeCheckout(
  event: string,
  payload: Payload,
  wanted: { readonly repository: string; readonly ref: string; readonly commit: string },
): string | undefined {
  const head = findHead(event, payload);
  const own = read(payload, 'repository', 'id');
  if (!head || typeof head.id !== 'number' || head.id === own) return undefined;
  const unsafe =
    wanted.repository.toLowerCase() === String(head.fullName).toLowerCase() ||
    /^refs\/pull\/[0-9]+\/(head|merge)$/.test(wanted.ref) ||
    (wanted.commit !== '' && head.commits.includes(wanted.commit.toLowerCase()));
  return unsafe ? `Refusing to check out fork pull request code from a '${event}' workflow.` : undefined;
}

interface Head {
  readonly id: unknown;
  readonly fullName: unknown;
  readonly commits: readonly unknown[];
}

function findHead(event: string, payload: Payload): Head | undefined {
  if (event === 'pull_request_target') {
    const pull = (...path: string[]) => read(payload, 'pull_request', ...path);
    const commits = [pull('head', 'sha'), pull('merge_commit_sha')];
    return { id: pull('head', 'repo', 'id'), fullName: pull('head', 'repo', 'full_name'), commits };
  }
  const run = (...path: string[]) => read(payload, 'workflow_run', ...path);
  const cause = run('event');
  if (event !== 'workflow_run' || typeof cause !== 'string' || !cause.startsWith('pull_request')) return undefined;
  // The head of a run that pull_request_target started is the base's.
  const head = cause === 'pull_request_target' ? [] : [run('head_sha')];
  return {
    id: run('head_repository', 'id'),
    fullName: run('head_repository', 'full_name'),
    commits: [run('head_commit', 'id'), ...head],
  };
}

function read(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce((inner: unknown, key) => (inner as Payload | undefined)?.[key], value);
}
