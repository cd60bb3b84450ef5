import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { hashFile } from '../../../src/evidence/file-hash.ts';
import { createClient } from '../../../src/github/client.ts';
import { openLedger } from '../../../src/registry/ledger/branch-ledger.ts';
import type { Package } from '../../../src/registry/package/package.ts';
import type { PublishOptions } from '../../../src/registry/publish/options.ts';
import { keepReleases } from '../../support/github/records/releases.ts';
import { type GitHub, type Repository, startGitHub } from '../../support/github/start.ts';
import { composeOptions, composePackage, nameRole } from './packages.ts';

const NO_DELAYS = { second: 0 };

/** A local GitHub with one repository, and a folder with the files of packages. */
export class Place implements AsyncDisposable {
  readonly github: GitHub;
  readonly repository: Repository;
  readonly folder: string;
  commit: string;

  private constructor(github: GitHub, repository: Repository, folder: string, commit: string) {
    this.github = github;
    this.repository = repository;
    this.folder = folder;
    this.commit = commit;
  }

  static async open(options: { now?: () => Date } = {}): Promise<Place> {
    let seconds = 0;
    const now = () => new Date(Date.UTC(2026, 10, 23) + seconds++ * 10_000);
    const github = await startGitHub({ now, ...options });
    github.limits.setHourly(1_000_000);
    const repository = await github.createRepository({ owner: 'octo', name: 'zoo', files: { 'README.md': 'Zoo\n' } });
    const commit = (await repository.resolve('main')) ?? '';
    return new Place(github, repository, await mkdtemp(join(tmpdir(), 'publish-test-')), commit);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.github[Symbol.asyncDispose]();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** The releases as GitHub keeps them. */
  get releases() {
    return this.repository.state.part(keepReleases);
  }

  /** A new commit on main, for another version. */
  async moveOn(): Promise<void> {
    this.commit = await this.repository.commit({
      branch: 'main',
      files: { 'README.md': randomBytes(8).toString('hex') },
    });
  }

  /** The ledger's events, read anew. */
  async readEvents() {
    return (await this.connect().ledger.read()).events;
  }

  connect(delays = NO_DELAYS, signal?: AbortSignal) {
    const { github } = this;
    const token = github.createToken({ repository: this.repository, permissions: { contents: 'write' } });
    const client = createClient({ token, apiUrl: github.apiUrl, delays, ...(signal && { signal }) });
    const { owner, name, fullName, id } = this.repository;
    const repository = { owner, name, fullName, id };
    return { client, repository, ledger: openLedger(client, repository, { now: () => new Date() }) };
  }

  /** A package of files by path. Files of the evidence may differ while the content is the same. */
  async pack(files: Readonly<Record<string, string | Buffer>>, about: { content?: string } = {}): Promise<Package> {
    const root = join(this.folder, randomBytes(6).toString('hex'));
    const packaged = [];
    for (const [path, bytes] of Object.entries(files)) {
      const file = join(root, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, bytes);
      packaged.push({
        path,
        file,
        role: nameRole(path),
        mediaType: 'application/octet-stream',
        ...(await hashFile(file)),
      });
    }
    const content = about.content ?? JSON.stringify(packaged.map(({ path, sha256 }) => [path, sha256]));
    const model = packaged.filter(({ role }) => role === 'model');
    return composePackage(this.commit, packaged, content, model);
  }

  /** What publishing is called with. */
  options(made: Package, more: Partial<PublishOptions> = {}): PublishOptions {
    return { ...this.connect(), ...composeOptions(made), ...more };
  }
}
