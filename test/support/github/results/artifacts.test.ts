import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { computeHash, createNoise, startToolkit } from './toolkit.ts';

test('what a job uploads in several blocks, a later job of the run downloads byte by byte', async () => {
  await using toolkit = await startToolkit();
  const { artifact, folder, results } = toolkit;
  const bytes = createNoise(20 * 1024 * 1024);
  await writeFile(join(folder, 'model.bin'), bytes);
  toolkit.becomeJob(7, { job: 'train' });
  const uploaded = await artifact.uploadArtifact('model', [join(folder, 'model.bin')], folder, { compressionLevel: 0 });

  const stored = results.store.list(7)[0];
  expect(stored).toMatchObject({ id: uploaded.id, name: 'model', runId: 7, digest: `sha256:${uploaded.digest}` });
  expect(stored?.size).toBe(uploaded.size);
  expect(computeHash(stored?.bytes() ?? Buffer.alloc(0))).toBe(uploaded.digest);
  expect(toolkit.calls.filter((call) => call.includes('comp=block&')).length).toBe(3);

  toolkit.becomeJob(7, { job: 'judge' });
  const { artifact: found } = await artifact.getArtifact('model');
  expect(found).toMatchObject({ id: uploaded.id, size: uploaded.size, digest: `sha256:${uploaded.digest}` });
  const path = join(folder, 'download');
  const download = await artifact.downloadArtifact(found.id, { path, expectedHash: `sha256:${uploaded.digest}` });
  expect(download.digestMismatch).toBe(false);
  expect(computeHash(await readFile(join(path, 'model.bin')))).toBe(computeHash(bytes));
  const other = await artifact.downloadArtifact(found.id, { path, expectedHash: `sha256:${'0'.repeat(64)}` });
  expect(other.digestMismatch).toBe(true);
});

test('a single file travels without an archive under its own name', async () => {
  await using toolkit = await startToolkit();
  const { artifact, folder } = toolkit;
  await writeFile(join(folder, 'report (1).html'), '<p>7</p>');
  toolkit.becomeJob(7);
  const uploaded = await artifact.uploadArtifact('ignored', [join(folder, 'report (1).html')], folder, {
    skipArchive: true,
  });
  expect(
    toolkit.results.store
      .get(uploaded.id ?? 0)
      ?.bytes()
      .toString(),
  ).toBe('<p>7</p>');
  await artifact.downloadArtifact(uploaded.id ?? 0, { path: join(folder, 'download') });
  expect(await readdir(join(folder, 'download'))).toEqual(['report (1).html']);
});

test('a name is taken once in an attempt; the next attempt has it free, and the newest is found', async () => {
  await using toolkit = await startToolkit();
  const { artifact, folder } = toolkit;
  await writeFile(join(folder, 'a.txt'), 'a');
  toolkit.becomeJob(7);
  const upload = () => artifact.uploadArtifact('a', [join(folder, 'a.txt')], folder);
  const first = await upload();
  await expect(upload()).rejects.toThrow(/409.*already exists/);
  toolkit.becomeJob(7, { attempt: 2 });
  const second = await upload();
  expect(second.id).toBeGreaterThan(first.id ?? 0);
  expect((await artifact.getArtifact('a')).artifact.id).toBe(second.id);
  expect((await artifact.listArtifacts()).artifacts).toHaveLength(2);
  expect((await artifact.listArtifacts({ latest: true })).artifacts.map((one) => one.id)).toEqual([second.id]);
});

test('a job sees the artifacts of its own run only', async () => {
  await using toolkit = await startToolkit();
  const { artifact, results } = toolkit;
  const other = results.store.add(8, 'secret', Buffer.from('PK'));
  toolkit.becomeJob(7);
  expect((await artifact.listArtifacts()).artifacts).toEqual([]);
  await expect(artifact.downloadArtifact(other.id)).rejects.toThrow('No artifacts found for ID');
  await expect(artifact.deleteArtifact('secret')).rejects.toThrow('Artifact not found');
  expect(results.store.list(8)).toHaveLength(1);
});

test('what a test adds is served as an upload is, and a deleted artifact is gone', async () => {
  await using toolkit = await startToolkit();
  const { artifact, folder, results } = toolkit;
  await mkdir(join(folder, 'in'));
  await writeFile(join(folder, 'in', 'a.txt'), 'added');
  toolkit.becomeJob(1);
  const uploaded = await artifact.uploadArtifact('in', [join(folder, 'in', 'a.txt')], join(folder, 'in'));
  const added = results.store.add(2, 'in', results.store.get(uploaded.id ?? 0)?.bytes() ?? Buffer.alloc(0));
  toolkit.becomeJob(2);
  await artifact.downloadArtifact(added.id, { path: join(folder, 'out') });
  expect(await readFile(join(folder, 'out', 'a.txt'), 'utf8')).toBe('added');
  expect(await artifact.deleteArtifact('in')).toEqual({ id: added.id });
  expect(results.store.get(added.id)).toBeUndefined();
  await expect(artifact.getArtifact('in')).rejects.toThrow('Artifact not found');
});

test('an artifact expires after the days that the upload names, and its address after ten minutes', async () => {
  await using toolkit = await startToolkit();
  const { results } = toolkit;
  const { id } = results.store.add(7, 'a', Buffer.from('PK'), { expires: new Date('2027-03-03T12:00:00Z') });
  const address = results.store.sign(id) ?? '';
  expect((await fetch(address)).headers.get('content-type')).toBe('application/zip');
  expect((await fetch(address, { method: 'PUT', body: 'x' })).status).toBe(403);
  expect((await fetch(address.replace(/sig=.{6}/, 'sig=forged'))).status).toBe(403);
  toolkit.moveClock(1);
  expect((await fetch(address)).status).toBe(403);
  expect(results.store.get(id)?.expired).toBe(false);
  toolkit.moveClock(1);
  expect(results.store.get(id)?.expired).toBe(true);
  expect(results.store.sign(id)).toBeUndefined();
});

test('a call needs a token of this server, for the run and the job that it names', async () => {
  await using toolkit = await startToolkit();
  const mine = toolkit.becomeJob(7);
  const call = async (method: string, token: string, body: object) => {
    const path = `twirp/github.actions.results.api.v1.ArtifactService/${method}`;
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(`${process.env['ACTIONS_RESULTS_URL']}${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    return `${answer.status} ${((await answer.json()) as { msg?: string }).msg}`;
  };
  const ids = readIds(mine);
  const foreign = readIds(toolkit.results.createRuntimeToken({ runId: 8, job: 'build' }));
  expect(await call('ListArtifacts', mine, ids)).toBe('200 undefined');
  expect(await call('ListArtifacts', `${mine}x`, ids)).toBe('401 invalid token');
  expect(await call('ListArtifacts', mine, foreign)).toBe('403 the token belongs to another job');
  expect(await call('GetSignedArtifactURL', mine, { ...foreign, name: 'a' })).toBe('404 artifact not found');
  expect(await call('MigrateArtifact', mine, ids)).toMatch(/^404 no /);
  expect(await call('CreateArtifact', mine, { ...ids, name: 'a' })).toBe('200 undefined');
  expect(await call('FinalizeArtifact', mine, { ...ids, name: 'a', size: '1' })).toMatch(/^400 size 1 is not/);
});

function readIds(token: string): object {
  const { scp } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { scp: string };
  const [, run, job] = scp.split(' ')[1]?.split(':') ?? [];
  return { workflow_run_backend_id: run, workflow_job_run_backend_id: job };
}
