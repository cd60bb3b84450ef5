import { expect, test } from 'vitest';
import { createClient } from '../../src/github/client.ts';
import { createAnnotatedTag, listTagNames, readAnnotatedTag } from '../../src/github/tags.ts';
import { startGitHub } from '../support/github/start.ts';

async function open() {
  const github = await startGitHub();
  const made = await github.createRepository({ owner: 'octo', name: 'zoo', files: { a: 'a' } });
  const token = github.createToken({ repository: made, permissions: { contents: 'write' } });
  const client = createClient({ token, apiUrl: github.apiUrl, delays: { second: 0 } });
  const commit = (await made.resolve('main')) ?? '';
  const dispose = () => github[Symbol.asyncDispose]();
  return { github, made, client, repository: { owner: 'octo', name: 'zoo' }, commit, [Symbol.asyncDispose]: dispose };
}

test('an annotated tag is made once, whatever its letters, and read as it was made', async () => {
  await using room = await open();
  const { client, repository, commit } = room;
  for (const name of ['churn@v1.0.0', 'churn#production#3']) {
    const wanted = { name, commit, message: 'churn v1.0.0\n\nModgelate-Ledger: 1' };
    const made = await createAnnotatedTag(client, repository, wanted);
    expect(made).toMatchObject({ ...wanted, annotated: true });
    expect(await readAnnotatedTag(client, repository, name)).toEqual(made);
    expect(await createAnnotatedTag(client, repository, { ...wanted, message: 'another' })).toEqual(made);
  }
  expect((await listTagNames(client, repository, 'churn#')).map(({ name }) => name)).toEqual(['churn#production#3']);
  expect(await readAnnotatedTag(client, repository, 'churn@v9.0.0')).toBeUndefined();
});

test('a tag that is there is never moved, and a lightweight one is told apart', async () => {
  await using room = await open();
  const { client, repository, commit, made } = room;
  await made.setRef('refs/tags/churn@v1.0.0', commit);
  const next = await made.commit({ branch: 'main', files: { a: 'b' } });
  const found = await createAnnotatedTag(client, repository, { name: 'churn@v1.0.0', commit: next, message: 'x' });
  expect(found).toMatchObject({ annotated: false, commit, message: '' });
  expect(await made.resolve('tags/churn@v1.0.0')).toBe(commit);
});

test('an answer that is lost is looked up, and of two that make a tag at once one does', async () => {
  await using room = await open();
  const { client, repository, commit, github } = room;
  github.faults.add({ operation: 'git/create-ref', kind: 'drop', when: 'after' });
  const wanted = { name: 'churn@v1.0.0', commit, message: 'one' };
  expect(await createAnnotatedTag(client, repository, wanted)).toMatchObject({ message: 'one' });
  const both = ['a', 'b'].map((message) => createAnnotatedTag(client, repository, { ...wanted, name: 'two', message }));
  const [first, second] = await Promise.all(both);
  expect(first).toEqual(second);
});
