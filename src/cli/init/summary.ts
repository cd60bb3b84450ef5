import { REPOSITORY_URL } from '../../identity.ts';
import type { Answers } from './answers.ts';
import { chooseShape, type Shape } from './callers.ts';
import type { FileState, PlannedFile } from './planned-files.ts';

const SHAPES: Readonly<Record<Shape, string>> = {
  'one-file': 'one workflow, for pull requests from branches of this repository',
  forks: 'two workflows, for pull requests from forks as well',
  'self-hosted': 'two workflows, whose training job runs on a runner of your own',
};

const STATES: Readonly<Record<FileState, string>> = {
  new: '+ %',
  changed: '~ % (lines are added)',
  replaced: '! % (replaced)',
  same: '= % (as it is)',
};

/** What is about to be written, a line a file. */
export function renderPlan(answers: Answers, states: ReadonlyMap<PlannedFile, FileState>): string {
  const lines = [...states].map(([{ path }, state]) => `  ${STATES[state].replace('%', () => path)}`);
  return [`${answers.model}: ${SHAPES[chooseShape(answers)]}`, ...lines].join('\n');
}

/** The files as they would be, one after the other. */
export function renderFiles(files: readonly PlannedFile[]): string {
  return files.map(({ path, content }) => `==> ${path}\n${Buffer.from(content).toString('utf8')}`).join('\n');
}

export interface Surroundings {
  /** How this program was called, such as `node ../modelgate/dist/cli.js`. */
  readonly program: string;
  /** The folder of modelgate.yml as seen from where the user is. */
  readonly folder: string;
  readonly workflow: string;
  /** Whether git ignores the labels file, and whether it lies in Git LFS. */
  readonly labelsIgnored: boolean;
  readonly labelsInLfs: boolean;
}

/** What to do next, numbered. */
export function renderNextSteps(answers: Answers, around: Surroundings): string {
  const at = around.folder === '.' ? '' : ` --config ${around.folder}`;
  const shape = chooseShape(answers);
  const labels = around.labelsIgnored
    ? [`Let git keep ${answers.labels}: it is ignored, so no workflow will find it.`]
    : [];
  const lfs = around.labelsInLfs
    ? [`${answers.labels} lies in Git LFS: add \`lfs: true\` wherever a workflow checks out or calls modelgate.`]
    : [];
  const setup =
    shape === 'self-hosted'
      ? [`Add the set-up of Python and its packages to the job train of .github/workflows/${around.workflow}.yml.`]
      : [];
  const steps = [
    `Try it now: ${around.program} run${at}`,
    'Read modelgate.yml and the contract: they hold what was found, not what you want. Raise the bar of the first rule.',
    ...labels,
    ...lfs,
    ...setup,
    `Commit the files and open a pull request to ${answers.branch}. It brings the rules that judge it, so an owner approves it.`,
    ...(shape === 'one-file'
      ? []
      : [
          `Merge it: GitHub runs ${around.workflow}-report.yml only from the default branch, so comments begin after that.`,
        ]),
    'Require the check `modelgate` (repository settings, Rules, Rulesets), from the app GitHub Actions.',
  ];
  const more = `More: ${REPOSITORY_URL}/blob/main/docs/teams.md`;
  return ['Next:', ...steps.map((step, index) => `  ${index + 1}. ${step}`), more].join('\n');
}
