import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyBundle } from '../../../src/registry/provenance/bundle.ts';
import { createOctokit } from '../github/octokit.ts';
import { startGitHub } from '../github/start.ts';
import { Sigstore } from '../sigstore/sigstore.ts';
import { PUSH, runExample } from './example.ts';

const FILE = `${'ab'.repeat(32)}  model.bin\n${'cd'.repeat(32)}  manifest.json\n`;
const WORKFLOW = `
on: push
jobs:
  publish:
    runs-on: x
    permissions: {id-token: write, attestations: write, contents: read}
    steps:
      - uses: actions/checkout@v7
      - {id: a, uses: actions/attest@v4, with: {subject-checksums: sums.txt}}
      - id: b
        uses: actions/attest@v4
        with: {subject-checksums: sums.txt, predicate-type: "https://example.com/v1", predicate-path: verdict.json}
      - run: cp "$BUNDLE" "$KEEP"
        env: {BUNDLE: "\${{ steps.b.outputs.bundle-path }}", KEEP: "\${{ github.workspace }}/kept.json"}
      - run: cat kept.json
`;
const files = { 'sums.txt': FILE, 'verdict.json': '{"outcome":"pass"}' };

let sigstore: Sigstore;
beforeAll(async () => {
  sigstore = await Sigstore.open();
});
afterAll(() => sigstore[Symbol.asyncDispose]());

test('an attestation names every line of the checksums, and GitHub keeps it by each digest', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository({ owner: 'octo', name: 'zoo', files });
  const sha = (await repository.resolve('main')) ?? '';
  const payload = { repository: { private: false } };
  const machine = { SIGSTORE_URL: sigstore.url };
  const result = await runExample(WORKFLOW, { event: { ...PUSH, sha, payload }, github, repository, machine });
  expect(result.conclusion, result.log).toBe('success');
  const { repos } = createOctokit(github, repository, { attestations: 'read' }).rest;
  const at = { owner: 'octo', repo: 'zoo', subject_digest: `sha256:${'cd'.repeat(32)}` };
  const { attestations = [] } = (await repos.listAttestations(at)).data;
  const statements = attestations.map(({ bundle }) => {
    const payload = String(bundle?.dsseEnvelope?.['payload']);
    return JSON.parse(Buffer.from(payload, 'base64').toString('utf8'));
  });
  const types = statements.map(({ predicateType }) => predicateType).sort();
  expect(types).toEqual(['https://example.com/v1', 'https://slsa.dev/provenance/v1']);
  expect(statements[0].subject.map(({ name }: { name: string }) => name)).toEqual(['model.bin', 'manifest.json']);
  expect(result.log).toContain('application/vnd.dev.sigstore.bundle.v0.3+json');
  const workflow = 'octo/zoo/.github/workflows/example.yml';
  const believe = (policy: { repository: string; repositoryId: number }) =>
    attestations.map(({ bundle }) =>
      verifyBundle(bundle, [sigstore.root], { workflow, sourceRef: 'refs/heads/main', ...policy }),
    );
  const signer = `https://github.com/${workflow}@refs/heads/main`;
  expect(believe({ repository: 'octo/zoo', repositoryId: repository.id })).toMatchObject([{ signer }, { signer }]);
  expect(believe({ repository: 'octo/zoo', repositoryId: 7 })[0]).toHaveProperty('fault');
});

test('without the permission for an identity, and in a private repository, nothing is attested', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository({ owner: 'octo', name: 'zoo', files });
  const sha = (await repository.resolve('main')) ?? '';
  const run = (workflow: string, hidden: boolean) =>
    runExample(workflow, {
      event: { ...PUSH, sha, payload: { repository: { private: hidden } } },
      machine: { SIGSTORE_URL: sigstore.url },
      github,
      repository,
    });
  const mute = await run(WORKFLOW.replace('id-token: write, ', ''), false);
  expect([mute.conclusion, mute.log]).toEqual(['failure', expect.stringContaining('missing "id-token" permission')]);
  const closed = await run(WORKFLOW, true);
  expect([closed.conclusion, closed.log]).toEqual(['failure', expect.stringContaining('Feature not available')]);
});

test('a folder becomes the artifact that Pages deploys', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository({ owner: 'octo', name: 'zoo', files: { 'site/index.html': 'x' } });
  const sha = (await repository.resolve('main')) ?? '';
  const workflow = `
on: push
jobs:
  site:
    runs-on: x
    permissions: {id-token: write, pages: write, contents: read}
    environment: {name: github-pages, url: "\${{ steps.d.outputs.page_url }}"}
    steps:
      - uses: actions/checkout@v7
      - {uses: actions/upload-pages-artifact@v5, with: {path: site}}
      - {id: d, uses: actions/deploy-pages@v5}
      - run: echo "$URL"
        env: {URL: "\${{ steps.d.outputs.page_url }}"}
`;
  const result = await runExample(workflow, { event: { ...PUSH, sha }, github, repository });
  expect(result.conclusion, result.log).toBe('success');
  expect(result.log).toContain('https://octo.github.io/zoo/');
  expect(repository.inspect.artifacts(result.id).map(({ name }) => name)).toEqual(['github-pages']);
});
