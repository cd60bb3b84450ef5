import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createClient } from '../../../src/github/client.ts';
import { openLedger } from '../../../src/registry/ledger/branch-ledger.ts';
import { publishVersion } from '../../../src/registry/publish/publish.ts';
import { readGit } from '../../support/github/git/commands.ts';
import { Place } from './place.ts';

const FILE = '.github/workflows/model.yml';

/** A clone of a repository whose main went on by a workflow file after the commit that is released. */
async function openClone(place: Place, file = FILE): Promise<string> {
  await place.repository.commit({ branch: 'main', files: { [file]: 'on: push\n' } });
  const folder = join(place.folder, 'clone');
  await readGit(place.folder, ['clone', '--quiet', place.repository.folder, folder]);
  return folder;
}

/** What publishing is called with by a token of a kind. */
async function ask(place: Place, checkout: string, kind: 'workflow' | 'user') {
  const { github, repository } = place;
  const who = kind === 'user' ? { kind, login: 'octo' } : { kind };
  const token = github.createToken({ repository, ...who, permissions: { contents: 'write' } });
  const client = createClient({ token, apiUrl: github.apiUrl, delays: { second: 0 } });
  const options = place.options(await place.pack({ 'model.bin': 'weights' }), { checkout, client });
  return { ...options, ledger: openLedger(client, options.repository, { now: () => new Date() }) };
}

test('a commit that GitHub lets the token of a job not release is refused before anything is sent', async () => {
  await using place = await Place.open();
  const options = await ask(place, await openClone(place), 'workflow');
  await expect(publishVersion(options)).rejects.toThrow(
    /\.github\/workflows: these files of [0-9a-f]{12} are not those of main.*Release a commit/s,
  );
  expect(place.github.requests.filter(({ operation }) => operation.startsWith('repos/create'))).toEqual([]);
  expect(place.releases.all).toEqual([]);
});

test('without a clone to ask, GitHub itself refuses such a commit, and nothing is left behind', async () => {
  await using place = await Place.open();
  const { checkout: _, ...options } = await ask(place, await openClone(place), 'workflow');
  await expect(publishVersion(options)).rejects.toThrow('Resource not accessible by integration');
  expect(place.releases.all).toEqual([]);
  expect(await place.readEvents()).toEqual([]);
});

test('another file may differ', async () => {
  await using place = await Place.open();
  const options = await ask(place, await openClone(place, '.github/labels.yml'), 'workflow');
  expect(await publishVersion(options)).toMatchObject({ state: 'published' });
});

test('a person may release such a commit', async () => {
  await using place = await Place.open();
  const options = await ask(place, await openClone(place), 'user');
  expect(await publishVersion(options)).toMatchObject({ state: 'published' });
});
