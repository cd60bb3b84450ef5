import { expect, test } from 'vitest';
import { createOctokit, readRefusal } from './octokit.ts';
import { startGitHub } from './start.ts';

const at = { owner: 'octo', repo: 'penguins' };

async function open() {
  const github = await startGitHub();
  const repository = await github.createRepository({ ...at, name: at.repo, files: { 'a.txt': 'a\n' } });
  repository.addCollaborator('ada', 'admin');
  const tip = (await repository.resolve('main')) ?? '';
  const admin = createOctokit(github, repository, {}, { kind: 'user', login: 'ada' }).rest.repos;
  const permissions = { contents: 'write', attestations: 'write' } as const;
  const { repos, git } = createOctokit(github, repository, permissions).rest;
  const dispose = () => github[Symbol.asyncDispose]();
  return { github, repository, tip, admin, repos, git, [Symbol.asyncDispose]: dispose };
}

test('a ruleset shows on the branches that its patterns name, and who may go round it to its administrators', async () => {
  await using room = await open();
  const { admin, repos } = room;
  const made = (
    await admin.createRepoRuleset({
      ...at,
      name: 'gate',
      enforcement: 'active',
      bypass_actors: [{ actor_id: 5, actor_type: 'RepositoryRole', bypass_mode: 'always' }],
      conditions: {
        ref_name: { include: ['~DEFAULT_BRANCH', 'refs/heads/release/*'], exclude: ['refs/heads/release/x'] },
      },
      rules: [
        {
          type: 'required_status_checks',
          parameters: { strict_required_status_checks_policy: true, required_status_checks: [{ context: 'gate' }] },
        },
      ],
    })
  ).data;
  const rules = async (branch: string) => (await repos.getBranchRules({ ...at, branch })).data;
  expect(await rules('main')).toMatchObject([
    {
      type: 'required_status_checks',
      ruleset_id: made.id,
      parameters: { required_status_checks: [{ context: 'gate' }] },
    },
  ]);
  expect(await rules('release/1')).toHaveLength(1);
  expect(await rules('release/x')).toEqual([]);
  expect(await rules('release/1/2')).toEqual([]);
  const whole = { ...at, ruleset_id: made.id };
  expect((await repos.getRepoRuleset(whole)).data.bypass_actors).toBeUndefined();
  expect((await admin.getRepoRuleset(whole)).data.bypass_actors).toHaveLength(1);
  expect((await repos.getRepoRulesets(at)).data.map(({ name }) => name)).toEqual(['gate']);
  expect(await readRefusal(repos.deleteRepoRuleset(whole))).toBe('403 Resource not accessible by integration');
  await admin.updateRepoRuleset({ ...whole, enforcement: 'disabled' });
  expect(await rules('main')).toEqual([]);
  await admin.deleteRepoRuleset(whole);
  expect((await repos.getRepoRulesets(at)).data).toEqual([]);
});

test('a ruleset for tags keeps them from everybody but the apps that it lets through', async () => {
  await using room = await open();
  const { admin, git, tip, repos, github, repository } = room;
  const actions = 15_368;
  const create = (name: string) => git.createRef({ ...at, ref: `refs/tags/${name}`, sha: tip });
  await create('churn@v1.0.0');
  await admin.createRepoRuleset({
    ...at,
    name: 'tags',
    target: 'tag',
    enforcement: 'active',
    bypass_actors: [{ actor_id: actions + 1, actor_type: 'Integration' }],
    conditions: { ref_name: { include: ['refs/tags/*@*'], exclude: [] } },
    rules: [{ type: 'creation' }, { type: 'update' }, { type: 'deletion' }],
  });
  expect(await readRefusal(create('churn@v2.0.0'))).toMatch(/creations being restricted/);
  expect(await readRefusal(repos.createRelease({ ...at, tag_name: 'churn@v2.0.0' }))).toMatch(/creations/);
  expect(await readRefusal(git.deleteRef({ ...at, ref: 'tags/churn@v1.0.0' }))).toMatch(/Cannot delete/);
  await create('free');
  const app = createOctokit(github, repository, { contents: 'write' }, { kind: 'app', login: 'releaser' });
  const id = github.tokens.identify(`token ${((await app.auth()) as { token: string }).token}`)?.app?.id ?? 0;
  const [ruleset] = (await admin.getRepoRulesets(at)).data;
  const bypass_actors = [{ actor_id: id, actor_type: 'Integration' as const }];
  await admin.updateRepoRuleset({ ...at, ruleset_id: ruleset?.id ?? 0, bypass_actors });
  await app.rest.git.createRef({ ...at, ref: 'refs/tags/churn@v2.0.0', sha: tip });
});

test('an attestation is found by the digest of any of its subjects', async () => {
  await using room = await open();
  const { repos, github, repository } = room;
  const subject_digest = `sha256:${'a'.repeat(64)}`;
  const statement = {
    predicateType: 'https://slsa.dev/provenance/v1',
    subject: [
      { name: 'other', digest: { sha256: 'b'.repeat(64) } },
      { name: 'model', digest: { sha256: 'a'.repeat(64) } },
    ],
  };
  const payload = Buffer.from(JSON.stringify(statement)).toString('base64');
  const bundle = { mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json', dsseEnvelope: { payload } };
  const find = (predicate_type?: string) =>
    repos.listAttestations({ ...at, subject_digest, ...(predicate_type && { predicate_type }) });
  expect(await readRefusal(find())).toBe('404 Not Found');
  expect((await repos.createAttestation({ ...at, bundle })).status).toBe(201);
  expect((await find()).data.attestations).toMatchObject([{ bundle, repository_id: repository.id }]);
  expect((await find('provenance')).data.attestations).toHaveLength(1);
  expect(await readRefusal(find('sbom'))).toBe('404 Not Found');
  expect(await readRefusal(repos.createAttestation({ ...at, bundle: {} }))).toMatch(/^422 Invalid bundle/);
  const reader = createOctokit(github, repository, { attestations: 'read' }).rest.repos;
  expect(await readRefusal(reader.createAttestation({ ...at, bundle }))).toMatch(/^403 /);
});
