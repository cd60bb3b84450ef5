import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SILENT } from '../../../src/progress.ts';
import type { HubPush } from '../../../src/registry/hugging-face/copy.ts';
import { pushToHub } from '../../../src/registry/hugging-face/push.ts';
import type { LocalFile } from '../../../src/registry/model-store.ts';
import type { Hub } from '../../support/hub/call.ts';
import { startHub } from '../../support/hub/hub.ts';
import { addCommit, findCommit, type StoredRepository } from '../../support/hub/world.ts';
import { writeModelFiles } from '../../support/oci-registry/model-files.ts';

const MB = 1024 * 1024;
let hub: Hub;
let repository: StoredRepository;
let folder: string;
let files: LocalFile[];

beforeEach(async () => {
  hub = await startHub({ partBytes: MB });
  repository = hub.addRepository('octo-org/churn');
  folder = await mkdtemp(join(tmpdir(), 'modelgate-hf-'));
  files = await writeModelFiles(folder, {
    'weights.bin': randomBytes(2.5 * MB),
    'model/small.onnx': randomBytes(1000),
    'config.json': '{}',
  });
});
afterEach(async () => {
  await hub.stop();
  await rm(folder, { recursive: true, force: true });
});

function push(options: Partial<HubPush> = {}) {
  return pushToHub({
    repository: 'octo-org/churn',
    token: hub.token,
    hubUrl: hub.url,
    model: 'churn',
    version: 'v1.4.0',
    contentDigest: `sha256:${'c'.repeat(64)}`,
    releaseUrl: 'https://github.com/octo-org/models/releases/tag/churn@v1.4.0',
    card: '---\nlicense: mit\n---\n# Churn\n',
    metrics: [{ name: 'accuracy', value: 0.91, dataset: 'test' }],
    files,
    delays: { second: 0 },
    progress: SILENT,
    ...options,
  });
}

const titles = () => [...repository.commits.values()].map(({ title }) => title);
const at = (revision: string) => findCommit(repository, revision)?.tree ?? new Map();

describe('a copy on the Hub', () => {
  test('is one commit with card, files and pointer, and a tag of the version', async () => {
    const pushed = await push();
    expect(titles()).toEqual(['initial commit', 'churn v1.4.0']);
    expect(repository.tags).toEqual(new Map([['v1.4.0', pushed.commit]]));
    expect(pushed.url).toBe(`${hub.url}/octo-org/churn/tree/v1.4.0`);
    const tree = at('v1.4.0');
    expect([...tree.keys()].sort()).toEqual([
      '.gitattributes',
      'README.md',
      'config.json',
      'model/small.onnx',
      'modelgate.json',
      'weights.bin',
    ]);
    for (const { path, sha256, size, file } of files) {
      const entry = tree.get(path);
      if (path === 'config.json') expect(entry).toEqual({ bytes: await readFile(file) });
      else expect(entry).toEqual({ oid: sha256.slice('sha256:'.length), size });
    }
    expect(hub.requests.filter(({ method, path }) => method === 'PUT' && path.includes('/storage/'))).toHaveLength(4);
  });

  test('stays as it is when the same version is copied again', async () => {
    const first = await push();
    hub.requests.length = 0;
    expect(await push()).toEqual(first);
    expect(hub.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  test('loses the files that the version before had, and nothing that others put there', async () => {
    await push();
    addCommit(repository, {
      title: 'notes',
      message: '',
      tree: new Map([...at('main'), ['NOTES.md', { bytes: Buffer.from('n') }]]),
    });
    await push({ version: 'v1.5.0', contentDigest: `sha256:${'d'.repeat(64)}`, files: files.slice(0, 1) });
    expect([...at('v1.5.0').keys()].sort()).toEqual([
      '.gitattributes',
      'NOTES.md',
      'README.md',
      'modelgate.json',
      'weights.bin',
    ]);
    expect(at('v1.4.0').has('config.json')).toBe(true);
    expect(hub.requests.filter(({ method, path }) => method === 'PUT' && path.includes('/storage/'))).toHaveLength(4);
  });

  test.each([
    ['POST', /\/commit\//],
    ['POST', /\/tag\//],
    ['PUT', /\/storage\//],
    ['GET', /\/refs/],
    ['POST', /\/preupload\//],
    ['POST', /objects\/batch/],
  ])('is one commit and one tag although %s %s broke, before or after the Hub did its part', async (method, path) => {
    for (const [i, how] of (['break before', 'break after', 503] as const).entries()) {
      let broken = 0;
      hub.interfere = (request) =>
        request.method === method && path.test(request.path) && broken++ === 0 ? how : undefined;
      const version = `v1.4.${i}`;
      // Of new content: what the Hub has is not uploaded again.
      const fresh = await writeModelFiles(folder, { 'weights.bin': randomBytes(1.5 * MB) });
      const again = () => push({ version, files: fresh });
      const pushed = await again().catch(again);
      expect(repository.tags.get(version)).toBe(pushed.commit);
      expect(titles().filter((title) => title === `churn ${version}`)).toHaveLength(1);
      expect(broken).toBeGreaterThan(0);
    }
  });

  test('of a file that changes meanwhile gets no tag, and the next run mends it', async () => {
    const [weights] = files;
    if (weights === undefined) throw new Error('no file');
    const before = await readFile(weights.file);
    await writeFile(weights.file, randomBytes(before.length));
    await expect(push()).rejects.toThrow('changed while they were copied');
    expect(repository.tags.size).toBe(0);
    await writeFile(weights.file, before);
    await push();
    expect(at('v1.4.0').get('weights.bin')).toMatchObject({ oid: weights.sha256.slice('sha256:'.length) });
  });

  test('gives way to a commit of somebody else', async () => {
    let commits = 0;
    hub.interfere = ({ path }) => {
      if (path.includes('/commit/') && commits++ === 0) {
        addCommit(repository, { title: 'by hand', message: '', tree: at('main') });
      }
      return undefined;
    };
    await push();
    expect(titles()).toEqual(['initial commit', 'by hand', 'churn v1.4.0']);
  });

  test('made by two runs at once is one commit and one tag', async () => {
    const [one, two] = await Promise.all([push(), push()]);
    expect(one).toEqual(two);
    expect(titles()).toEqual(['initial commit', 'churn v1.4.0']);
  });
});

describe('the Hub is asked for nothing', () => {
  test.each(['README.md', 'readme.md', '.gitattributes', 'modelgate.json'])('for a file named %s', async (path) => {
    await expect(push({ files: files.map((file) => ({ ...file, path })) })).rejects.toThrow(
      `the file ${path} of the model`,
    );
    expect(hub.requests).toEqual([]);
  });

  test('without encryption', async () => {
    await expect(push({ hubUrl: 'http://hub.example' })).rejects.toThrow('is no address of a Hub');
  });
});

describe('a refusal says what to do', () => {
  test('where there is no repository', async () => {
    await expect(push({ repository: 'octo-org/none' })).rejects.toThrow(
      /octo-org\/none could not be written to: .* answered 404 \(Repository not found\)\n.*Create the model repository/,
    );
  });

  test('where the token may only read', async () => {
    await expect(push({ token: 'hf_reader' })).rejects.toThrow(
      /answered 403[\s\S]*Give the token the permission to write/,
    );
  });

  test('where the tag is somebody else’s', async () => {
    repository.tags.set('v1.4.0', repository.branches.get('main') ?? '');
    await expect(push()).rejects.toThrow('has a tag v1.4.0 that is not churn of this release');
    expect(titles()).toEqual(['initial commit']);
  });

  test('and keeps signed addresses to itself', async () => {
    hub.interfere = ({ path }) => (path.includes('/storage/') ? 403 : undefined);
    const refused = String(await push().catch((error: unknown) => error));
    expect(refused).toContain('answered 403 (made up by the test)');
    expect(refused).not.toContain('/storage/');
  });
});
