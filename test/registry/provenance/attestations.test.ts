import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Manifest } from '../../../src/evidence/schema/manifest.ts';
import { describeVerdict, VERDICT_PREDICATE_TYPE } from '../../../src/registry/package/predicate.ts';
import {
  examineAttestations,
  type FoundBundle,
  PROVENANCE_TYPE,
} from '../../../src/registry/provenance/attestations.ts';
import { examineVersion } from '../../../src/registry/verify/version.ts';
import { type Identity, Sigstore } from '../../support/sigstore/sigstore.ts';
import { Released } from '../verify/released.ts';

const WORKFLOW = 'modelgate/modelgate/.github/workflows/model-release.yml';
let sigstore: Sigstore;
let released: Released;
let manifest: Manifest;
let identity: Identity;

beforeAll(async () => {
  sigstore = await Sigstore.open();
  released = await Released.open();
  const { client, repository, event } = released.ask();
  const found = await examineVersion({ client, repository, event }, { depth: 'listed' });
  if (found.manifest === undefined) throw new Error('the version does not verify');
  manifest = found.manifest;
  identity = { workflow: `${WORKFLOW}@refs/tags/v1`, repository: 'octo/zoo', repositoryId: repository.id };
});
afterAll(async () => {
  await released[Symbol.asyncDispose]();
  await sigstore[Symbol.asyncDispose]();
});

const subjects = () => [{ name: 'manifest.json', sha256: released.event.manifest }];

function describe(): object {
  const { evidence, event } = released;
  const { modelDigest, files } = event;
  return describeVerdict(evidence, modelDigest, files, event);
}

/** Both attestations, by somebody, of something. */
async function attest(
  change: { who?: Partial<Identity>; subjects?: ReturnType<typeof subjects>; verdict?: object } = {},
) {
  const who = { ...identity, ...change.who };
  const of = change.subjects ?? subjects();
  const contents = [
    await sigstore.attest(who, of, PROVENANCE_TYPE, { buildDefinition: {} }),
    await sigstore.attest(who, of, VERDICT_PREDICATE_TYPE, change.verdict ?? describe()),
  ];
  return contents.map((content, index): FoundBundle => ({ place: `${index}.sigstore.json`, released: true, content }));
}

/** What comes of bundles: outcomes and reasons of everything that is not a pass. */
function check(
  bundles: readonly FoundBundle[],
  more: Partial<Parameters<typeof examineAttestations>[0]> = {},
): string[] {
  const { repository, repositoryId } = identity;
  const policy = { workflow: WORKFLOW, repository, repositoryId, sourceRef: 'refs/heads/main' };
  const { checks } = examineAttestations({
    ...{ bundles, manifest, digest: released.event.manifest, documents: released.evidence, policy },
    ...{ roots: [sigstore.root], required: true, ...more },
  });
  return checks.filter(({ outcome }) => outcome !== 'pass').map(({ outcome, reason }) => `${outcome}: ${reason}`);
}

test('provenance and verdict that the release workflow signed for this repository verify', async () => {
  expect(check(await attest())).toEqual([]);
});

test('subjects may be the files of the model, or the parts that they come in', async () => {
  const files = manifest.files.filter(({ role }) => role === 'model');
  const parts = files.flatMap(({ assets }) => assets.map(({ name, sha256 }) => ({ name, sha256 })));
  expect(check(await attest({ subjects: parts }))).toEqual([]);
  const whole = files.map(({ path: name, sha256 }) => ({ name, sha256 }));
  expect(check(await attest({ subjects: whole }))).toEqual([]);
  const few = await attest({ subjects: parts.slice(1) });
  expect(check(few)).toEqual([
    expect.stringContaining('it does not speak of'),
    expect.stringContaining('it does not speak of'),
  ]);
});

test.each([
  [
    'another workflow',
    { workflow: 'octo/zoo/.github/workflows/evil.yml@refs/heads/main' },
    'certificate identity error',
  ],
  ['a workflow with the same beginning', { workflow: `${WORKFLOW}x@refs/heads/main` }, 'certificate identity error'],
  ['another repository', { repository: 'evil/zoo' }, 'signed for https://github.com/evil/zoo'],
  ['a repository that took over the name', { repositoryId: 7 }, 'signed for the repository of id 7'],
  ['a run for another branch', { ref: 'refs/heads/side' }, 'signed by a run for refs/heads/side'],
  ['a run for a tag with the name of the branch', { ref: 'refs/tags/main' }, 'signed by a run for refs/tags/main'],
  ['another issuer of tokens', { issuer: 'https://evil.test' }, 'invalid certificate extension'],
])('what %s signed is not believed', async (_name, who, reason) => {
  const faults = check(await attest({ who }));
  expect(faults).toHaveLength(4);
  expect(faults[0]).toContain('fail: ');
  expect(faults[0]).toContain(reason);
});

test('a ref can be pinned, too', async () => {
  const bundles = await attest();
  const pin = (ref: string) => ({ workflow: `${WORKFLOW}@${ref}`, repository: 'octo/zoo', sourceRef: undefined });
  expect(check(bundles, { policy: pin('refs/tags/v1') })).toEqual([]);
  expect(check(bundles, { policy: pin('refs/tags/v2') })).toHaveLength(4);
});

test('so can the commit of the workflow, whatever ref it was called by', async () => {
  const bundles = await attest({ who: { workflowSha: 'a'.repeat(40) } });
  const pin = (commit: string) => ({ workflow: `${WORKFLOW}@${commit}`, repository: 'octo/zoo', sourceRef: undefined });
  expect(check(bundles, { policy: pin('a'.repeat(40)) })).toEqual([]);
  expect(check(bundles, { policy: pin('b'.repeat(40)) })[0]).toContain(`at the commit ${'a'.repeat(40)}, not bbb`);
});

test('a pre-release may come from any branch, and which one is said', async () => {
  const bundles = await attest({ who: { ref: 'refs/heads/side' } });
  const { checks, namesManifest } = examineAttestations({
    ...{ bundles, manifest, digest: released.event.manifest, documents: released.evidence, required: true },
    policy: { workflow: WORKFLOW, repository: 'octo/zoo', sourceRef: undefined },
    roots: [sigstore.root],
  });
  expect(checks.map(({ outcome }) => outcome)).toEqual(['pass', 'pass']);
  expect(checks[0]?.reason).toContain('in a run for refs/heads/side');
  expect(namesManifest).toBe(true);
});

test('a verdict that says something else than the release is found', async () => {
  const said = describe() as { rules: { outcome: string }[] };
  const rules = said.rules.map((rule) => ({ ...rule, outcome: 'fail' }));
  expect(check(await attest({ verdict: { ...said, rules } }))).toEqual([
    'fail: the rules that was attested is not that of the release',
  ]);
  expect(check(await attest({ verdict: { ...said, modelDigest: released.event.manifest } }))).toEqual([
    expect.stringContaining('the digest of the model'),
  ]);
});

test('a bundle with one changed byte is named, whatever the byte', async () => {
  const [bundle] = await attest();
  const text = JSON.stringify(bundle?.content);
  for (let place = 0; place < text.length; place += Math.floor(text.length / 40)) {
    const other = text[place] === 'A' ? 'B' : 'A';
    const changed = text.slice(0, place) + other + text.slice(place + 1);
    const faults = check([{ place: 'x.sigstore.json', released: true, content: changed }]);
    // Some fields are only hints that nothing rests on; the statement and its signer are then the same.
    if (!faults.some((fault) => fault.startsWith('fail'))) expect(sameMeaning(changed, text)).toBe(true);
  }
});

/** Whether what is signed, by whom and when, is the same. */
function sameMeaning(changed: string, text: string): boolean {
  const read = (one: string) => {
    const { dsseEnvelope, verificationMaterial } = JSON.parse(one) as Record<string, Record<string, unknown>>;
    return JSON.stringify([dsseEnvelope?.['payload'], verificationMaterial?.['certificate']]);
  };
  return read(changed) === read(text);
}

test('nobody’s log, no root and another root believe nothing', async () => {
  const bundles = await attest();
  await using other = await Sigstore.open();
  expect(check(bundles, { roots: [other.root] })).toHaveLength(4);
  expect(check(bundles, { roots: [other.root, sigstore.root] })).toEqual([]);
  expect(check(bundles, { roots: undefined })).toEqual([expect.stringContaining('2 were found and not verified')]);
});

test('no attestations: the digest chain is what there is, and that is said', () => {
  const reason = expect.stringContaining('the digests that lead from the manifest to every file were checked');
  expect(check([])).toEqual([reason]);
  const { checks, namesManifest } = examineAttestations({
    ...{ bundles: [], manifest, digest: '', documents: {}, roots: undefined, required: false },
    policy: { workflow: WORKFLOW, repository: 'octo/zoo', sourceRef: undefined },
  });
  expect(checks[0]?.counts).toBe(false);
  expect(namesManifest).toBe(false);
});
