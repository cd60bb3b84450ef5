import { generateKeyPairSync } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TrustedRoot } from '@sigstore/protobuf-specs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Terminal } from '../../../src/cli/command.ts';
import { runFetch } from '../../../src/cli/commands/fetch.ts';
import { runVerify, type VerifyFlags } from '../../../src/cli/commands/verify.ts';
import { SILENT } from '../../../src/progress.ts';
import { computeEventDigest } from '../../../src/registry/ledger/chain.ts';
import { describeVerdict, VERDICT_PREDICATE_TYPE } from '../../../src/registry/package/predicate.ts';
import { PROVENANCE_TYPE } from '../../../src/registry/provenance/attestations.ts';
import { Room } from '../../registry/fetch/room.ts';
import { keepAttestations } from '../../support/github/records/attestations.ts';
import { Sigstore } from '../../support/sigstore/sigstore.ts';

let room: Room;
beforeAll(async () => {
  room = await Room.open();
});
afterAll(() => room[Symbol.asyncDispose]());

/** Runs a command as the command line would, on the local GitHub. */
async function run<F>(command: (terminal: Terminal, flags: F) => Promise<number>, flags: F) {
  const { github, repository } = room.released.place;
  const token = github.createToken({ repository, permissions: { contents: 'read', attestations: 'read' } });
  const environment = { GITHUB_TOKEN: token, GITHUB_API_URL: github.apiUrl, XDG_CACHE_HOME: join(room.root, 'xdg') };
  let text = '';
  const { signal } = new AbortController();
  const terminal = { environment, progress: SILENT, signal, color: false, width: 120 };
  const print = (line: string) => {
    text += line;
  };
  const code = await command({ ...terminal, print }, flags);
  return { code, text };
}

const COMMON = { config: 'modelgate.yml', repository: 'octo/zoo' };
const verify = (flags: Partial<VerifyFlags>) => run(runVerify, { ...COMMON, ...flags });

test.each(['churn@v1.0.0', 'churn@1.0.0', 'churn@^1.0', 'churn@latest'])('`modelgate fetch %s`', async (reference) => {
  const { code, text } = await run(runFetch, { ...COMMON, reference, to: room.folder, json: true });
  expect(code).toBe(0);
  expect(JSON.parse(text)).toMatchObject({ model: 'churn', version: 'v1.0.0', folder: room.folder });
  expect(await room.holdsModel()).toBe(true);
});

test.each([
  ['churn@v2.0.0', 'there is no version `churn@v2.0.0`'],
  ['churn@production', 'nothing was ever put into `churn@production`'],
  ['churn', 'names no version of a model'],
  ['churn@../x', 'names neither a version nor a range nor a stage'],
])('`modelgate fetch %s` says what there is instead', async (reference, found) => {
  await expect(run(runFetch, { ...COMMON, reference, to: room.folder })).rejects.toThrow(found);
});

test('`modelgate verify` of a version and of the ledger', async () => {
  const version = await verify({ reference: 'churn@v1.0.0' });
  expect(version.text).toContain('Everything that counts is as it should be.');
  expect(version.text).toContain('attestations (does not count)');
  expect(version.code).toBe(0);
  expect((await verify({ ledger: true })).code).toBe(0);
  await expect(verify({})).rejects.toThrow('0 things were named');
});

test('attestations that GitHub keeps verify by a trusted root, and may be required', async () => {
  await using sigstore = await Sigstore.open();
  const file = join(room.root, 'root.json');
  await writeFile(file, JSON.stringify(TrustedRoot.toJSON(sigstore.root)));
  const required = { reference: 'churn@v1.0.0', trustedRoot: file, requireAttestations: true, json: true };
  expect((await verify(required)).code).toBe(1);
  const { event, evidence, place } = room.released;
  const workflow = 'modelgate/modelgate/.github/workflows/model-release.yml@refs/tags/v1';
  const who = { workflow, repository: 'octo/zoo', repositoryId: place.repository.id };
  const subjects = [{ name: 'manifest.json', sha256: event.manifest }];
  const verdict = describeVerdict(evidence, event.modelDigest, event.files, event);
  const records = place.repository.state.part(keepAttestations);
  for (const [predicateType, predicate] of [
    [PROVENANCE_TYPE, {}],
    [VERDICT_PREDICATE_TYPE, verdict],
  ] as const) {
    const bundle = await sigstore.attest(who, subjects, predicateType, predicate);
    records.push({ id: records.length + 1, bundle, subjects: [event.manifest], predicateType });
  }
  const good = await verify(required);
  expect(JSON.parse(good.text)).toMatchObject({ outcome: 'pass' });
  expect(good.code).toBe(0);
  expect((await verify({ ...required, signerWorkflow: 'octo/zoo/.github/workflows/x.yml' })).code).toBe(1);
  expect((await verify({ ...required, sourceRef: 'refs/heads/side' })).code).toBe(1);
  await run(runFetch, { ...COMMON, reference: 'churn@v1.0.0', to: room.folder });
  for (const { id, bundle } of records) {
    await writeFile(join(room.folder, `${id}.sigstore.json`), JSON.stringify(bundle));
  }
  const folder = { folder: room.folder, trustedRoot: file, repository: 'octo/zoo' };
  await expect(verify(folder)).rejects.toThrow('which branch v1.0.0 has to come from');
  expect((await verify({ ...folder, sourceRef: 'refs/heads/main' })).code).toBe(0);
  const side = await verify({ ...folder, sourceRef: 'refs/heads/side' });
  expect(side.text).toContain('signed by a run for refs/heads/main');
  expect(side.code).toBe(1);
  await rm(room.folder, { recursive: true });
});

test('a folder verifies by what is known of it from elsewhere, and never by itself', async () => {
  await run(runFetch, { ...COMMON, reference: 'churn@v1.0.0', to: room.folder });
  const { folder, released } = room;
  const alone = await verify({ folder, json: true });
  expect(JSON.parse(alone.text)).toMatchObject({ outcome: 'cannot-measure' });
  expect(alone.text).toContain('--manifest-digest');
  expect(alone.code).toBe(1);
  const other = `sha256:${'0'.repeat(64)}`;
  const eventDigest = computeEventDigest(released.event);
  for (const reference of [undefined, 'churn@v1.0.0']) {
    const what = reference === undefined ? { folder } : { reference };
    expect((await verify({ ...what, manifestDigest: released.event.manifest })).code).toBe(0);
    expect((await verify({ ...what, eventDigest })).code).toBe(0);
    expect((await verify({ ...what, manifestDigest: other })).code).toBe(1);
    expect((await verify({ ...what, eventDigest: other })).code).toBe(1);
  }
  await rm(join(folder, 'ledger-event.json'));
  expect((await verify({ folder, eventDigest })).code).toBe(1);
  expect((await verify({ folder, manifestDigest: released.event.manifest })).code).toBe(0);
  await expect(verify({ folder, manifestDigest: '123' })).rejects.toThrow('--manifest-digest is `123`');
});

test('whoever names a public key asks for a signature', async () => {
  const publicKey = join(room.root, 'model.pub');
  const { publicKey: key } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  await writeFile(publicKey, key.export({ type: 'spki', format: 'pem' }));
  const { code, text } = await verify({ reference: 'churn@v1.0.0', publicKey, json: true });
  expect(text).toContain('there is none, and a public key was given');
  expect(code).toBe(1);
});
