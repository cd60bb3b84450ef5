import { execFileSync } from 'node:child_process';
import { createPrivateKey, randomUUID, sign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A token that was asked for. */
export interface TokenRequest {
  readonly scope: string | null;
  readonly service: string | null;
  readonly authorization: string | undefined;
}

export interface TokenServer {
  readonly realm: string;
  readonly service: string;
  readonly issuer: string;
  /** PEM: what the registry trusts. */
  readonly certificate: string;
  readonly requests: TokenRequest[];
  stop(): Promise<void>;
}

const [SERVICE, ISSUER] = ['registry.test', 'tokens.test'];

/**
 * A token server after the "Docker Registry v2 authentication" documents (token.md, jwt.md): anyone may pull, and one
 * login may push. The registry itself checks the signatures.
 */
export async function startTokenServer(login: { username: string; password: string }): Promise<TokenServer> {
  const { key, certificate } = makeCertificate();
  const requests: TokenRequest[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://tokens.test');
    const scope = url.searchParams.get('scope');
    const { authorization } = request.headers;
    requests.push({ scope, service: url.searchParams.get('service'), authorization });
    const basic = `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`;
    if (authorization !== undefined && authorization !== basic) return void response.writeHead(401).end();
    const [type, name, actions = ''] = (scope ?? '').split(':');
    const granted = actions.split(',').filter((action) => action === 'pull' || authorization === basic);
    const access = [{ type, name, actions: granted }];
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ token: signToken(key, certificate, access), expires_in: 300 }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    realm: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`,
    service: SERVICE,
    issuer: ISSUER,
    certificate,
    requests,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function signToken(key: string, certificate: string, access: unknown): string {
  const now = Math.floor(Date.now() / 1000);
  const x5c = [certificate.replace(/-----[A-Z ]+-----|\s/g, '')];
  const claims = {
    iss: ISSUER,
    sub: '',
    aud: SERVICE,
    exp: now + 300,
    nbf: now - 10,
    iat: now,
    jti: randomUUID(),
    access,
  };
  const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const content = `${encode({ typ: 'JWT', alg: 'RS256', x5c })}.${encode(claims)}`;
  return `${content}.${sign('sha256', Buffer.from(content), createPrivateKey(key)).toString('base64url')}`;
}

function makeCertificate(): { key: string; certificate: string } {
  const folder = mkdtempSync(join(tmpdir(), 'modelgate-tokens-'));
  try {
    const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
    const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=tokens.test', '-days', '2'];
    execFileSync('openssl', [...made, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
    return { key: readFileSync(key, 'utf8'), certificate: readFileSync(certificate, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
