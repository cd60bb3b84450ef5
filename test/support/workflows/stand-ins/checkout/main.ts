import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import {
  readEvent,
  readFlag,
  readInput,
  readVariable,
  refuseInput,
  runAction,
  writeOutput,
  writeState,
} from '../action-io.ts';
import { describeUnsafeCheckout } from './unsafe-checkout.ts';

interface Wanted {
  /** A full ref, or empty for a commit alone. */
  readonly ref: string;
  readonly commit: string;
}

const LOCAL: Readonly<Record<string, string>> = { heads: 'refs/remotes/origin/', pull: 'refs/remotes/pull/' };

await runAction(() => {
  for (const name of ['ssh-key', 'filter', 'sparse-checkout', 'reference', 'github-server-url']) refuseInput(name);
  refuseInput('submodules', 'false');
  const workspace = readVariable('GITHUB_WORKSPACE');
  const folder = resolve(workspace, readInput('path') || '.');
  if (relative(workspace, folder).startsWith('..')) throw new Error(`Repository path '${folder}' is not under it`);
  const repository = readInput('repository');
  const server = readVariable('GITHUB_SERVER_URL');
  const key = `http.${server}/.extraheader`;
  const credentials = Buffer.from(`x-access-token:${readInput('token')}`).toString('base64');
  console.log(`::add-mask::${credentials}`);
  const header = `AUTHORIZATION: basic ${credentials}`;
  const git = createGit(folder, { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: key, GIT_CONFIG_VALUE_0: header });
  prepareFolder(folder, `${server}/${repository}`, git);
  const wanted = findWanted(repository, git);
  refuseUnsafe(repository, wanted);
  const local = fetch(wanted, git);
  if (wanted.ref.startsWith('refs/heads/')) {
    git('checkout', '--quiet', '--force', '-B', wanted.ref.slice('refs/heads/'.length), local);
  } else git('checkout', '--quiet', '--force', '--detach', local);
  if (readFlag('lfs')) git('lfs', 'pull');
  writeOutput('ref', wanted.ref || wanted.commit);
  writeOutput('commit', git('rev-parse', 'HEAD'));
  if (readFlag('persist-credentials')) {
    git('config', '--local', key, header);
    writeState('credentials', JSON.stringify({ folder, key }));
  }
});

type Git = (...args: string[]) => string;

function createGit(folder: string, variables: Readonly<Record<string, string>>): Git {
  return (...args) =>
    execFileSync('git', ['-C', folder, ...args], {
      encoding: 'utf8',
      env: { ...process.env, ...variables },
      stdio: ['ignore', 'pipe', 'inherit'],
    }).trim();
}

// What lies in the folder already is deleted, unless it is a clone of the same repository.
function prepareFolder(folder: string, url: string, git: Git): void {
  mkdirSync(folder, { recursive: true });
  if (existsSync(join(folder, '.git')) && git('config', '--get', 'remote.origin.url') === url) {
    if (!readFlag('clean')) return;
    git('clean', '-ffdx');
    if (git('for-each-ref') !== '') git('reset', '--quiet', '--hard', 'HEAD');
    return;
  }
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true });
  git('init', '--quiet', '--initial-branch=main');
  git('remote', 'add', 'origin', url);
}

function findWanted(repository: string, git: Git): Wanted {
  const ref = readInput('ref');
  if (ref === '' && repository === readVariable('GITHUB_REPOSITORY')) {
    return { ref: readVariable('GITHUB_REF'), commit: readVariable('GITHUB_SHA') };
  }
  if (/^[0-9a-f]{40}$/i.test(ref)) return { ref: '', commit: ref };
  const listed = git('ls-remote', '--symref', 'origin', ...(ref === '' ? ['HEAD'] : [ref]));
  if (ref === '') return { ref: /^ref: (\S+)\s+HEAD$/m.exec(listed)?.[1] ?? '', commit: '' };
  const names = listed.split('\n').map((line) => line.split('\t')[1] ?? '');
  const found = [ref, `refs/heads/${ref}`, `refs/tags/${ref}`].find((name) => names.includes(name));
  if (found === undefined) throw new Error(`A branch or tag with the name '${ref}' could not be found`);
  return { ref: found, commit: '' };
}

// A shallow clone of the one commit unless told otherwise; all branches and tags for depth 0.
function fetch({ commit, ref }: Wanted, git: Git): string {
  const depth = Number(readInput('fetch-depth'));
  const local = ref === '' ? commit : ref.replace(/^refs\/(heads|pull)\//, (_, kind) => LOCAL[kind] ?? '');
  const own = ref === '' ? commit : `+${commit || ref}:${local}`;
  if (depth > 0) {
    git('fetch', '--quiet', ...(readFlag('fetch-tags') ? [] : ['--no-tags']), `--depth=${depth}`, 'origin', own);
  } else {
    git('fetch', '--quiet', 'origin', '+refs/heads/*:refs/remotes/origin/*', '+refs/tags/*:refs/tags/*');
    // The branch may have moved on since the event.
    git('fetch', '--quiet', 'origin', own);
  }
  return ref.startsWith('refs/tags/') ? `${ref}^{commit}` : local;
}

function refuseUnsafe(repository: string, wanted: Wanted): void {
  if (readFlag('allow-unsafe-pr-checkout')) return;
  const reason = describeUnsafeCheckout(readVariable('GITHUB_EVENT_NAME'), readEvent(), { repository, ...wanted });
  if (reason !== undefined) throw new Error(reason);
}
