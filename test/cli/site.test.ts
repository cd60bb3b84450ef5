import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { main } from '../../src/cli/program.ts';
import { connect } from '../github/hub.ts';
import { writeEvents } from '../registry/ledger/chains.ts';
import { listZoo } from '../report/site/ledgers.ts';
import { readWords } from '../report/site/tags.ts';
import { type GitHub, type Repository, startGitHub } from '../support/github/start.ts';

let github: GitHub;
let repository: Repository;
let folder: string;
beforeEach(async () => {
  github = await startGitHub();
  repository = await github.createRepository({ owner: 'octo', name: 'zoo', files: { 'README.md': 'Hello' } });
  folder = await mkdtemp(join(tmpdir(), 'modelgate-site-'));
});
afterEach(async () => {
  await github[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** Puts the ledger of the zoo on its branch, and the tags of its versions beside it; one has no release yet. */
async function fillRegistry(): Promise<void> {
  const drafts = listZoo();
  const files = Object.fromEntries([...writeEvents(drafts)].map(([path, bytes]) => [path, bytes.toString()]));
  await repository.commit({ branch: 'modelgate', files: { ...files, 'README.md': null } });
  const commit = (await repository.resolve('heads/main')) ?? '';
  const tags = drafts.flatMap((draft) => (draft.kind === 'release' ? [draft.tag] : []));
  for (const tag of [...tags, 'churn@v1.2.0!']) await repository.setRef(`refs/tags/${tag}`, commit);
  const { repos } = connect(github, repository, { contents: 'write' }).rest;
  for (const tag of tags.filter((one) => one !== 'churn@v1.3.0-rc.1')) {
    await repos.createRelease({ owner: 'octo', repo: 'zoo', tag_name: tag });
  }
}

async function build(...args: string[]) {
  const written: string[] = [];
  const keep = (chunk: unknown) => written.push(String(chunk)) > 0;
  const spies = [process.stdout, process.stderr].map((stream) => vi.spyOn(stream, 'write').mockImplementation(keep));
  try {
    const code = await main(['site', '--to', join(folder, 'out'), ...args], {
      GITHUB_TOKEN: github.createToken({ repository, permissions: { contents: 'read' } }),
      GITHUB_API_URL: github.apiUrl,
      GITHUB_REPOSITORY: 'octo/zoo',
    });
    return { code, text: written.join('') };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

const readPage = async (name: string) => readWords(await readFile(join(folder, 'out', name), 'utf8'));

describe('modelgate site', () => {
  test('writes the pages of what the ledger and the releases say, with six requests', async () => {
    await fillRegistry();
    const before = github.requests.length;
    const { code, text } = await build();
    expect(code, text).toBe(0);
    expect(text).toMatch(/out: 3 models, 8 versions; 11 files, [\d.]+ KiB\./);
    expect(github.requests.length - before).toBeLessThanOrEqual(6);
    expect(await readPage('model-churn.html')).toContain('v1.1.0 is live in production');
    const versions = await readPage('model-churn.versions-1.html');
    expect(versions).toContain('v1.2.0 withdrawn');
    expect(versions).toContain('v1.3.0-rc.1 pre-release not published');
  });

  test('shows the stages of each modelgate.yml in their order, also those that were never filled', async () => {
    await fillRegistry();
    const config = join(folder, 'modelgate.yml');
    await writeFile(config, 'version: 1\nmodel: churn\nstages: [staging, canary, production]\n');
    const { code, text } = await build('--config', config, '--title', 'The zoo', '--json');
    expect(code, text).toBe(0);
    expect(JSON.parse(text)).toMatchObject({ models: 3, versions: 8, files: 11, ledger: { sequence: 18 } });
    expect(await readPage('model-churn.html')).toContain('Stages staging, canary, production');
    expect(await readPage('index.html')).toContain('The zoo 3 models in the registry');
  });

  test('builds a page of an empty registry, and leaves no page of an earlier build beside foreign files', async () => {
    await build();
    for (const name of ['model-old.html', 'model-old.versions-3.html', 'model-mine.txt', 'notes.html']) {
      await writeFile(join(folder, 'out', name), 'x');
    }
    const { code, text } = await build();
    expect(code, text).toBe(0);
    expect((await readdir(join(folder, 'out'))).sort()).toEqual([
      '.nojekyll',
      'index.html',
      'model-mine.txt',
      'notes.html',
    ]);
    expect(await readPage('index.html')).toContain('No model was released yet');
  });

  test('two files of one model are refused, and nothing is written', async () => {
    const paths = ['a', 'b'].map((name) => join(folder, `${name}.yml`));
    for (const path of paths) await writeFile(path, 'version: 1\nmodel: churn\n');
    const { code, text } = await build(...paths.flatMap((path) => ['--config', path]));
    expect(code).toBe(2);
    expect(text).toContain('a second modelgate.yml is of the model `churn`');
    expect(await readdir(folder)).not.toContain('out');
  });
});
