import type { IncomingMessage } from 'node:http';
import type { Call, Hub, HubAnswer } from './call.ts';
import { serveFile, serveInfo, serveTree } from './reading.ts';
import { findCommit } from './world.ts';
import { serveBatch, takeCommit, takeComplete, takePart, takePreupload, takeTag } from './writing.ts';

type Serve = (call: Call) => HubAnswer | Promise<HubAnswer>;

const REPOSITORY = '([^/]+/[^/]+)';
const ROUTES: readonly [method: string, path: RegExp, access: 'read' | 'write' | 'signed', serve: Serve][] = [
  ['GET', new RegExp(`^/api/models/${REPOSITORY}$`), 'read', serveInfo],
  ['GET', new RegExp(`^/api/models/${REPOSITORY}/revision/([^/]+)$`), 'read', serveInfo],
  ['GET', new RegExp(`^/api/models/${REPOSITORY}/refs$`), 'read', serveRefs],
  ['GET', new RegExp(`^/api/models/${REPOSITORY}/commits/([^/]+)$`), 'read', serveCommits],
  ['GET', new RegExp(`^/api/models/${REPOSITORY}/tree/([^/]+)$`), 'read', serveTree],
  ['POST', new RegExp(`^/api/models/${REPOSITORY}/preupload/([^/]+)$`), 'write', takePreupload],
  ['POST', new RegExp(`^/api/models/${REPOSITORY}/commit/([^/]+)$`), 'write', takeCommit],
  ['POST', new RegExp(`^/api/models/${REPOSITORY}/tag/([^/]+)$`), 'write', takeTag],
  ['POST', new RegExp(`^/${REPOSITORY}\\.git/info/lfs/objects/batch$`), 'write', serveBatch],
  ['PUT', new RegExp(`^/storage/${REPOSITORY}/([^/]+)/([^/]+)/([^/]+)$`), 'signed', takePart],
  ['POST', new RegExp(`^/storage/${REPOSITORY}/([^/]+)/complete/([^/]+)$`), 'signed', takeComplete],
  ['HEAD', new RegExp(`^/${REPOSITORY}/resolve/([^/]+)/(.+)$`), 'read', serveFile],
  ['GET', new RegExp(`^/${REPOSITORY}/resolve/([^/]+)/(.+)$`), 'read', serveFile],
];

/** Finds who answers a request, with the Hub's rules for who may ask. */
export function findRoute(
  method: string,
  url: URL,
): ((hub: Hub, request: IncomingMessage) => Promise<HubAnswer>) | undefined {
  for (const [wanted, path, access, serve] of ROUTES) {
    const match = wanted === method ? path.exec(url.pathname) : null;
    if (match === null) continue;
    const [name = '', ...parts] = match.slice(1).map(decodeURIComponent);
    return async (hub, request) => {
      const { authorization } = request.headers;
      const repository = hub.repositories.get(name);
      const known = authorization === `Bearer ${hub.token}`;
      if (access === 'signed') {
        // As the storage providers behind the Hub do: the address is the permission, and a token is too much.
        if (authorization !== undefined) return { status: 400, body: { error: 'one authorization only' } };
      } else if (authorization !== undefined && !/^Bearer hf_(writer|reader)$/.test(authorization)) {
        return { status: 401, body: { error: 'Invalid credentials in Authorization header' } };
      } else if (repository === undefined || (repository.private && authorization === undefined)) {
        return { status: 404, headers: { 'x-error-code': 'RepoNotFound' }, body: { error: 'Repository not found' } };
      } else if (access === 'write' && !known) {
        return { status: 403, body: { error: "You don't have the rights to write to this repository" } };
      }
      if (repository === undefined) return { status: 404, body: { error: 'Repository not found' } };
      return serve({ hub, request, repository, url, parts });
    };
  }
  return undefined;
}

function serveRefs({ repository }: Call): HubAnswer {
  const list = (refs: Map<string, string>, kind: string) =>
    [...refs].map(([name, targetCommit]) => ({ name, ref: `refs/${kind}/${name}`, targetCommit }));
  return {
    status: 200,
    body: { branches: list(repository.branches, 'heads'), tags: list(repository.tags, 'tags'), converts: [] },
  };
}

function serveCommits({ repository, parts: [revision = ''], url }: Call): HubAnswer {
  const commits: unknown[] = [];
  let commit = findCommit(repository, revision);
  if (commit === undefined) return { status: 404, body: { error: `Invalid rev id: ${revision}` } };
  for (; commit; commit = commit.parent === undefined ? undefined : repository.commits.get(commit.parent)) {
    const { id, title, message } = commit;
    commits.push({ id, title, message, authors: [{ user: 'octocat', avatar: '' }], date: '2026-03-01T12:00:00.000Z' });
  }
  return { status: 200, body: commits.slice(0, Number(url.searchParams.get('limit') ?? 50)) };
}
