import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderArtifact } from '../../../src/registry/oci/artifact.ts';
import { parseChallenges } from '../../../src/registry/oci/challenge.ts';
import { readOciCredentials } from '../../../src/registry/oci/credentials.ts';
import { findKinds } from '../../../src/registry/oci/layer-kinds.ts';
import { parseOciReference, parseOciRepository } from '../../../src/registry/oci/reference.ts';
import { ABOUT } from '../../support/oci-registry/model-files.ts';

describe('a challenge', () => {
  test('is read as RFC 9110 (11.6.1) and GHCR write it', () => {
    const ghcr = 'Bearer realm="https://ghcr.io/token",service="ghcr.io",scope="repository:o/churn:pull,push"';
    const [bearer, basic] = parseChallenges(`${ghcr}, Basic realm="a \\"b\\"", charset=UTF-8`);
    expect(bearer?.scheme).toBe('bearer');
    expect(Object.fromEntries(bearer?.parameters ?? [])).toEqual({
      realm: 'https://ghcr.io/token',
      service: 'ghcr.io',
      scope: 'repository:o/churn:pull,push',
    });
    expect(Object.fromEntries(basic?.parameters ?? [])).toEqual({ realm: 'a "b"', charset: 'UTF-8' });
    expect(parseChallenges('Negotiate, Basic realm="x"').map(({ scheme }) => scheme)).toEqual(['negotiate', 'basic']);
    expect(parseChallenges(null)).toEqual([]);
  });

  test('of any text is read in the end', () => {
    fc.assert(fc.property(fc.string({ maxLength: 500 }), (header) => Array.isArray(parseChallenges(header))));
  });
});

describe('a reference', () => {
  test('names where the registry answers', () => {
    expect(parseOciRepository('ghcr.io/octo/churn')).toMatchObject({ origin: 'https://ghcr.io', name: 'octo/churn' });
    expect(parseOciRepository('docker.io/octo/churn').origin).toBe('https://registry-1.docker.io');
    expect(parseOciRepository('localhost:5000/churn').origin).toBe('http://localhost:5000');
    expect(parseOciRepository('127.example.com/churn').origin).toBe('https://127.example.com');
  });

  test.each(['churn', 'ghcr.io/', 'ghcr.io/../x', 'ghcr.io/o//churn', 'ghcr.io/O/churn', 'https://ghcr.io/o/churn'])(
    'is not %s',
    (text) => expect(() => parseOciRepository(text)).toThrow('is not a repository'),
  );

  test.each(['ghcr.io/o/churn', 'ghcr.io/o/churn:v1', 'ghcr.io/o/churn@sha256:12', `a/b@sha256:${'a'.repeat(64)}@x`])(
    'by digest is not %s',
    (text) => expect(() => parseOciReference(text)).toThrow('by its digest'),
  );
});

describe('an artifact', () => {
  const file = (path: string, size = 1) => ({
    path,
    file: path,
    mediaType: 'x/y',
    size,
    sha256: `sha256:${'a'.repeat(64)}`,
  });

  test('says of each file what it is to the model', () => {
    const paths = ['m/a.safetensors', 'm/config.json', 'LICENSE', 'README.md', 'train.py', 'sample.parquet', 'a.onnx'];
    expect([...findKinds(paths.map((path) => ({ path, size: 1 }))).values()]).toEqual([
      'weight',
      'weight-config',
      'doc',
      'doc',
      'code',
      'dataset',
      'weight',
    ]);
    const json = findKinds([file('small.json', 10), file('model.json', 900), file('README.md', 9000)]);
    expect(json.get('model.json')).toBe('weight');
    expect(findKinds([file('data.csv', 5)]).get('data.csv')).toBe('weight');
  });

  test('is the same bytes for the same files in any order', () => {
    const files = [file('b'), file('a'), file('c/d')];
    const first = renderArtifact(files, ABOUT);
    expect(renderArtifact([...files].reverse(), ABOUT).manifest.digest).toBe(first.manifest.digest);
    expect(renderArtifact(files, { ...ABOUT, version: 'v1.4.1' }).manifest.digest).not.toBe(first.manifest.digest);
  });

  test('of more files than a manifest holds is refused before anything is sent', () => {
    const files = Array.from({ length: 10_000 }, (_, i) => file(`${'long/'.repeat(20)}${i}`));
    expect(() => renderArtifact(files, ABOUT)).toThrow('10000 files make a manifest');
  });
});

describe('credentials', () => {
  const environment = {
    OCI_USERNAME: 'o',
    OCI_PASSWORD: 'p',
    GITHUB_ACTOR: 'octocat',
    GITHUB_TOKEN: 't',
    HOME: '/none',
  };

  test('of the environment are for the registry of the user’s own file, and for no other', async () => {
    const own = 'registry.example';
    expect(await readOciCredentials({ registry: own, own, environment })).toEqual({ username: 'o', password: 'p' });
    expect(await readOciCredentials({ registry: 'evil.example', own, environment })).toBeUndefined();
    expect(await readOciCredentials({ registry: 'evil.example', environment })).toBeUndefined();
    const github = { username: 'octocat', password: 't' };
    expect(await readOciCredentials({ registry: 'ghcr.io', own, environment })).toEqual(github);
  });

  test('that are half there are a mistake', async () => {
    const half = { registry: 'r', own: 'r', environment: { OCI_USERNAME: 'o' } };
    await expect(readOciCredentials(half)).rejects.toThrow('OCI_PASSWORD is not set');
  });

  test('of docker login are found by host', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'modelgate-docker-'));
    try {
      await mkdir(join(folder, '.docker'));
      const auth = Buffer.from('me:with:colon').toString('base64');
      const config = { auths: { 'registry.example': { auth }, 'https://index.hub.example/v1/': { auth } } };
      await writeFile(join(folder, '.docker/config.json'), JSON.stringify(config));
      const found = { username: 'me', password: 'with:colon' };
      const sources = { environment: { HOME: folder } };
      expect(await readOciCredentials({ ...sources, registry: 'registry.example' })).toEqual(found);
      expect(await readOciCredentials({ ...sources, registry: 'hub.example' })).toEqual(found);
      expect(await readOciCredentials({ ...sources, registry: 'other.example' })).toBeUndefined();
      await writeFile(join(folder, '.docker/config.json'), '{"auths": null');
      expect(await readOciCredentials({ ...sources, registry: 'registry.example' })).toBeUndefined();
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
