/** Every control character but the tab and the line feed. */
const CONTROLS = /[^\P{Cc}\t\n]/gu;
const LINE_BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/gu;

/** Text that may hold a user's, without what a terminal would obey; line breaks and tabs stay. */
export function stripControls(text: string): string {
  return text.replace(CONTROLS, '\uFFFD');
}

/** The same in one line, for a log whose lines mean something. */
export function stripLine(text: string): string {
  return stripControls(text.replace(LINE_BREAKS, ' '));
}

/** Whether a runner of GitHub's reads the log, and obeys commands in it. */
export function isRunner(environment: NodeJS.ProcessEnv): boolean {
  return environment['GITHUB_ACTIONS'] === 'true';
}

/** True where the log and the folder of a run are read by more than those who run it: in a workflow of whatever runner. */
export function isHeard(environment: NodeJS.ProcessEnv): boolean {
  return (environment['GITHUB_ACTIONS'] ?? '') !== '';
}

/**
 * Text of ours for the log, with nothing that the runner would take for a command: `::` where a line begins, and `##[`
 * anywhere in it (actions/runner, ActionCommand.cs).
 */
export function neutraliseCommands(text: string): string {
  return text.replace(/^(\s*)::/gm, '$1\u200b::').replaceAll('##[', '##\u200b[');
}

/** The same of JSON, which stays the same value: no line of it begins with `::`, and strings may spell a bracket out. */
export function neutraliseJson(json: string): string {
  return json.replaceAll('##[', '##\\u005b');
}
