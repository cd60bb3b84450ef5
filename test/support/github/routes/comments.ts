import { findAssociation } from '../association.ts';
import { type Answer, answerList, type Call, type Routes } from '../call.ts';
import { ApiFault, notFound } from '../fault.ts';
import { refuseLongBody } from '../limits.ts';
import { type CommentRecord, keepComments } from '../records/comments.ts';
import { keepIssues } from '../records/issues.ts';
import { keepPulls } from '../records/pulls.ts';
import { includesRole } from '../repository.ts';
import { showAccount } from '../show-account.ts';
import { showApp } from '../show-app.ts';
import { writeTime } from '../world.ts';

/** Comments on issues and pull requests. */
export const commentRoutes: Routes = {
  'issues/list-comments': (call: Call) => {
    const number = findNumber(call);
    const since = call.query['since'];
    const found = call.repository
      .part(keepComments)
      .filter((comment) => comment.number === number)
      .filter((comment) => since === undefined || comment.updated >= new Date(String(since)));
    return answerList(
      call,
      found.map((comment) => showComment(call, comment)),
    );
  },
  'issues/list-comments-for-repo': (call: Call) => {
    const found = call.repository.part(keepComments);
    const ordered = call.query['direction'] === 'desc' ? found.toReversed() : found;
    return answerList(
      call,
      ordered.map((comment) => showComment(call, comment)),
    );
  },
  'issues/get-comment': (call: Call) => ({ status: 200, body: showComment(call, findComment(call)) }),
  'issues/create-comment': (call: Call<{ body: string }>): Answer => {
    const number = findNumber(call);
    refuseEmpty(call.body.body);
    refuseLongBody(call.body.body);
    const now = call.world.now();
    const comment: CommentRecord = {
      id: call.world.nextId(),
      number,
      login: call.token?.login ?? 'ghost',
      app: call.token?.app,
      body: call.body.body,
      created: now,
      updated: now,
    };
    call.repository.part(keepComments).push(comment);
    const body = showComment(call, comment);
    return { status: 201, body, headers: { location: String(body['url']) } };
  },
  'issues/update-comment': (call: Call<{ body: string }>): Answer => {
    const comment = findComment(call);
    refuseStranger(call, comment);
    refuseEmpty(call.body.body);
    refuseLongBody(call.body.body);
    comment.body = call.body.body;
    comment.updated = call.world.now();
    comment.edited = comment.updated;
    return { status: 200, body: showComment(call, comment) };
  },
  'issues/delete-comment': (call: Call): Answer => {
    const comment = findComment(call);
    refuseStranger(call, comment);
    const all = call.repository.part(keepComments);
    all.splice(all.indexOf(comment), 1);
    return { status: 204 };
  },
};

function findNumber(call: Call): number {
  const number = Number(call.params['issue_number']);
  const pull = call.repository.part(keepPulls).find(number);
  const issue = call.repository.part(keepIssues).find((one) => one.number === number);
  if (pull === undefined && issue === undefined) throw notFound();
  return number;
}

function findComment(call: Call): CommentRecord {
  const id = Number(call.params['comment_id']);
  const comment = call.repository.part(keepComments).find((one) => one.id === id);
  if (comment === undefined) throw notFound();
  return comment;
}

/** A user changes another's comment only with the right to write; an app's permission to write issues is such a right. */
function refuseStranger(call: Call, comment: CommentRecord): void {
  const { token, repository } = call;
  if (token === undefined || token.kind !== 'user' || token.login === comment.login) return;
  if (!includesRole(repository.roleOf(token.login), 'write')) {
    throw new ApiFault(403, 'Must have admin rights to Repository.');
  }
}

function refuseEmpty(body: string): void {
  if (body.trim() === '') {
    throw new ApiFault(422, 'Validation Failed', {
      errors: [{ resource: 'IssueComment', code: 'unprocessable', field: 'data', message: 'Body cannot be blank' }],
    });
  }
}

/** A comment as GitHub's answers and events have it. */
export function showComment(
  { repository, world }: Pick<Call, 'repository' | 'world'>,
  comment: CommentRecord,
): Record<string, unknown> {
  const kind = repository.part(keepPulls).find(comment.number) === undefined ? 'issues' : 'pull';
  return {
    id: comment.id,
    node_id: `IC_${comment.id}`,
    url: `${repository.apiUrl}/issues/comments/${comment.id}`,
    html_url: `${repository.htmlUrl}/${kind}/${comment.number}#issuecomment-${comment.id}`,
    issue_url: `${repository.apiUrl}/issues/${comment.number}`,
    body: comment.body,
    user: showAccount(world, comment.login),
    author_association: findAssociation(repository, comment.login),
    performed_via_github_app: comment.app === undefined ? null : showApp(world, comment.app),
    created_at: writeTime(comment.created),
    updated_at: writeTime(comment.updated),
  };
}
