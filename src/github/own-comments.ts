import { RequestError } from 'octokit';
import type { Client } from './client.ts';
import { type HiddenState, parseState } from './hidden-state.ts';
import { nameParameters, type RepositoryName } from './repository.ts';

export interface OwnComment {
  readonly id: number;
  readonly url: string;
  readonly state: HiddenState;
}

export interface CommentPlace {
  readonly repository: RepositoryName;
  readonly number: number;
  readonly marker: string;
  /** Our login, as far as we know it. */
  readonly author: string;
}

type Answer = { id: number; html_url: string; body?: string | null; user: { login: string } | null };

/**
 * The comments of ours on one pull request: by our login, with the marker for a first line. It remembers what answers
 * told, because GitHub's lists may lag behind its writes.
 */
export class OwnComments {
  /** What the last look found, by id. */
  seen: readonly OwnComment[] = [];
  #author: string;
  readonly #client: Client;
  readonly #place: CommentPlace;
  readonly #body: string;
  readonly #told = new Map<number, OwnComment>();
  readonly #created = new Set<number>();

  constructor(client: Client, place: CommentPlace, body: string) {
    this.#client = client;
    this.#place = place;
    this.#body = body;
    this.#author = place.author;
  }

  /** Reads all pages; ours by ascending id. */
  async look(): Promise<readonly OwnComment[]> {
    const { repository, number, marker } = this.#place;
    const all: Answer[] = await this.#client.paginate(this.#client.rest.issues.listComments, {
      ...nameParameters(repository),
      issue_number: number,
      per_page: 100,
    });
    const ours = all.filter((comment) => comment.user?.login === this.#author && splitBody(comment)[0] === marker);
    const listed = ours.map(readComment).map((comment) => [comment.id, comment] as const);
    const known = new Map([...this.#told, ...listed]);
    this.seen = [...known.values()].sort((a, b) => a.id - b.id);
    return this.seen;
  }

  async create(): Promise<OwnComment> {
    const place = { ...nameParameters(this.#place.repository), issue_number: this.#place.number };
    const { data } = await this.#client.rest.issues.createComment({ ...place, body: this.#body });
    // Nothing tells our login for more certain than the answer.
    this.#author = data.user?.login ?? this.#author;
    this.#created.add(data.id);
    return this.#remember(data);
  }

  async edit(id: number): Promise<OwnComment> {
    const place = { ...nameParameters(this.#place.repository), comment_id: id };
    const { data } = await this.#client.rest.issues.updateComment({ ...place, body: this.#body });
    return this.#remember(data);
  }

  /** Deletes one. Sending it twice does no harm, and what is gone is gone. */
  async remove(id: number): Promise<void> {
    this.#told.delete(id);
    const place = { ...nameParameters(this.#place.repository), comment_id: id };
    await this.#client.rest.issues.deleteComment(place).catch((error: unknown) => {
      if (!(error instanceof RequestError) || (error.status !== 404 && error.status < 500)) throw error;
    });
  }

  /** Believes the lists alone from now on. */
  forget(): void {
    this.#told.clear();
  }

  /** What was done to the comment that stays. */
  tellAction(id: number): 'created' | 'updated' | 'kept' {
    if (this.#created.has(id)) return 'created';
    return this.#told.has(id) ? 'updated' : 'kept';
  }

  #remember(data: Answer): OwnComment {
    const comment = readComment(data);
    this.#told.set(comment.id, comment);
    return comment;
  }
}

function readComment(data: Answer): OwnComment {
  return { id: data.id, url: data.html_url, state: parseState(splitBody(data)[1]) };
}

function splitBody({ body }: Answer): string[] {
  return (body ?? '').split(/\r?\n/, 2);
}

/** The first line of every comment that carries our login, over all pages. */
export async function readFirstLines(client: Client, place: Omit<CommentPlace, 'marker'>): Promise<string[]> {
  const all: Answer[] = await client.paginate(client.rest.issues.listComments, {
    ...nameParameters(place.repository),
    issue_number: place.number,
    per_page: 100,
  });
  return all.filter(({ user }) => user?.login === place.author).map((comment) => splitBody(comment)[0] ?? '');
}
