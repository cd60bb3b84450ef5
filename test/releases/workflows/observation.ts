import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TrustedRoot } from '@sigstore/protobuf-specs';
import type { LedgerEvent } from '../../../src/evidence/schema/ledger.ts';
import { runDist } from '../../support/program.ts';
import type { RunResult } from '../../support/workflows/run/result.ts';
import type { ReleaseScene } from './scene.ts';

/** The events of the ledger, by git alone. */
export async function readLedgerOf({ repository }: ReleaseScene): Promise<LedgerEvent[]> {
  const git = (...args: string[]) =>
    execFileSync('git', ['--git-dir', repository.folder, ...args], { encoding: 'utf8', maxBuffer: 2 ** 28 });
  const paths = git('ls-tree', '-r', '--name-only', 'modelgate')
    .split('\n')
    .filter((path) => path.startsWith('events/'));
  return paths.sort().map((path) => JSON.parse(git('show', `modelgate:${path}`)) as LedgerEvent);
}

/** The pages that a run of site.yml gave to Pages, as one text. Python knows both of the formats that they lie in. */
export async function readSite({ github, repository }: ReleaseScene, run: RunResult): Promise<string> {
  const [artifact] = repository.inspect.artifacts(run.id);
  const input = Buffer.from(await (await fetch(github.results.store.sign(artifact?.id ?? 0) ?? '')).arrayBuffer());
  return execFileSync('python3', ['-c', READ_PAGES], { input, encoding: 'utf8', maxBuffer: 2 ** 28 });
}

const READ_PAGES = `
import io, sys, tarfile, zipfile
tar = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read())).read('artifact.tar')
pages = tarfile.open(fileobj=io.BytesIO(tar))
sys.stdout.write(''.join(pages.extractfile(one).read().decode() for one in pages if one.name.endswith('.html')))
`;

/** Runs `modelgate verify` as its user would, in a folder; answers with the exit code and what it says. */
export async function verify(scene: ReleaseScene, folder: string, args: readonly string[]) {
  const { github, repository, sigstore } = scene;
  const root = join(folder, 'root.json');
  await writeFile(root, renderTrustRoot(sigstore));
  const permissions = { contents: 'read', attestations: 'read' } as const;
  const env = {
    GITHUB_TOKEN: github.createToken({ repository, permissions }),
    GITHUB_API_URL: github.apiUrl,
  };
  const all = ['verify', '--json', '--trusted-root', root, ...args];
  const { code, stdout } = await runDist('cli.js', all, { cwd: folder, env });
  return { code, text: stdout };
}

/** The trusted root of a local Sigstore, as one line. */
export function renderTrustRoot({ root }: ReleaseScene['sigstore']): string {
  return JSON.stringify(TrustedRoot.toJSON(root));
}
