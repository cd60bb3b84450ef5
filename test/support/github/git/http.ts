import { spawn } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** What git is asked to serve. */
export interface GitRequest {
  /** The folder that holds `<owner>/<name>.git`. */
  readonly root: string;
  readonly fullName: string;
  /** The rest of the path, with its slash (`/info/refs`). */
  readonly rest: string;
  readonly query: string;
  /** The login that may push; reading only without. */
  readonly writer: string | undefined;
}

/** Serves git's smart HTTP by git's own program. `ended` runs after git's work and before the end of the answer. */
export async function serveGit(
  asked: GitRequest,
  request: IncomingMessage,
  response: ServerResponse,
  ended?: () => Promise<void>,
): Promise<void> {
  const { headers } = request;
  const child = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env['PATH'] ?? '',
      GIT_PROJECT_ROOT: asked.root,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: `/${asked.fullName}.git${asked.rest}`,
      QUERY_STRING: asked.query,
      REQUEST_METHOD: request.method ?? 'GET',
      CONTENT_TYPE: headers['content-type'] ?? '',
      ...(headers['content-length'] && { CONTENT_LENGTH: headers['content-length'] }),
      ...(headers['content-encoding'] && { HTTP_CONTENT_ENCODING: headers['content-encoding'] }),
      ...(headers['git-protocol'] && { GIT_PROTOCOL: String(headers['git-protocol']) }),
      ...(asked.writer && { REMOTE_USER: asked.writer }),
      REMOTE_ADDR: '127.0.0.1',
    },
  });
  // Either side may end first: git that needs no more of the request, or a client that has gone.
  child.stdin.on('error', () => undefined);
  request.pipe(child.stdin);
  let head = Buffer.alloc(0);
  let started = false;
  child.stdout.on('data', (part: Buffer) => {
    if (started) {
      response.write(part);
      return;
    }
    head = Buffer.concat([head, part]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) return;
    started = true;
    const { status, fields } = readHead(head.subarray(0, end).toString('latin1'));
    response.writeHead(status, fields);
    response.write(head.subarray(end + 4));
  });
  await new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => resolve());
  });
  await ended?.();
  if (!started) response.writeHead(500);
  response.end();
}

function readHead(text: string): { status: number; fields: Record<string, string> } {
  const fields = Object.fromEntries(
    text
      .split('\r\n')
      .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]),
  );
  const { status = '200', ...others } = fields;
  return { status: Number.parseInt(status, 10), fields: others };
}
