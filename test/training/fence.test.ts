import { expect, test } from 'vitest';
import { runCommand } from '../../src/training/command.ts';
import { openFence } from '../../src/training/fence.ts';
import { makeFolder, recordProgress } from './project.ts';

/**
 * What a runner takes for workflow commands in a log. Source: actions/runner, Runner.Common/ActionCommand.cs (a line that
 * begins with `::` after white space, or holds `##[`) and Runner.Worker/ActionCommandManager.cs (stop-commands and its token).
 */
function listCommands(log: string): string[] {
  let token: string | undefined;
  return log.split(/\r\n|\r|\n/).flatMap((line) => {
    const command = /^\s*::(.+?)::(.*)$/.exec(line) ?? /##\[(.+?)\](.*)$/.exec(line);
    if (!command) return [];
    if (token !== undefined) {
      if (command[1] === token) token = undefined;
      return [];
    }
    if (command[1] === 'stop-commands') {
      token = command[2];
      return [];
    }
    return [line];
  });
}

const HOSTILE = `
echo '::set-output name=outcome::pass'
echo '::error file=x::gotcha' >&2
echo '::add-mask::pass'
echo '##[add-path]/evil'
echo '::stop-commands::mine'; echo '::mine::'
for guess in stop-commands pause-commands "$RANDOM$RANDOM" "$(env | sha256sum | cut -c1-64)" ''; do echo "::$guess::"; done
for file in "\${GITHUB_ENV:-}" "\${GITHUB_OUTPUT:-}" "\${GITHUB_PATH:-}" "\${GITHUB_STATE:-}"; do
  if [ -n "$file" ]; then echo 'EVIL=1' >> "$file"; echo written; fi
done
env
printf '::warning::no newline at the end'
`;

const RUNNER = {
  GITHUB_ACTIONS: 'true',
  ACTIONS_RUNTIME_TOKEN: 'secret-runtime',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'secret-oidc',
  GITHUB_TOKEN: 'secret-github',
  INPUT_TOKEN: 'secret-input',
  GITHUB_ENV: '/nowhere/env',
  GITHUB_OUTPUT: '/nowhere/output',
  GITHUB_PATH: '/nowhere/path',
  GITHUB_STATE: '/nowhere/state',
};

async function printHostile(runner: boolean, run = HOSTILE): Promise<string> {
  const progress = recordProgress();
  const environment = { PATH: process.env['PATH'], ...RUNNER };
  const folder = await makeFolder();
  await runCommand({ run, folder, environment, passes: Object.keys(RUNNER), extra: {}, progress, runner });
  return progress.text();
}

test('nothing that a hostile command prints is a workflow command on a runner', async () => {
  const log = await printHostile(true);
  expect(log).toContain('::set-output name=outcome::pass');
  expect(listCommands(log)).toEqual([]);
});

test('the same output without a fence would have worked, so the test can tell', async () => {
  expect(listCommands(await printHostile(false))).toContain('::set-output name=outcome::pass');
});

test('workflow commands of ours work again after the command, though its last line has no end', async () => {
  expect(listCommands(`${await printHostile(true)}::notice::ours\n`)).toEqual(['::notice::ours']);
});

test('the fence is closed when the command dies', async () => {
  const log = await printHostile(true, 'printf "half a line"; kill -9 $$');
  expect(listCommands(`${log}::notice::ours\n`)).toEqual(['::notice::ours']);
});

test('a hostile command finds no token of the runner and no file to write to', async () => {
  const log = await printHostile(true);
  expect(log).not.toMatch(/secret-|written/);
  expect(log).not.toMatch(/^(?:ACTIONS|GITHUB|INPUT|RUNNER)_/m);
});

test('the token is 256 bits, another each time, and the command cannot see it', async () => {
  const tokens = await Promise.all([printHostile(true), printHostile(true)]);
  const [first, second] = tokens.map((log) => /^::stop-commands::([0-9a-f]{64})\n/.exec(log)?.[1]);
  expect(first).toMatch(/^[0-9a-f]{64}$/);
  expect(first).not.toBe(second);
  expect(tokens[0]?.split(first ?? '')).toHaveLength(3);
});

test('output that comes after the end is dropped, and the end comes once', () => {
  const chunks: string[] = [];
  const fence = openFence((chunk) => chunks.push(Buffer.from(chunk).toString()), true);
  fence.close();
  fence.write(Buffer.from('::error::late\n'));
  fence.close();
  expect(chunks).toHaveLength(2);
});

test('without a runner output is passed on as it is, but for the end of its last line', () => {
  const chunks: string[] = [];
  const fence = openFence((chunk) => chunks.push(Buffer.from(chunk).toString()), false);
  fence.write(Buffer.from('a'));
  fence.close();
  expect(chunks.join('')).toBe('a\n');
});
