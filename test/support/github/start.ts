import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Accounts } from './accounts.ts';
import type { Hub } from './call.ts';
import { events } from './events/all.ts';
import { Faults } from './faults.ts';
import { readGit } from './git/commands.ts';
import type { FileContent } from './git/commits.ts';
import { Repository, readFolder } from './handle.ts';
import { Limits } from './limits.ts';
import { RepositoryState } from './repository.ts';
import { createResultsService, type ResultsService } from './results/service.ts';
import { listen, type RequestRecord, type Service } from './server.ts';
import { type NewToken, Tokens } from './tokens.ts';
import type { World } from './world.ts';

export type { Repository } from './handle.ts';

/** What a repository is made with. It has one commit unless there are no files. */
export interface RepositoryOptions {
  readonly owner: string;
  readonly name: string;
  readonly files?: Readonly<Record<string, FileContent>>;
  /** A folder whose files are the first commit's, beside `files`. */
  readonly folder?: string;
  readonly private?: boolean;
  readonly defaultBranch?: string;
  /** An organization without. */
  readonly ownerType?: 'User' | 'Organization';
}

/** A local GitHub: REST, GraphQL, git over HTTP, artifacts and caches, on one port of the loopback interface. */
export interface GitHub extends AsyncDisposable {
  readonly apiUrl: string;
  /** A host that ends in `.localhost`: GitHub's own clients take 127.0.0.1 for an Enterprise Server. */
  readonly serverUrl: string;
  readonly resultsUrl: string;
  readonly results: ResultsService;
  readonly requests: readonly RequestRecord[];
  readonly faults: Faults;
  readonly limits: Limits;
  readonly tokens: Tokens;
  readonly createEvent: typeof events;
  /** What was announced to whoever listens to webhooks: dispatches, published releases. */
  readonly announced: readonly { event: string; repository: string; payload: Record<string, unknown> }[];
  /** Forgets what was read, so that a stale read is one of what is read from now on. */
  forget(): void;
  createRepository(options: RepositoryOptions): Promise<Repository>;
  createToken(request: NewToken): string;
  addTeam(name: string, logins: readonly string[]): void;
}

/**
 * Starts a local GitHub. `now` is its clock: of times in answers, of tokens that expire and of limits. Disposing of it throws
 * when it answered what GitHub never would, so that no test passes on a wrong answer.
 */
export async function startGitHub(options: { now?: () => Date } = {}): Promise<GitHub> {
  const root = await mkdtemp(join(tmpdir(), 'github-'));
  let service: Service | undefined;
  const { server, port } = await listen(() => {
    if (service === undefined) throw new Error('The local GitHub is not ready');
    return service;
  });
  const world = createWorld(port, options.now ?? (() => new Date()));
  const results = createResultsService({ origin: () => world.apiUrl, now: () => world.now() });
  const repositories = new Map<string, RepositoryState>();
  const announced: { event: string; repository: string; payload: Record<string, unknown> }[] = [];
  const hub: Hub = {
    world,
    artifacts: results.store,
    folder: root,
    repositories,
    findRepository: (fullName) => repositories.get(fullName.toLowerCase()),
    announce: (event, repository, payload) => announced.push({ event, repository: repository.fullName, payload }),
  };
  const tokens = new Tokens(world);
  service = {
    root,
    hub,
    tokens,
    results,
    limits: new Limits(world),
    faults: new Faults(),
    requests: [],
    memory: new Map(),
    mistakes: [],
  };
  const { faults, limits, requests, mistakes, memory } = service;

  async function add(request: Omit<ConstructorParameters<typeof RepositoryState>[0], 'world' | 'root'>) {
    const state = new RepositoryState({ world, root, ...request });
    if (hub.findRepository(state.fullName) !== undefined) throw new Error(`${state.fullName} is there already`);
    await state.init();
    repositories.set(state.fullName.toLowerCase(), state);
    return new Repository(state, results.store, (login) => fork(state, login));
  }

  async function fork(parent: RepositoryState, login: string): Promise<Repository> {
    world.accounts.ensure(login);
    const { name, defaultBranch } = parent;
    const made = await add({ owner: login, name, defaultBranch, private: parent.private, parent });
    await readGit(made.folder, [
      'fetch',
      '--quiet',
      parent.folder,
      '+refs/heads/*:refs/heads/*',
      '+refs/tags/*:refs/tags/*',
    ]);
    return made;
  }

  return {
    apiUrl: world.apiUrl,
    serverUrl: world.serverUrl,
    resultsUrl: world.apiUrl,
    results,
    requests,
    faults,
    limits,
    tokens,
    announced,
    createEvent: events,
    createToken: (request) => tokens.create(request),
    forget: () => memory.clear(),
    addTeam: (name, logins) => world.accounts.setTeam(name, logins),
    async createRepository(request) {
      const { owner, name, folder, defaultBranch = 'main' } = request;
      const account = world.accounts.ensure(owner, request.ownerType ?? 'Organization');
      const made = await add({ owner: account.login, name, defaultBranch, private: request.private ?? false });
      const files = { ...(folder === undefined ? {} : readFolder(folder)), ...request.files };
      if (Object.keys(files).length > 0) await made.commit({ branch: defaultBranch, files, message: 'Begin' });
      return made;
    },
    async [Symbol.asyncDispose]() {
      faults.clear();
      await close(server);
      await rm(root, { recursive: true, force: true });
      if (mistakes.length > 0) throw new Error(`The local GitHub made mistakes:\n${mistakes.join('\n')}`);
    },
  };
}

function createWorld(port: number, now: () => Date): World {
  let id = 1000;
  const nextId = () => {
    id += 1;
    return id;
  };
  return {
    apiUrl: `http://127.0.0.1:${port}`,
    serverUrl: `http://github.localhost:${port}`,
    accounts: new Accounts({ nextId }),
    now,
    nextId,
  };
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
