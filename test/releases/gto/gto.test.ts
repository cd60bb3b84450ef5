import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, type TestContext, test } from 'vitest';
import { messageOf } from '../../../src/errors.ts';
import { type Client, createClient } from '../../../src/github/client.ts';
import { createAnnotatedTag, listTagNames, readAnnotatedTag } from '../../../src/github/tags.ts';
import { findNewestAssignment } from '../../../src/registry/stage-tags.ts';
import {
  formatStageTag,
  formatVersionTag,
  parseStageTag,
  parseVersionTag,
} from '../../../src/registry/versions/grammar.ts';
import { compareVersions } from '../../../src/registry/versions/order.ts';
import { type GitHub, type Repository, startGitHub } from '../../support/github/start.ts';

const run = promisify(execFile);

let folder: string;
let clone: string;
let github: GitHub;
let repository: Repository;
let client: Client;
let minute = 0;
/** Why GTO could not be installed; undefined where it was. */
let missing: string | undefined;

const git = async (...args: string[]) => (await run('git', ['-C', clone, ...args])).stdout.trim();
const gto = async (...args: string[]) => {
  const { stdout } = await run(join(folder, 'venv/bin/gto'), [...args, '--repo', clone, '--json'], { cwd: folder });
  return JSON.parse(stdout);
};
const place = () => ({
  owner: repository.owner,
  name: repository.name,
  fullName: repository.fullName,
  id: repository.id,
});
const commit = () => repository.commit({ branch: 'main', files: { 'n.txt': String(minute++) } });
const tag = (name: string, at: string, message = name) =>
  createAnnotatedTag(client, place(), {
    name,
    message: `${message}\n\nModelgate-Ledger: 1 sha256:${'0'.repeat(64)}`,
    commit: at,
    tagger: { name: 'ada', email: 'ada@users.noreply.github.com' },
    date: new Date(Date.UTC(2026, 10, 22, 9, minute++)),
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modelgate-gto-'));
  clone = join(folder, 'clone');
  github = await startGitHub();
  github.limits.setHourly(1_000_000);
  repository = await github.createRepository({ owner: 'octo', name: 'zoo', files: { 'README.md': 'Zoo\n' } });
  const token = github.createToken({ repository, permissions: { contents: 'write' } });
  client = createClient({ token, apiUrl: github.apiUrl, delays: { second: 0 } });
  const commits = [await commit(), await commit(), await commit(), await commit()];
  const [first = '', second = '', third = '', fourth = ''] = commits;
  await tag(formatVersionTag('churn', 'v1.0.0'), first);
  await tag(formatStageTag('churn', 'staging', 1), first, 'churn v1.0.0');
  await tag(formatStageTag('churn', 'production', 1), first, 'churn v1.0.0');
  await tag(formatVersionTag('churn', 'v1.1.0'), second);
  await tag(formatStageTag('churn', 'production', 2), second, 'churn v1.1.0');
  await tag(formatVersionTag('churn', 'v1.2.0-feature-x.1'), third);
  await tag(formatVersionTag('fraud_2-b', 'v0.9.0'), third);
  // Back to the first version.
  await tag(formatStageTag('churn', 'production', 3), first, 'churn v1.0.0');
  // What publishing a draft leaves behind when it dies before the annotated tag: no version.
  await repository.setRef('refs/tags/churn@v9.0.0', fourth);
  await run('git', ['clone', '--quiet', repository.folder, clone]);
  try {
    await run('python3', ['-m', 'venv', join(folder, 'venv')]);
    await run(join(folder, 'venv/bin/pip'), ['install', '--quiet', 'gto'], { timeout: 400_000 });
  } catch (error) {
    missing = `GTO could not be installed with pip: ${messageOf(error).slice(0, 300)}`;
  }
}, 500_000);
afterAll(async () => {
  await github[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const needGto = ({ skip }: TestContext) => {
  if (missing !== undefined) skip(missing);
};

/** What we make of the same tags. */
async function readOwn(model: string) {
  const names = (await listTagNames(client, place(), model)).map(({ name }) => name);
  const tags = await Promise.all(names.map((name) => readAnnotatedTag(client, place(), name)));
  const annotated = tags.flatMap((one) => (one?.annotated ? [one] : []));
  const versions = annotated.flatMap(({ name, commit: at }) => {
    const parsed = parseVersionTag(name);
    return parsed ? [{ version: parsed.version, commit: at }] : [];
  });
  const stages = new Set(annotated.flatMap(({ name }) => parseStageTag(name)?.stage ?? []));
  const held = [...stages].map((stage) => {
    const newest = annotated.find(({ name }) => name === findNewestAssignment(names, model, stage));
    return [stage, versions.find((version) => version.commit === newest?.commit)?.version];
  });
  return { versions: versions.map(({ version }) => version), stages: Object.fromEntries(held) };
}

describe('GTO, as it comes from PyPI', () => {
  test('sees the same versions', async (context) => {
    needGto(context);
    const seen: { version: string }[] = await gto('show', 'churn');
    const own = await readOwn('churn');
    expect(seen.map(({ version }) => version).sort()).toEqual(own.versions.sort());
    expect(own.versions).toEqual(['v1.0.0', 'v1.1.0', 'v1.2.0-feature-x.1']);
  });

  test('sees the same models, the newest version of each, and the same stages', async (context) => {
    needGto(context);
    const seen = await gto('show');
    expect(Object.keys(seen).sort()).toEqual(['churn', 'fraud_2-b']);
    const own = await readOwn('churn');
    expect(own.stages).toEqual({ production: 'v1.0.0', staging: 'v1.0.0' });
    expect(seen.churn.stage).toEqual(own.stages);
    expect(seen.churn.version).toBe(own.versions.sort(compareVersions).at(-1));
    expect(seen['fraud_2-b'].version).toBe('v0.9.0');
  });

  test('tells the same history, in the same order', async (context) => {
    needGto(context);
    const events: { event: string; ref: string; version: string }[] = await gto('history', 'churn', '--ascending');
    const placed = events.filter(({ event }) => event === 'assignment').map(({ ref, version }) => [ref, version]);
    expect(placed).toEqual([
      ['churn#staging#1', 'v1.0.0'],
      ['churn#production#1', 'v1.0.0'],
      ['churn#production#2', 'v1.1.0'],
      ['churn#production#3', 'v1.0.0'],
    ]);
    const registered = events.filter(({ event }) => event === 'registration').map(({ ref }) => ref);
    expect(registered).toEqual(['churn@v1.0.0', 'churn@v1.1.0', 'churn@v1.2.0-feature-x.1']);
  });
});

describe('git alone', () => {
  test('answers what is live, and which version that is', async () => {
    const [live = ''] = (await git('tag', '--list', 'churn#production#*', '--sort=-version:refname')).split('\n');
    expect(live).toBe('churn#production#3');
    const at = await git('rev-parse', `${live}^{commit}`);
    expect((await git('tag', '--points-at', at, '--list', 'churn@*')).split('\n')).toEqual(['churn@v1.0.0']);
    expect(await git('tag', '--list', '--format=%(contents:subject)', live)).toBe('churn v1.0.0');
  });

  test('tells our tags from what a dying run leaves', async () => {
    const types = await git('for-each-ref', '--format=%(objecttype) %(refname:short)', 'refs/tags/churn@*');
    expect(types.split('\n')).toContain('commit churn@v9.0.0');
    expect(types.split('\n').filter((line) => line.startsWith('tag '))).toHaveLength(3);
  });
});
