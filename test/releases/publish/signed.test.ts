import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { TrustedRoot } from '@sigstore/protobuf-specs';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Delays, REAL_DELAYS } from '../../../src/github/delays.ts';
import { startHub } from '../../support/hub/hub.ts';
import { REGISTRY_PROGRAM, startRegistry } from '../../support/oci-registry/registry.ts';
import { Sigstore } from '../../support/sigstore/sigstore.ts';
import { type Laptop, openLaptop } from './laptop.ts';

const WORKFLOW = 'octo/penguins/.github/workflows/release.yml';
let laptop: Laptop;
let folder: string;
beforeAll(async () => {
  (REAL_DELAYS as { -readonly [Field in keyof Delays]: number }).second = 0;
  laptop = await openLaptop();
  folder = await mkdtemp(join(tmpdir(), 'modelgate-signed-'));
});
afterEach(() => vi.unstubAllEnvs());
afterAll(async () => {
  await laptop[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** Commits a `release` of modelgate.yml, and judges the model with it. */
async function release(text: string): Promise<void> {
  const config = await laptop.penguins.read('modelgate.yml');
  await laptop.penguins.write('modelgate.yml', config.replace(/^release: .*$/m, `release: { ${text} }`));
  laptop.commit();
  laptop.push();
  await laptop.judge();
}

async function writeKeys(name: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const [secret, open] = [join(folder, `${name}.key`), join(folder, `${name}.pub`)];
  await writeFile(secret, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  await writeFile(open, publicKey.export({ type: 'spki', format: 'pem' }));
  return { secret, open };
}

describe('a laptop', () => {
  test('signs with a key and copies to the Hub; the signature verifies with that key and no other', async () => {
    const hub = await startHub();
    hub.addRepository('octo/penguins');
    const [ours, theirs] = [await writeKeys('ours'), await writeKeys('theirs')];
    await release('card: MODEL_CARD.md, sign: true, hugging-face: { repository: octo/penguins }');
    const environment = { MODELGATE_SIGNING_KEY: ours.secret, HF_TOKEN: hub.token, HF_ENDPOINT: hub.url };
    const published = await laptop.command(['publish'], environment);
    expect(published.code, published.stderr).toBe(0);
    expect([...(hub.repositories.get('octo/penguins')?.tags.keys() ?? [])]).toEqual(['v1.0.0']);
    await hub.stop();

    const verify = (key: string) => laptop.command(['verify', 'penguins@v1.0.0', '--public-key', key, '--json']);
    const { code, stdout, stderr } = await verify(ours.open);
    expect(code, stdout + stderr).toBe(0);
    expect(JSON.parse(stdout).checks).toContainEqual(
      expect.objectContaining({ subject: 'model.sig', outcome: 'pass' }),
    );
    expect((await verify(theirs.open)).code).toBe(1);
    // Whoever takes the model alone can verify it as well.
    const live = join(folder, 'live');
    const fetched = await laptop.command(['fetch', 'penguins@v1.0.0', '--to', live, '--only', 'model', '--json']);
    const { files } = JSON.parse(fetched.stdout) as { files: string[] };
    expect(files.map((file) => basename(file))).toEqual(
      expect.arrayContaining(['model.json', 'model.sig', 'manifest.json']),
    );
    // Each signature is another: the content is not.
    const again = await laptop.command(['publish'], environment);
    expect(again.stdout).toContain('penguins@v1.0.0 has the same model with the same evidence');
  });

  test('is told of a key that is none', async () => {
    const { code, stderr } = await laptop.command(['publish'], { MODELGATE_SIGNING_KEY: join(folder, 'none.key') });
    expect(code).toBe(2);
    expect(stderr).toContain('the key that MODELGATE_SIGNING_KEY names cannot be read');
  });
});

describe.skipIf(REGISTRY_PROGRAM === undefined)('a job', () => {
  test('signs as its workflow, with the model in an OCI registry', async () => {
    const registry = await startRegistry();
    await using sigstore = await Sigstore.open();
    const tokens = await serveTokens(laptop.repository.id);
    try {
      const oci = `oci: { repository: '${registry.host}/octo/penguins' }`;
      await release(`card: MODEL_CARD.md, sign: true, target: oci, ${oci}`);
      const environment = {
        ...{ ACTIONS_ID_TOKEN_REQUEST_URL: tokens.url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'job' },
        ...{ SIGSTORE_FULCIO_URL: sigstore.url, SIGSTORE_REKOR_URL: sigstore.url },
      };
      // The client of Sigstore's reads the process's own.
      for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
      const published = await laptop.command(['publish', '--bump', 'minor'], environment);
      expect(published.code, published.stderr).toBe(0);
      const version = laptop.releases.find(({ tag }) => tag === 'penguins@v1.1.0');
      const names = version?.assets.map(({ name }) => name);
      expect(names).toContain('model.sig');
      expect(names).not.toContain('model.json');

      const root = join(folder, 'root.json');
      await writeFile(root, JSON.stringify(TrustedRoot.toJSON(sigstore.root)));
      const verify = (workflow: string) =>
        laptop.command(['verify', 'penguins@v1.1.0', '--trusted-root', root, '--signer-workflow', workflow]);
      const verified = await verify(WORKFLOW);
      expect(verified.code, verified.stdout + verified.stderr).toBe(0);
      expect((await verify('octo/penguins/.github/workflows/other.yml')).code).toBe(1);

      const into = join(folder, 'fetched');
      const fetched = await laptop.command(['fetch', 'penguins@v1.1.0', '--to', into]);
      expect(fetched.code, fetched.stderr).toBe(0);
      expect(await readFile(join(into, 'out/model.json'))).toEqual(
        await readFile(join(laptop.penguins.folder, 'out/model.json')),
      );
    } finally {
      tokens.server.close();
      await registry.stop();
    }
  });
});

/** Where a job gets the token from that says who it is. */
async function serveTokens(repositoryId: number): Promise<{ server: Server; url: string }> {
  const claims = {
    ...{ iss: 'https://token.actions.githubusercontent.com', sub: 'repo:octo/penguins:ref:refs/heads/main' },
    ...{ repository: 'octo/penguins', repository_id: String(repositoryId) },
    job_workflow_ref: `${WORKFLOW}@refs/heads/main`,
    ...{ ref: 'refs/heads/main', job_workflow_sha: 'c'.repeat(40) },
  };
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', connection: 'close' });
    response.end(JSON.stringify({ value: `${part({ alg: 'none' })}.${part(claims)}.x` }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token?x=1` };
}
