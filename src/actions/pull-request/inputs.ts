import { COMMENT_MODES } from '../../pipeline/pull-request/posting.ts';
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
    teamToken: inputs.text('team-token'),
    base: inputs.form('base', COMMIT, 'Hand on the output of the action subject, or nothing.'),
    scope: readScope(inputs),
    token: readToken(inputs),
  }));
}

/** The inputs of the action report. */
export function readReportInputs(getInput: GetInput) {
  return readInputs(getInput, (inputs) => {
    const phase = inputs.choice('phase', ['', 'open', 'complete']);
    if (phase === '') inputs.refuse('the input `phase` is empty', 'Allowed: open, complete.');
    const evidence = {
      result: inputs.text('result'),
      judged: inputs.text('judged'),
      artifactId: inputs.form('artifact-id', /^\d*$/, ARTIFACT_FIX),
      artifactDigest: inputs.form('artifact-digest', /^((sha256:)?[0-9a-f]{64})?$/, ARTIFACT_FIX),
    };
    if ((evidence.artifactId === '') !== (evidence.artifactDigest === '')) {
      inputs.refuse('only one of `artifact-id` and `artifact-digest` was given', ARTIFACT_FIX);
    }
    const artifactDigest = evidence.artifactDigest.replace(/^sha256:/, '');
    const comment = inputs.choice('comment', COMMENT_MODES);
    return {
      phase,
      comment,
      evidence: { ...evidence, artifactDigest },
      scope: readScope(inputs),
      token: readToken(inputs),
    };
  });
}

const COMMIT = /^([0-9a-f]{40}([0-9a-f]{24})?)?$/;
const DIGEST_FIX = 'Hand on the output of the action plan.';
const ARTIFACT_FIX = 'Hand on the outputs of the step that uploaded the artifact, both of them.';
/** An empty input must not mean the runs of any workflow. */
const WORKFLOW = '.github/workflows/model.yml';

function readScope(inputs: InputValues): Scope {
  return { workflow: inputs.path('workflow') ?? WORKFLOW, branches: inputs.names('branches') };
}
