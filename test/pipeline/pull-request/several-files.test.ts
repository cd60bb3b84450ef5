import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { parseConfig } from '../../../src/config/project.ts';
import { openCommitFiles } from '../../../src/github/commit-files.ts';
import type { Subject } from '../../../src/github/subject.ts';
import { layOutJudgingFolder } from '../../../src/pipeline/pull-request/judging-folder.ts';
import { createFolder } from '../../data/project.ts';

const TEXT = JSON.stringify({
  version: 1,
  model: 'birds',
  task: 'regression',
  data: { parts: { path: '../data/*.csv' }, folder: { path: 'more', contract: 'more/c.yaml' } },
  evaluate: {
    labels: { path: '../data/labels.csv', id: 'id', label: 'y' },
    predictions: { path: 'p.csv', id: 'id', prediction: 'y' },
    metrics: ['mae'],
  },
});

async function openRepository() {
  const folder = await createFolder({});
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@invalid', ...args], {
      cwd: folder,
      encoding: 'utf8',
    }).trim();
  git('init', '--quiet');
  const write = async (files: Readonly<Record<string, string>>) => {
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), content);
    }
  };
  const commit = () => {
    git('add', '--all');
    git('commit', '--quiet', '--message', 'Change');
    return git('rev-parse', 'HEAD');
  };
  return { folder, git, write, commit };
}

type Repository = Awaited<ReturnType<typeof openRepository>>;

async function layOut({ folder }: Repository, head: string, base?: string) {
  const target = join(await createFolder({}), 'judged');
  const { config, locate } = parseConfig(TEXT, 'm/modelgate.yml');
  const side = base === undefined ? ('head' as const) : ('base' as const);
  const faults = await layOutJudgingFolder({
    files: openCommitFiles(folder),
    subject: { head: { sha: head }, ...(base === undefined ? {} : { base: { sha: base } }) } as Subject,
    checkout: folder,
    judging: { config, locate, text: TEXT, side, bootstrap: false, sha256: '' },
    file: 'm/modelgate.yml',
    target,
    outputs: [],
  });
  const entries = await readdir(target, { recursive: true, withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const placed: Record<string, string> = {};
  for (const name of names.sort()) placed[name.slice(target.length + 1)] = await readFile(name, 'utf8');
  return { faults, placed };
}

const BASE = {
  'm/modelgate.yml': TEXT,
  'm/more/c.yaml': 'base',
  'm/more/x/one.jsonl': 'base',
  'm/more/readme.txt': 'base',
  'data/labels.csv': 'base',
  'data/kept.csv': 'base',
  'data/gone.csv': 'base',
  'data/changed.csv': 'base',
};

test('the files of a data set are those of the head, and the labels and the contract among them those of the base', async () => {
  const repository = await openRepository();
  await repository.write(BASE);
  const base = repository.commit();
  await rm(join(repository.folder, 'data/gone.csv'));
  await repository.write({
    'data/changed.csv': 'head',
    'data/added.csv': 'head',
    'data/labels.csv': 'head',
    'm/more/c.yaml': 'head',
    'm/more/x/two.jsonl': 'head',
  });
  await symlink('/etc/passwd', join(repository.folder, 'data/link.csv'));
  const head = repository.commit();
  repository.git('checkout', '--quiet', base);
  const { faults, placed } = await layOut(repository, head, base);
  expect(faults).toEqual(['data/link.csv is a symbolic link; only files are judged']);
  expect(placed).toEqual({
    'm/modelgate.yml': TEXT,
    'm/more/c.yaml': 'base',
    'm/more/x/one.jsonl': 'base',
    'm/more/x/two.jsonl': 'head',
    'data/labels.csv': 'base',
    'data/kept.csv': 'base',
    'data/changed.csv': 'head',
    'data/added.csv': 'head',
  });
});

test('a push is judged on what lies in its checkout, also where git does not keep it', async () => {
  const repository = await openRepository();
  await repository.write(BASE);
  const head = repository.commit();
  await repository.write({ 'data/fetched.csv': 'lying', 'm/more/fetched.jsonl': 'lying' });
  const { placed } = await layOut(repository, head);
  expect(Object.keys(placed)).toEqual(
    expect.arrayContaining(['data/fetched.csv', 'm/more/fetched.jsonl', 'data/kept.csv']),
  );
});
