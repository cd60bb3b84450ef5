import { COMMENT_MODES } from '../../pipeline/pull-request/posting.ts';
import { readConnections } from '../connections.ts';
import { type GetInput, type InputValues, readInputs, readToken } from '../input-values.ts';

/** What a subject is looked for by. */
export interface Scope {
  /** On workflow_run: the path of the workflow whose runs are judged. Undefined where nothing runs on that event. */
  readonly workflow: string | undefined;
  /** The branches to merge into that are judged; the default branch where none are named. */
  readonly branches: readonly string[];
}

/** The inputs of the action plan. Throws UserMistake with every mistake, as all functions here do. */
export function readPlanInputs(getInput: GetInput) {
  return readInputs(getInput, (inputs) => ({
    configs: inputs.paths('config'),
    runners: { own: inputs.runner('train-runner'), fork: inputs.runner('fork-runner') },
    installer: inputs.choice('installer', ['none', 'pip', 'uv', 'conda']),
    container: inputs.text('container'),
    python: inputs.text('python-version'),
    requirements: inputs.path('requirements'),
    scope: { workflow: undefined, branches: inputs.names('branches') },
    token: readToken(inputs),
  }));
}

/** The inputs of the action candidate. */
export function readCandidateInputs(getInput: GetInput) {
  return readInputs(getInput, (inputs) => ({
    config: inputs.path('config') ?? 'modelgate.yml',
    runFolder: inputs.path('run-folder'),
    duckdb: inputs.path('duckdb'),
    // Without a plan there is no digest to reuse by: that of nothing is no other's.
    inputsDigest: inputs.form('inputs-digest', /^(sha256:[0-9a-f]{64})?$/, DIGEST_FIX) || `sha256:${'0'.repeat(64)}`,
    base: inputs.form('base', COMMIT, 'Give the full id of a commit, or nothing.') || undefined,
  }));
}

/** The inputs of the action subject. */
export function readSubjectInputs(getInput: GetInput) {
  return readInputs(getInput, (inputs) => ({ scope: readScope(inputs), token: readToken(inputs) }));
}

/** The inputs of the action judge. */
export function readJudgeInputs(getInput: GetInput) {
  return readInputs(getInput, (inputs) => ({
    configs: inputs.paths('config'),
    duckdb: inputs.path('duckdb'),
    memory: inputs.memory('memory'),
    teamToken: inputs.text('team-token'),
    connections: readConnections(inputs),
    base: inputs.form('base', COMMIT, 'Hand on the output of the action subject, or nothing.'),
    forReport: inputs.choice('for-report', ['', 'false', 'true']) === 'true',
    baselines: readArtifactName(inputs, 'baselines-'),
    scope: readScope(inputs),
    token: readToken(inputs),
  }));
}

/** The inputs of the action baselines. The phase that runs code must have been given no token. */
export function readBaselinesInputs(getInput: GetInput) {
  return readInputs(getInput, (inputs) => {
    const phase = inputs.choice('phase', ['', 'find', 'predict']);
    if (phase === '') inputs.refuse('the input `phase` is empty', 'Allowed: find, predict.');
    if (phase === 'predict' && inputs.text('token') !== '') {
      inputs.refuse('the phase `predict` was given a token', 'Leave `token` out: this phase runs code.');
    }
    const token = phase === 'find' ? readToken(inputs) : '';
    return { phase, token, configs: inputs.paths('config'), duckdb: inputs.path('duckdb') };
  });
}

/** The inputs of the action report. */
export function readReportInputs(getInput: GetInput) {
  return readInputs(getInput, (inputs) => {
    const phase = inputs.choice('phase', ['', 'open', 'complete', 'count']);
    if (phase === '') inputs.refuse('the input `phase` is empty', 'Allowed: open, complete, count.');
    const evidence = {
      ...{ result: inputs.text('result'), judged: inputs.text('judged') },
      ...readArtifactName(inputs, 'artifact-'),
    };
    const comment = inputs.choice('comment', COMMENT_MODES);
    return {
      phase,
      comment,
      evidence,
      scope: readScope(inputs),
      token: readToken(inputs),
    };
  });
}

/** What the jobs before left to report on. */
export type ReportedEvidence = ReturnType<typeof readReportInputs>['evidence'];

/** An artifact as the job that uploaded it names it; both texts are empty where there is none. */
function readArtifactName(inputs: InputValues, prefix: string) {
  const artifactId = inputs.form(`${prefix}id`, /^\d*$/, ARTIFACT_FIX);
  const digest = inputs.form(`${prefix}digest`, /^((sha256:)?[0-9a-f]{64})?$/, ARTIFACT_FIX);
  if ((artifactId === '') !== (digest === '')) {
    inputs.refuse(`only one of \`${prefix}id\` and \`${prefix}digest\` was given`, ARTIFACT_FIX);
  }
  return { artifactId, artifactDigest: digest.replace(/^sha256:/, '') };
}

const COMMIT = /^([0-9a-f]{40}([0-9a-f]{24})?)?$/;
const DIGEST_FIX = 'Hand on the output of the action plan.';
const ARTIFACT_FIX = 'Hand on the outputs of the step that uploaded the artifact, both of them.';
/** An empty input must not mean the runs of any workflow. */
const WORKFLOW = '.github/workflows/model.yml';

function readScope(inputs: InputValues): Scope {
  return { workflow: inputs.path('workflow') ?? WORKFLOW, branches: inputs.names('branches') };
}
