import { RequestError } from 'octokit';
import { expect, test } from 'vitest';
import { type CompletedCheck, completeCheck, nameExternalId, openCheck } from '../../src/github/checks.ts';
import { upsertComment } from '../../src/github/comments.ts';
import { readOwnLogin } from '../../src/github/viewer.ts';
import { type Opinion, PLACE, startOurs, startTheirs } from './emulator.ts';

// What our code leaves behind must not depend on who imitated GitHub: our local one, or emulate 0.12.2 (Vercel).

const repository = { owner: PLACE.owner, name: PLACE.repo };
const MARKER = '<!-- modelgate penguins -->';

/** Runs the same steps against both; what each says must be the same, and is returned. */
async function compare<T>(steps: (opinion: Opinion) => Promise<T>): Promise<T> {
  await using ours = await startOurs();
  await using theirs = await startTheirs();
  const said = await steps(ours);
  expect(await steps(theirs)).toEqual(said);
  return said;
}

const readMessage = ({ response }: RequestError) => (response?.data as { message?: string } | undefined)?.message;

async function listComments({ ours, number }: Opinion): Promise<string[]> {
  const place = { ...PLACE, issue_number: number, per_page: 100 };
  const all = await ours.paginate(ours.rest.issues.listComments, place);
  return all.map(({ user, body }) => `${user?.login}: ${body}`);
}

test('one comment of ours is left, edited in place, and nobody else’s is touched', async () => {
  const said = await compare(async (opinion) => {
    const { ours, stranger, number } = opinion;
    const author = await readOwnLogin(ours);
    const post = async (body: string, runId: number) => {
      const order = { runId, attempt: 1 };
      return (await upsertComment(ours, { repository, number, marker: MARKER, author, body, order })).action;
    };
    const write = (client: typeof ours, body: string) =>
      client.rest.issues.createComment({ ...PLACE, issue_number: number, body });
    await write(stranger, `${MARKER}\nI pose as the gate`);
    const actions = [await post('Fail', 1), await post('Fail', 1), await post('Pass', 2), await post('Late', 1)];
    await write(ours, `${MARKER}\na second one, of a request that was delivered twice`);
    actions.push(await post('Pass', 3));
    return { author, actions, comments: await listComments(opinion) };
  });
  expect(said.author).toBe('github-actions[bot]');
  expect(said.actions).toEqual(['created', 'kept', 'updated', 'outdated', 'updated']);
  expect(said.comments).toHaveLength(2);
  expect(said.comments[0]).toContain('eve: ');
  expect(said.comments[1]).toMatch(/^github-actions\[bot\]: .*\nPass$/s);
});

test('our comment is found on the second page', async () => {
  const said = await compare(async (opinion) => {
    const { ours, stranger, number } = opinion;
    const author = await readOwnLogin(ours);
    for (const client of [stranger, ours]) {
      const writes = Array.from({ length: 55 }, (_, index) => index);
      for (const index of writes) {
        await client.rest.issues.createComment({ ...PLACE, issue_number: number, body: `Chat ${index}` });
      }
    }
    const wanted = { repository, number, marker: MARKER, author, order: { runId: 1, attempt: 1 } };
    const first = await upsertComment(ours, { ...wanted, body: 'Fail' });
    const second = await upsertComment(ours, { ...wanted, order: { runId: 2, attempt: 1 }, body: 'Pass' });
    return { same: first.id === second.id, comments: await listComments(opinion) };
  });
  expect(said.same).toBe(true);
  expect(said.comments).toHaveLength(111);
  expect(said.comments.at(-1)).toContain('Pass');
});

test('a check is opened, completed once, and completed anew by a later attempt', async () => {
  const said = await compare(async ({ ours, headSha, app }) => {
    const annotation = { path: 'README.md', startLine: 1, endLine: 2, level: 'warning' as const, message: 'Look' };
    const wanted: CompletedCheck = {
      repository,
      name: 'modelgate / penguins',
      headSha,
      externalId: nameExternalId(7),
      // The emulator's checks belong to no app, so none is asked for there.
      app: app as string,
      order: { runId: 7, attempt: 1 },
      output: { title: 'Fail', summary: 'One rule fails.', text: 'More' },
      conclusion: 'failure',
      annotations: [annotation],
    };
    const read = async () => {
      const { data } = await ours.rest.checks.listForRef({ ...PLACE, ref: headSha, filter: 'all' });
      return data.check_runs.map(({ name, status, conclusion, external_id, output }) => {
        const { title, summary, text, annotations_count } = output;
        return { name, status, conclusion, external_id, title, summary, text, annotations_count };
      });
    };
    const opened = await openCheck(ours, { ...wanted, output: { title: 'Judging', summary: 'Wait.' } });
    const states = [await read()];
    const actions = [opened.action, (await completeCheck(ours, wanted)).action];
    states.push(await read());
    actions.push((await completeCheck(ours, wanted)).action);
    const later = {
      ...wanted,
      order: { runId: 7, attempt: 2 },
      annotations: [],
      output: { title: 'Pass', summary: '' },
    };
    actions.push((await openCheck(ours, later)).action);
    actions.push((await completeCheck(ours, { ...later, conclusion: 'success' })).action);
    actions.push((await completeCheck(ours, wanted)).action);
    // GitHub keeps the annotations of earlier attempts, the emulator keeps those of the last request alone.
    states.push((await read()).map((check) => ({ ...check, annotations_count: 0, text: null })));
    return { actions, states };
  });
  expect(said.actions).toEqual(['written', 'written', 'kept', 'written', 'written', 'outdated']);
  expect(said.states.map((checks) => checks.map(({ status, conclusion }) => `${status} ${conclusion}`))).toEqual([
    ['in_progress null'],
    ['completed failure'],
    ['completed success'],
  ]);
  expect(said.states[1]?.[0]).toMatchObject({ external_id: 'modelgate:7', title: 'Fail', annotations_count: 1 });
});

test('refs and tags are made once, found with their odd names, and gone when deleted', async () => {
  const said = await compare(async ({ writer, headSha }) => {
    const { git } = writer.rest;
    const tell = (request: Promise<{ status: number; data: unknown }>) =>
      request.then(
        ({ status, data }) => `${status} ${(data as { ref?: string } | undefined)?.ref ?? ''}`,
        (error: unknown) => {
          if (!(error instanceof RequestError)) throw error;
          return `${error.status} ${readMessage(error)}`;
        },
      );
    const make = (ref: string, sha = headSha) => tell(git.createRef({ ...PLACE, ref, sha }));
    const names = ['churn@v1.0.0', 'churn#production#1', 'dir=churn@v1.0.0!'];
    const told: string[] = [];
    for (const name of names) told.push(await make(`refs/tags/${name}`));
    told.push(await make(`refs/tags/${names[0]}`));
    for (const name of names) told.push(await tell(git.getRef({ ...PLACE, ref: `tags/${name}` })));
    const { data: found } = await git.listMatchingRefs({ ...PLACE, ref: 'tags/churn' });
    told.push(...found.map(({ ref }) => ref).sort());
    told.push(await tell(git.deleteRef({ ...PLACE, ref: `tags/${names[1]}` })));
    told.push(await tell(git.getRef({ ...PLACE, ref: `tags/${names[1]}` })));
    return told;
  });
  expect(said).toContain('422 Reference already exists');
  expect(said.at(-1)).toBe('404 Not Found');
});

test('a commit through blobs and trees moves its branch forward only', async () => {
  const said = await compare(async ({ writer, headSha }) => {
    const { git } = writer.rest;
    const commit = async (content: string) => {
      const entry = { path: 'ledger.jsonl', mode: '100644', type: 'blob', content } as const;
      const { data: base } = await git.getCommit({ ...PLACE, commit_sha: headSha });
      const { data: tree } = await git.createTree({ ...PLACE, base_tree: base.tree.sha, tree: [entry] });
      const date = '2027-03-01T12:00:00Z';
      const author = { name: 'Gate', email: 'gate@invalid', date };
      const made = { ...PLACE, message: content, tree: tree.sha, parents: [headSha], author, committer: author };
      return (await git.createCommit(made)).data;
    };
    const [one, two] = [await commit('one'), await commit('two')];
    await git.createRef({ ...PLACE, ref: 'refs/heads/ledger', sha: headSha });
    const update = (sha: string) => git.updateRef({ ...PLACE, ref: 'heads/ledger', sha, force: false });
    const moved = (await update(one.sha)).status;
    const refused = await update(two.sha).catch((error: unknown) => (error as RequestError).status);
    const { data: tree } = await git.getTree({ ...PLACE, tree_sha: one.tree.sha });
    const { data: blob } = await git.getBlob({
      ...PLACE,
      file_sha: tree.tree.find((entry) => entry.path === 'ledger.jsonl')?.sha ?? '',
    });
    const { data: tip } = await git.getRef({ ...PLACE, ref: 'heads/ledger' });
    // The emulator does not sort a tree as git does.
    const paths = tree.tree.map(({ path, mode, type }) => `${mode} ${type} ${path}`).sort();
    return {
      moved,
      refused,
      stays: tip.object.sha === one.sha,
      paths,
      content: Buffer.from(blob.content, 'base64').toString(),
    };
  });
  expect(said).toMatchObject({ moved: 200, refused: 422, stays: true, content: 'one' });
});
