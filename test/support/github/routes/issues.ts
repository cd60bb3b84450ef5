import { findAssociation } from '../association.ts';
import { type Answer, answerList, type Call, type Routes } from '../call.ts';
import { ApiFault, invalid, notFound } from '../fault.ts';
import { refuseLongBody } from '../limits.ts';
import { keepComments } from '../records/comments.ts';
import { type IssueRecord, keepIssues } from '../records/issues.ts';
import { keepLabels } from '../records/labels.ts';
import { keepPulls, type PullRecord } from '../records/pulls.ts';
import { includesRole } from '../repository.ts';
import { showAccount } from '../show-account.ts';
import { writeTime } from '../world.ts';
import { showLabel } from './labels.ts';

interface IssueBody {
  readonly title?: string | number;
  readonly body?: string | null;
  readonly labels?: readonly (string | { readonly name?: string })[];
  readonly assignees?: readonly string[];
  readonly state?: 'open' | 'closed';
  readonly state_reason?: string | null;
}

/** Issues. GitHub's lists of issues hold pull requests too, with a `pull_request`. */
export const issueRoutes: Routes = {
  'issues/create': (call: Call<IssueBody>): Answer => {
    const { title = '', body = null, labels = [], assignees = [] } = call.body;
    if (String(title).trim() === '') throw invalid('Issue', 'title', 'missing_field');
    refuseLongBody(body);
    const login = call.token?.login ?? 'ghost';
    // Labels and people of those who may not write are left out without a word.
    const writes = call.token?.kind !== 'user' || includesRole(call.repository.roleOf(login), 'triage');
    const issue: IssueRecord = {
      id: call.world.nextId(),
      number: call.repository.nextNumber(),
      title: String(title),
      body,
      state: 'open',
      stateReason: null,
      author: login,
      labels: writes ? readLabels(call, labels) : [],
      assignees: writes ? [...assignees] : [],
      created: call.world.now(),
      updated: call.world.now(),
    };
    call.repository.part(keepIssues).push(issue);
    const shown = showIssue(call, issue);
    return { status: 201, body: shown, headers: { location: String(shown['url']) } };
  },
  'issues/get': (call: Call): Answer => ({ status: 200, body: showIssue(call, findIssue(call)) }),
  'issues/update': (call: Call<IssueBody>): Answer => {
    const issue = findIssue(call);
    const { title, body, labels, assignees, state, state_reason } = call.body;
    refuseLongBody(body);
    if (title !== undefined) issue.title = String(title);
    if (body !== undefined) {
      if ('stateReason' in issue && body !== issue.body) issue.edited = call.world.now();
      issue.body = body;
    }
    if (labels !== undefined) issue.labels.splice(0, issue.labels.length, ...readLabels(call, labels));
    if ('stateReason' in issue) {
      if (assignees !== undefined) issue.assignees = [...assignees];
      if (state !== undefined && state !== issue.state) issue.stateReason = state === 'open' ? 'reopened' : 'completed';
      if (state === 'closed' && state_reason) issue.stateReason = state_reason;
    }
    if (state !== undefined) {
      if ('merged' in issue && issue.merged && state === 'open') throw new ApiFault(422, 'Validation Failed');
      issue.state = state;
    }
    issue.updated = call.world.now();
    return { status: 200, body: showIssue(call, issue) };
  },
  'issues/list-for-repo': (call: Call): Answer => {
    const { state = 'open', labels, creator, since, sort = 'created', direction = 'desc' } = call.query;
    const wanted = labels === undefined ? [] : String(labels).split(',');
    const time = (one: Issue) => (sort === 'updated' ? one.updated : one.created).getTime();
    const found = [...call.repository.part(keepIssues), ...call.repository.part(keepPulls).all]
      .filter((one) => state === 'all' || one.state === state)
      .filter((one) => wanted.every((name) => one.labels.some((own) => own.toLowerCase() === name.toLowerCase())))
      .filter((one) => creator === undefined || one.author === creator)
      .filter((one) => since === undefined || one.updated >= new Date(String(since)))
      .toSorted((a, b) => time(a) - time(b) || a.number - b.number);
    return answerList(
      call,
      (direction === 'asc' ? found : found.toReversed()).map((one) => showIssue(call, one)),
    );
  },
};

type Issue = IssueRecord | PullRecord;

function findIssue(call: Call): Issue {
  const number = Number(call.params['issue_number']);
  const issue = call.repository.part(keepIssues).find((one) => one.number === number);
  const found = issue ?? call.repository.part(keepPulls).find(number);
  if (found === undefined) throw notFound();
  return found;
}

function readLabels(call: Call, labels: NonNullable<IssueBody['labels']>): string[] {
  const names = labels.map((label) => (typeof label === 'string' ? label : (label.name ?? '')));
  return [...new Set(names.map((name) => call.repository.part(keepLabels).ensure(name).name))];
}

/** An issue or pull request as GitHub's answers and events have it. */
export function showIssue(call: Pick<Call, 'repository' | 'world'>, issue: Issue): Record<string, unknown> {
  const { repository, world } = call;
  const pull = 'merged' in issue ? issue : undefined;
  const url = `${repository.apiUrl}/issues/${issue.number}`;
  const htmlUrl = `${repository.htmlUrl}/${pull ? 'pull' : 'issues'}/${issue.number}`;
  const assignees = 'assignees' in issue ? issue.assignees.map((login) => showAccount(world, login)) : [];
  return {
    id: issue.id,
    node_id: `I_${issue.id}`,
    url,
    repository_url: repository.apiUrl,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: htmlUrl,
    number: issue.number,
    state: issue.state,
    state_reason: 'stateReason' in issue ? issue.stateReason : null,
    title: issue.title,
    body: issue.body,
    user: showAccount(world, issue.author),
    author_association: findAssociation(repository, issue.author),
    labels: issue.labels.map((name) => showLabel(call, repository.part(keepLabels).ensure(name))),
    assignee: assignees[0] ?? null,
    assignees,
    milestone: null,
    locked: false,
    comments: repository.part(keepComments).filter((comment) => comment.number === issue.number).length,
    created_at: writeTime(issue.created),
    updated_at: writeTime(issue.updated),
    closed_at: issue.state === 'closed' ? writeTime(issue.updated) : null,
    ...(pull && {
      draft: pull.draft,
      pull_request: {
        url: `${repository.apiUrl}/pulls/${issue.number}`,
        html_url: htmlUrl,
        diff_url: `${htmlUrl}.diff`,
        patch_url: `${htmlUrl}.patch`,
        merged_at: pull.merged ? writeTime(pull.updated) : null,
      },
    }),
  };
}
