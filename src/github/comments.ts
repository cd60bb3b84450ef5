import { RequestError } from 'octokit';
import type { Client } from './client.ts';
import { ask } from './faults.ts';
import {
  compareOrder,
  computeTextDigest,
  type HiddenState,
  type Order,
  renderState,
  STATE_LENGTH,
} from './hidden-state.ts';
import { type CommentPlace, type OwnComment, OwnComments, readFirstLines } from './own-comments.ts';
import { writeOnce } from './writing.ts';

/** What GitHub takes: 65,536 characters (its answer "Body is too long"; the API's description does not say). */
const BODY_LIMIT = 65_536;
/** How often we look for what others did meanwhile. */
const TURNS = 5;

/** The one comment of ours on a pull request that carries the marker. */
export interface WantedComment extends CommentPlace {
  /** What readers see, at most `computeCommentRoom(marker)` characters. */
  readonly body: string;
  /** The run that speaks. The comment of a newer one is left alone. */
  readonly order: Order;
  /** What must differ for readers to be told anew, where that is less than the body. */
  readonly content?: string;
  /** Leaves a comment with the same content as it is, although a newer run says it. */
  readonly onChange?: boolean;
  readonly fork?: boolean;
}

/** `outdated`: a newer run speaks already, and was left alone. */
export interface PostedComment {
  readonly action: 'created' | 'updated' | 'kept' | 'outdated';
  readonly id: number;
  readonly url: string;
}

/** How many characters a comment's body may have beside its hidden lines. */
export function computeCommentRoom(marker: string): number {
  return BODY_LIMIT - STATE_LENGTH - marker.length - 1;
}

/**
 * Creates our comment or edits it in place, and leaves exactly one: of several (two runs at once, a lost answer, a request
 * delivered twice) the lowest id stays. A comment is ours when its author is our login **and** its first line is the
 * marker, so nobody else's text can pose as it. GitHub has no compare-and-swap for comments: of two runs that write in
 * the same moment, whoever looks last puts it right, and a workflow's `concurrency` keeps them apart.
 */
export async function upsertComment(client: Client, wanted: WantedComment): Promise<PostedComment> {
  const doing = `post the comment on pull request ${wanted.number}`;
  const fork = wanted.fork ?? false;
  return await ask({ doing, needs: 'pull-requests: write', fork }, () => converge(client, wanted));
}

async function converge(client: Client, wanted: WantedComment): Promise<PostedComment> {
  const state: HiddenState = { ...wanted.order, digest: computeTextDigest(wanted.content ?? wanted.body) };
  const ours = new OwnComments(client, wanted, compose(wanted, state));
  const isNewer = (comment: OwnComment) => compareOrder(comment.state, state) > 0;
  const isOutdated = () => ours.seen.some(isNewer);
  const isSettled = (comment: OwnComment) => isOutdated() || says(comment, state, wanted.onChange);
  let trouble: unknown = new Error(`The comments of pull request ${wanted.number} change as fast as we look`);
  for (let turn = 0; turn < TURNS; turn++) {
    if (turn > 0) await client.pause(turn);
    try {
      const { wrote } = await writeOnce(client, {
        find: async () => (await ours.look())[0],
        agrees: isSettled,
        write: (found) => (found ? ours.edit(found.id) : ours.create()),
      });
      if (wrote) await ours.look();
      const [first, ...others] = ours.seen;
      if (first === undefined || !isSettled(first)) continue;
      // Nobody ever removes the first, so at least one stays. One that is newer belongs to a run that will look for itself.
      const later = others.filter((comment) => compareOrder(comment.state, first.state) <= 0);
      if (later.length === 0) {
        return { action: isOutdated() ? 'outdated' : ours.tellAction(first.id), id: first.id, url: first.url };
      }
      for (const { id } of later) await ours.remove(id);
    } catch (error) {
      if (!(error instanceof RequestError) || error.status !== 404) throw error;
      // Whoever looked at the same time may have removed what we found.
      trouble = error;
      ours.forget();
    }
  }
  throw trouble;
}

function compose({ marker, body }: WantedComment, state: HiddenState): string {
  if (/[\r\n]/.test(marker)) throw new Error('A marker is one line');
  const room = computeCommentRoom(marker);
  if (body.length > room) throw new Error(`A comment of ${body.length} characters, where ${room} have room`);
  return `${marker}\n${renderState(state)}\n${body}`;
}

function says(comment: OwnComment, state: HiddenState, onChange = false): boolean {
  return comment.state.digest === state.digest && (onChange || compareOrder(comment.state, state) === 0);
}

/** The markers of our comments on a pull request that begin so, each once. */
export async function listOwnMarkers(
  client: Client,
  place: Omit<CommentPlace, 'marker'>,
  prefix: string,
): Promise<string[]> {
  const doing = `read the comments of pull request ${place.number}`;
  const all = await ask({ doing, needs: 'pull-requests: read' }, () => readFirstLines(client, place));
  return [...new Set(all.filter((line) => line.startsWith(prefix)))];
}
