import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { RepositoryState } from './repository.ts';
import type { ArtifactStore } from './results/artifact-store.ts';
import type { Token } from './tokens.ts';
import type { World } from './world.ts';

/** Everything that the routes share beside one repository. */
export interface Hub {
  readonly world: World;
  readonly artifacts: ArtifactStore;
  /** Where files lie; removed with the local GitHub. */
  readonly folder: string;
  findRepository(fullName: string): RepositoryState | undefined;
  readonly repositories: ReadonlyMap<string, RepositoryState>;
  /** What a test wants to hear of: a dispatch, a published release. By the name of the webhook. */
  announce(event: string, repository: RepositoryState, payload: Record<string, unknown>): void;
}

/** One request that has passed every check: its shape, its token, and that the repository can be seen. */
export interface Call<Body = unknown> {
  readonly hub: Hub;
  readonly world: World;
  /** Of the path's owner and repo. Reading it in an operation that has none throws. */
  readonly repository: RepositoryState;
  readonly params: Readonly<Record<string, string>>;
  /** Numbers and booleans are such, and defaults are filled in. */
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: Body;
  /** The body where it is a file: it is still to be read. */
  readonly incoming: IncomingMessage;
  readonly headers: IncomingHttpHeaders;
  /** The request's own address, for links to further pages. */
  readonly url: URL;
  readonly token: Token | undefined;
}

/** What a route answers. What GitHub requires and `body` lacks is filled in. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** In place of a JSON body. */
  readonly bytes?: Buffer;
}

/** A route. Throws an ApiFault for everything that is not a success. */
export type Handler = (call: Call<never>) => Answer | Promise<Answer>;
/** Routes by operation id. */
export type Routes = Readonly<Record<string, Handler>>;

/** GitHub gives so many entries of a list at once, whatever is asked for. */
const PAGE_LIMIT = 100;
const PAGE_DEFAULT = 30;

/** The page of a list that a call asks for, with the `Link` header that names the others. */
export function takePage<T>(call: Call, all: readonly T[]): { page: T[]; headers: Record<string, string> } {
  const size = Math.min(PAGE_LIMIT, Math.max(1, Number(call.query['per_page'] ?? PAGE_DEFAULT)));
  const number = Math.max(1, Number(call.query['page'] ?? 1));
  const last = Math.max(1, Math.ceil(all.length / size));
  const page = all.slice((number - 1) * size, number * size);
  const write = (rel: string, to: number) => {
    const url = new URL(call.url);
    url.searchParams.set('page', String(to));
    return `<${url}>; rel="${rel}"`;
  };
  const links = [
    ...(number > 1 ? [write('prev', number - 1), write('first', 1)] : []),
    ...(number < last ? [write('next', number + 1), write('last', last)] : []),
  ];
  return { page, headers: links.length > 0 ? { link: links.join(', ') } : {} };
}

/** Answers with a page of a list: the bare list, or under a name with the count of all. */
export function answerList(call: Call, all: readonly unknown[], name?: string): Answer {
  const { page, headers } = takePage(call, all);
  return { status: 200, headers, body: name === undefined ? page : { total_count: all.length, [name]: page } };
}
