import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Answers } from './answers.ts';
import { renderQuoted, renderText } from './yaml-text.ts';

/** The folders of `workflows/`: see the comment at the top of each file there. */
export type Shape = 'one-file' | 'forks' | 'self-hosted';

/** What the callers are told. */
export interface CallerOptions extends Pick<Answers, 'branch' | 'runner' | 'installer' | 'forks'> {
  /** The name of the workflow. */
  readonly name: string;
  /** Path of modelgate.yml in the repository. */
  readonly config: string;
  /** The file that names the packages; absent where nothing is installed. */
  readonly requirements: string | undefined;
}

/** The shape that serves: two files where a token that cannot write must do, steps of one's own for runners of one's own. */
export function chooseShape({ runner, forks }: Pick<Answers, 'runner' | 'forks'>): Shape {
  if (!runner.hosted) return 'self-hosted';
  return forks ? 'forks' : 'one-file';
}

/** The texts of the callers by their paths in the repository. Throws when the installation’s files are not as expected. */
export async function renderCallers(options: CallerOptions): Promise<Map<string, string>> {
  const shape = chooseShape(options);
  const { name } = options;
  const files = new Map([[`.github/workflows/${name}.yml`, adaptRun(await readCaller(shape, 'model.yml'), options)]]);
  if (shape === 'one-file') return files;
  // Runners of one's own share the trusted half with the callers for forks.
  const report = await readCaller('forks', 'model-report.yml');
  return files.set(`.github/workflows/${name}-report.yml`, adaptReport(report, options));
}

/** The callers lie beside the folder of the program: `dist/` and `workflows/` are neighbours. */
async function readCaller(shape: Shape, file: string): Promise<string> {
  const here = fileURLToPath(new URL('.', import.meta.url));
  const top = basename(here) === 'dist' ? '../' : '../../../';
  return readFile(new URL(`${top}workflows/${shape}/${file}`, import.meta.url), 'utf8');
}

function adaptRun(caller: string, options: CallerOptions): string {
  const { branch, runner } = options;
  let text = replaceLine(caller, 'branches: [main]', `branches: [${renderPattern(branch)}]`, 2);
  text = addInputs(text, listInputs(options));
  text = replaceLine(text, 'config: modelgate.yml', `config: ${renderText(options.config)}`);
  if (!runner.hosted) {
    const anchor = `train-runner: '["self-hosted", "gpu"]'`;
    text = replaceLine(text, anchor, `train-runner: ${renderQuoted(runner.json)}`, 1);
  }
  return rename(text, 'model', options.name);
}

function adaptReport(caller: string, { config, name }: CallerOptions): string {
  let text = replaceLine(caller, 'config: modelgate.yml', `config: ${renderText(config)}`);
  if (name === 'model') return text;
  text = replaceLine(text, 'workflows: [model]', `workflows: [${renderText(name)}]`, 1);
  const path = '.github/workflows/model.yml';
  text = replaceLine(text, `workflow: ${path}`, `workflow: .github/workflows/${name}.yml`, 1);
  return rename(text, 'model report', `${name} report`);
}

/** What model-pull-request.yml takes by itself. */
const USUAL_REQUIREMENTS = 'requirements.txt';

/** The inputs of model-pull-request.yml that differ from what it takes by itself. */
function listInputs({ runner, installer, requirements }: CallerOptions): string[] {
  if (!runner.hosted) return [];
  return [
    ...(runner.json === '"ubuntu-latest"' ? [] : [`train-runner: ${renderQuoted(runner.json)}`]),
    ...(installer === 'none' ? [] : [`installer: ${installer}`]),
    // uv reads its own file.
    ...(installer === 'uv' || requirements === undefined || requirements === USUAL_REQUIREMENTS
      ? []
      : [`requirements: ${renderText(requirements)}`]),
  ];
}

const RUN_CALL = /^ +uses: \S+\/model-pull-request\.yml@.*\n +with:\n( +)config: modelgate\.yml\n/m;

function addInputs(text: string, inputs: readonly string[]): string {
  if (inputs.length === 0) return text;
  const [call, indent] = RUN_CALL.exec(text) ?? [];
  if (call === undefined) throw new Error('the caller does not call model-pull-request.yml as expected');
  return text.replace(call, () => call + inputs.map((input) => `${indent}${input}\n`).join(''));
}

/** Gives the workflow another name, in its group of concurrency and in its comments as well. */
function rename(text: string, from: string, to: string): string {
  const [before, after] = [from, to].map((name) => name.split(' ').join('-'));
  if (from === to) return text;
  const named = replaceLine(text, `name: ${from}`, `name: ${renderText(to)}`, 1, '');
  const group = `group: ${before}-\${{`;
  if (named.split(group).length !== 2) throw new Error(`a caller has no single ${group}`);
  return named
    .replace(group, () => `group: ${after}-\${{`)
    .replaceAll(/^ *#.*$/gm, (line) => renameInComment(line, to.split(' ')[0] ?? to));
}

function renameInComment(line: string, name: string): string {
  return line.replaceAll(/\bmodel(-report)?\.yml\b/g, (_, report = '') => `${name}${report}.yml`);
}

/**
 * Replaces a line, found by all of it but its indent, so many times, or wherever it stands. Any other number means that the
 * caller is not the one that this code knows.
 */
function replaceLine(text: string, line: string, by: string, times?: number, indent = ' +'): string {
  const escaped = line.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = new RegExp(`^(${indent})${escaped}$`, 'gm');
  const found = text.match(pattern)?.length ?? 0;
  if (found === 0 || found !== (times ?? found)) throw new Error(`a caller has the line ${line} ${found} times`);
  return text.replaceAll(pattern, (_, before: string) => before + by);
}

/** A branch as a pattern of GitHub's filters: what has a meaning there is escaped. */
function renderPattern(branch: string): string {
  return renderText(branch.replaceAll(/[+!\]]/g, '\\$&'));
}
