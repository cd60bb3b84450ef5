/**
 * Variables by which a runner and its tokens are reached; a command of the candidate never sees them.
 * Source: actions/runner sets ACTIONS_* for node actions only, INPUT_* for inputs, GITHUB_* for command files.
 */
const RUNNERS_OWN = /^(ACTIONS_|INPUT_|GITHUB_|GH_|RUNNER_|STATE_|NODE_OPTIONS$|LD_PRELOAD$|BASH_ENV$|ENV$)/i;
const SECRET = /(TOKEN|SECRET|PASS|PWD|CREDENTIAL|PRIVATE_?KEY|API_?KEY|AUTH|_PAT$|_URL$)/i;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Whether `environment:` may name this variable: a name, and neither the runner's own nor a secret by its name. */
export function isPassableVariable(name: string): boolean {
  return NAME.test(name) && !RUNNERS_OWN.test(name) && !SECRET.test(name);
}
