import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { main } from '../../src/cli/program.ts';
import { renderCanonical } from '../../src/evidence/canonical.ts';
import { writeAtomically } from '../../src/evidence/files.ts';
import type { BudgetState } from '../../src/evidence/schema/verdict.ts';
import { describeOutside } from '../../src/pipeline/budget/state.ts';
import { createEvidence, createVerdict } from '../support/evidence.ts';
import { type GitHub, type Repository, startGitHub } from '../support/github/start.ts';

const CONFIG = 'version: 1\nmodel: penguins\n';

let github: GitHub;
let repository: Repository;
let folder: string;
let pull: { number: number; headSha: string };
beforeEach(async () => {
  github = await startGitHub();
  repository = await github.createRepository({ owner: 'octo', name: 'zoo', files: { 'modelgate.yml': CONFIG } });
  await repository.commit({ branch: 'better', files: { 'train.py': 'print(1)\n' } });
  pull = await repository.openPullRequest({ head: 'better' });
  folder = await mkdtemp(join(tmpdir(), 'modelgate-post-'));
  await writeFile(join(folder, 'modelgate.yml'), CONFIG);
});
afterEach(async () => {
  await github[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** Writes the evidence of a run on a commit, and runs `report --post` as a job would. */
async function post(
  commit: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
  budget: BudgetState | null = null,
) {
  const { subject } = createVerdict();
  for (const document of Object.values(createEvidence({ verdict: { subject: { ...subject, commit }, budget } }))) {
    await writeAtomically(join(folder, '.modelgate/evidence', `${document.kind}.json`), renderCanonical(document));
  }
  const written: string[] = [];
  const keep = (chunk: unknown) => written.push(String(chunk)) > 0;
  const spies = [process.stdout, process.stderr].map((stream) => vi.spyOn(stream, 'write').mockImplementation(keep));
  try {
    const code = await main(['report', '--config', folder, '--post', ...args], environment);
    return { code, text: written.join('') };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

const job = () => ({
  GITHUB_TOKEN: github.createToken({ repository, permissions: { checks: 'write', 'pull-requests': 'write' } }),
  GITHUB_API_URL: github.apiUrl,
  GITHUB_SERVER_URL: github.serverUrl,
  GITHUB_REPOSITORY: 'octo/zoo',
  GITHUB_RUN_ID: '7',
  GITHUB_RUN_ATTEMPT: '1',
});

describe('report --post', () => {
  test('writes the comment and the checks that the action writes', async () => {
    const { code, text } = await post(pull.headSha, ['--pull-request', String(pull.number)], job());
    expect(code, text).toBe(0);
    const [comment, ...others] = repository.inspect.comments(pull.number);
    expect(others).toEqual([]);
    expect(comment?.body).toContain('<!-- modelgate:comment model=penguins -->');
    expect(comment?.body).toContain('penguins: pass');
    const checks = repository.inspect.checkRuns(pull.headSha);
    expect(checks.map(({ name, conclusion }) => `${name} ${conclusion}`).sort()).toEqual([
      'modelgate success',
      'modelgate: penguins success',
    ]);
  });

  test('refuses evidence of another commit, and posts nothing', async () => {
    const { code, text } = await post('1'.repeat(40), ['--pull-request', String(pull.number)], job());
    expect(code).toBe(2);
    expect(text).toContain('the evidence is of 111111111111');
    expect(repository.inspect.comments(pull.number)).toEqual([]);
    expect(repository.inspect.checkRuns(pull.headSha)).toEqual([]);
  });

  test('refuses a verdict that a laptop counted nowhere, and posts nothing', async () => {
    const outside = describeOutside({ id: 'zoo-2026', verdicts: 20 });
    const { code, text } = await post(pull.headSha, ['--pull-request', String(pull.number)], job(), outside);
    expect(code).toBe(2);
    expect(text).toContain('nobody counted this verdict');
    expect(repository.inspect.comments(pull.number)).toEqual([]);
    expect(repository.inspect.checkRuns(pull.headSha)).toEqual([]);
  });

  test('says all that it needs at once', async () => {
    const { code, text } = await post(pull.headSha, []);
    expect(code).toBe(2);
    expect(text).toContain('--pull-request NUMBER');
    expect(text).toContain('Set GITHUB_TOKEN');
    expect(text).toContain('Set GITHUB_REPOSITORY');
  });
});
