import type { GetInput, InputValues } from '../input-values.ts';
import { readInputs, readToken } from '../input-values.ts';

/** The inputs of the action publish. Throws UserMistake with every mistake, as all functions here do. */
export function readPublishInputs(getInput: GetInput) {
  return readInputs(getInput, (inputs) => {
    const phase = inputs.choice('phase', ['all', 'find', 'prepare', 'finish']);
    const id = inputs.form('artifact-id', /^\d*$/, ARTIFACT_FIX);
    const digest = inputs.form('artifact-digest', /^((sha256:)?[0-9a-f]{64})?$/, ARTIFACT_FIX).replace(/^sha256:/, '');
    if ((id === '') !== (digest === '')) {
      inputs.refuse('only one of `artifact-id` and `artifact-digest` was given', ARTIFACT_FIX);
    }
    const runId = inputs.form('run-id', /^\d*$/, 'Give the id of a run, as its address has it: a number.');
    if (runId !== '' && id !== '') {
      inputs.refuse(
        'both `run-id` and `artifact-id` were given',
        'Give the one of an earlier run, or the other of this.',
      );
    }
    return {
      phase,
      config: inputs.path('config') ?? 'modelgate.yml',
      handed: id === '' ? undefined : { id: Number(id), digest: `sha256:${digest}` },
      result: inputs.text('result'),
      runId: runId === '' ? undefined : Number(runId),
      bump: inputs.choice('bump', ['', 'major', 'minor', 'patch']) || undefined,
      prerelease: inputs.form('prerelease', ONE_LINE, 'Give one word, such as rc.') || undefined,
      attest: inputs.choice('attest', ['auto', 'always', 'never']),
      prepared: inputs.path('prepared'),
      bundles: [
        ['provenance', inputs.path('provenance')] as const,
        ['verdict', inputs.path('verdict-attestation')] as const,
      ].flatMap(([about, file]) => (file === undefined ? [] : [{ about, file }])),
      registry: readLogin(inputs),
      hubToken: inputs.text('hub-token'),
      duckdb: inputs.path('duckdb'),
      token: readToken(inputs),
    };
  });
}

/** The inputs of the action promote. */
export function readPromoteInputs(getInput: GetInput) {
  return readInputs(getInput, (inputs) => {
    const phase = inputs.choice('phase', ['', 'plan', 'ask', 'promote']);
    if (phase === '') inputs.refuse('the input `phase` is empty', 'Allowed: plan, ask, promote.');
    return {
      phase,
      configs: inputs.paths('config'),
      model: inputs.text('model'),
      version: inputs.text('version'),
      stage: inputs.text('stage'),
      reason: inputs.form('reason', /^[\s\S]{0,4096}$/, 'Say it in 4,096 characters at most.'),
      request: inputs.text('request'),
      token: readToken(inputs),
      teamToken: inputs.text('team-token'),
      login: readLogin(inputs),
    };
  });
}

/** The inputs of the action rollback. */
export function readRollbackInputs(getInput: GetInput) {
  return readInputs(getInput, (inputs) => ({
    configs: inputs.paths('config'),
    model: inputs.text('model'),
    stage: inputs.form('stage', /./, 'Name the stage that goes back.'),
    to: inputs.text('to') || undefined,
    reason: inputs.form('reason', /./, 'Say why: the reason stands in the ledger and in the incident issue.'),
    token: readToken(inputs),
    login: readLogin(inputs),
  }));
}

/** The inputs of the action fetch. */
export function readFetchInputs(getInput: GetInput) {
  return readInputs(getInput, (inputs) => ({
    reference: inputs.form('reference', /./, REFERENCE_FIX),
    config: inputs.path('config') ?? 'modelgate.yml',
    folder: inputs.path('to') ?? 'model',
    only: inputs.choice('only', ['all', 'model']),
    repository: inputs.text('repository') || undefined,
    force: inputs.choice('force', ['false', 'true']) === 'true',
    token: inputs.text('token'),
  }));
}

/** The inputs of the action verify. */
export function readVerifyInputs(getInput: GetInput) {
  return readInputs(getInput, (inputs) => {
    const reference = inputs.text('reference');
    const ledger = inputs.choice('ledger', ['false', 'true']) === 'true';
    if (reference === '' && !ledger) inputs.refuse('neither `reference` nor `ledger` was given', REFERENCE_FIX);
    return {
      reference: reference || undefined,
      ledger,
      depth: inputs.choice('depth', ['downloaded', 'listed']),
      attestations: inputs.choice('attestations', ['auto', 'verify', 'require']),
      signer: inputs.text('signer-workflow') || undefined,
      trustedRoot: inputs.path('trusted-root'),
      config: inputs.path('config') ?? 'modelgate.yml',
      repository: inputs.text('repository') || undefined,
      token: inputs.text('token'),
    };
  });
}

/** The inputs of the action site. */
export function readSiteInputs(getInput: GetInput) {
  return readInputs(getInput, (inputs) => ({
    configs: inputs.text('config') === '' ? undefined : inputs.paths('config'),
    folder: inputs.path('to'),
    title: inputs.form('title', ONE_LINE, 'Give one line.') || undefined,
    token: readToken(inputs),
  }));
}

const ONE_LINE = /^[^\r\n]{0,200}$/;
const ARTIFACT_FIX = 'Hand on the outputs of the job that called model-pull-request.yml, both of them.';
const REFERENCE_FIX = 'Name a version, a range or a stage: churn@v1.4.0, churn@^1.2, churn@production.';

function readLogin(inputs: InputValues) {
  return { user: inputs.text('registry-user'), token: inputs.text('registry-token') };
}
