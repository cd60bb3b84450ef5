import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readEvent, readInput, readVariable, refuseInput, runAction, writeOutput } from '../action-io.ts';
import { signStatement } from './sign.ts';

/** Limits of actions/attest: subjects of one attestation, and bytes of a predicate. */
const [MOST_SUBJECTS, MOST_PREDICATE] = [1024, 16 * 1024 * 1024];

await runAction(async () => {
  for (const name of ['subject-path', 'subject-digest', 'subject-name', 'subject-version', 'sbom-path']) {
    refuseInput(name);
  }
  refuseInput('predicate');
  refuseInput('push-to-registry', 'false');
  if (!process.env['ACTIONS_ID_TOKEN_REQUEST_URL']) {
    throw new Error('missing "id-token" permission. Please add "permissions: id-token: write" to your workflow.');
  }
  const subject = readSubjects(readFileSync(readInput('subject-checksums'), 'utf8'));
  if (subject.length === 0 || subject.length > MOST_SUBJECTS) throw new Error(`${subject.length} subjects`);
  const statement = { _type: 'https://in-toto.io/Statement/v1', subject, ...readPredicate() };
  const bundle = await signStatement(JSON.stringify(statement));
  const path = join(readVariable('RUNNER_TEMP'), `attestation-${randomUUID()}.json`);
  writeFileSync(path, JSON.stringify(bundle));
  const id = await persist(bundle);
  writeOutput('bundle-path', path);
  writeOutput('attestation-id', String(id));
  const page = `${readVariable('GITHUB_SERVER_URL')}/${readVariable('GITHUB_REPOSITORY')}`;
  writeOutput('attestation-url', `${page}/attestations/${id}`);
});

/** The lines of a file as `sha256sum` writes it. */
function readSubjects(text: string): { name: string; digest: { sha256: string } }[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [, sha256 = '', name = ''] = /^([0-9a-f]{64}) [ *](.+)$/.exec(line) ?? [];
      if (name === '') throw new Error(`No line of a checksums file: ${line}`);
      return { name, digest: { sha256 } };
    });
}

/** Without a predicate: the provenance of the run. */
function readPredicate(): { predicateType: string; predicate: unknown } {
  const [type, path] = [readInput('predicate-type'), readInput('predicate-path')];
  if (type === '' && path === '') {
    return { predicateType: 'https://slsa.dev/provenance/v1', predicate: describeRun() };
  }
  if (type === '' || path === '') throw new Error('One of predicate-path or predicate must be provided with its type');
  const text = readFileSync(path, 'utf8');
  if (text.length > MOST_PREDICATE) throw new Error('predicate file exceeds maximum allowed size: 16777216 bytes');
  return { predicateType: type, predicate: JSON.parse(text) };
}

/** As far as anybody reads it: https://slsa.dev/spec/v1.0/provenance, with GitHub's build type. */
function describeRun(): unknown {
  const repository = `${readVariable('GITHUB_SERVER_URL')}/${readVariable('GITHUB_REPOSITORY')}`;
  const [, path = '', ref = ''] = /^[^/]+\/[^/]+\/(.+)@(.+)$/.exec(readVariable('GITHUB_WORKFLOW_REF')) ?? [];
  return {
    buildDefinition: {
      buildType: 'https://actions.github.io/buildtypes/workflow/v1',
      externalParameters: { workflow: { ref, repository, path } },
      resolvedDependencies: [{ uri: `git+${repository}@${ref}`, digest: { gitCommit: readVariable('GITHUB_SHA') } }],
    },
    runDetails: {
      builder: { id: `${repository}/${path}@${ref}` },
      metadata: {
        invocationId: `${repository}/actions/runs/${readVariable('GITHUB_RUN_ID')}/attempts/${readVariable('GITHUB_RUN_ATTEMPT')}`,
      },
    },
  };
}

async function persist(bundle: unknown): Promise<number> {
  if ((readEvent()['repository'] as { private?: boolean } | undefined)?.private) {
    throw new Error('Failed to persist attestation: Feature not available for this repository.');
  }
  const url = `${readVariable('GITHUB_API_URL')}/repos/${readVariable('GITHUB_REPOSITORY')}/attestations`;
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${readInput('github-token')}`, 'content-type': 'application/json' },
    body: JSON.stringify({ bundle }),
  });
  if (!response.ok) throw new Error(`Failed to persist attestation: ${response.status} ${await response.text()}`);
  return ((await response.json()) as { id: number }).id;
}
