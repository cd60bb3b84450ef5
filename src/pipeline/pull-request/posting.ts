import { type Conclusion, completeCheck, nameExternalId, openCheck } from '../../github/checks.ts';
import type { Client } from '../../github/client.ts';
import { computeCommentRoom, listOwnMarkers, upsertComment } from '../../github/comments.ts';
import type { Order } from '../../github/hidden-state.ts';
import { readPullRequest } from '../../github/pull-requests.ts';
import type { Repository } from '../../github/repository.ts';
import { type JudgedModel, renderAggregateCheck } from '../../report/aggregate-check.ts';
import { type RenderedCheck, renderCheck } from '../../report/check.ts';
import { MARKER, readMarkedModel, renderMarker } from '../../report/comment/marker.ts';
import { renderComment } from '../../report/comment.ts';
import type { ReportFacts } from '../../report/facts.ts';
import type { Refusal } from '../../report/refusals.ts';

/** The check that a ruleset requires; each model has one of its own beside it. */
export const CHECK = 'modelgate';

/** When a comment is written: with every run, only where it says something new, never. */
export const COMMENT_MODES = ['always', 'on-change', 'never'] as const;
export type CommentMode = (typeof COMMENT_MODES)[number];

/** Where and for whom something is posted. */
export interface PostPlace {
  readonly client: Client;
  readonly repository: Repository;
  readonly headSha: string;
  /** The run that is reported: which of two is newer, and where it can be looked at. */
  readonly order: Order;
  readonly runUrl: string;
  /** Who we are, by the token: a login for comments, an app for checks. */
  readonly author: string;
  readonly app: string;
  readonly fork: boolean;
}

export interface Posting extends PostPlace {
  /** What every model came to, or why nothing can be said of any. */
  readonly models: readonly JudgedModel[] | Refusal;
  readonly comment: CommentMode;
  /** Absent of a merge queue, where there is no pull request to comment on. */
  readonly number?: number;
  readonly baseRef?: string;
  /** Where the full report is, in words. */
  readonly report: string;
}

export interface Posted {
  readonly conclusion: Conclusion;
  readonly checkUrl: string;
  /** Of the first model; undefined where none was written. */
  readonly commentUrl: string | undefined;
}

/** Opens the check of a run, in progress. */
export async function postOpening(place: PostPlace): Promise<{ readonly url: string }> {
  const output = { title: 'The model is being judged', summary: `[The run](${place.runUrl}) is under way.` };
  return openCheck(place.client, { ...describe(place, CHECK), output });
}

/**
 * Posts what every model came to: a comment and a check each, and last the check that sums them up, so that it is green
 * only when everything else is there. Repeating it changes nothing. Where nothing can be said of any model, comments that
 * are there say so, and none is made.
 */
export async function postJudged(posting: Posting): Promise<Posted> {
  const { models, headSha, runUrl: run, report } = posting;
  const facts = { headSha, links: { run, report }, ...(posting.baseRef && { baseRef: posting.baseRef }) };
  const commentUrl = await postComments(posting, facts);
  const refused = 'fix' in models;
  for (const { model, judged } of refused ? [] : models) {
    await complete(posting, `${CHECK}: ${model}`, renderCheck(judged, { ...facts, model }));
  }
  const aggregate = renderAggregateCheck(refused ? [{ model: 'all models', judged: models }] : models, facts);
  const { url } = await complete(posting, CHECK, aggregate);
  return { conclusion: aggregate.conclusion, checkUrl: url, commentUrl };
}

type Facts = Omit<ReportFacts, 'model'>;

/** A run of an older commit leaves the comments to the run of the newer one. */
async function postComments(posting: Posting, facts: Facts): Promise<string | undefined> {
  const { client, repository, number, headSha, author, order, fork, comment } = posting;
  if (number === undefined || comment === 'never') return undefined;
  const pull = await readPullRequest(client, repository, number);
  if (pull.head.sha !== headSha) return undefined;
  const urls: string[] = [];
  for (const { marker, model, judged } of await listComments(posting, number)) {
    const { body, digest: content } = renderComment(judged, { ...facts, model, room: computeCommentRoom(marker) });
    const place = { repository, number, marker, author, fork, order, onChange: comment === 'on-change' };
    urls.push((await upsertComment(client, { ...place, body, content })).url);
  }
  return urls[0];
}

async function listComments({ client, repository, author, models }: Posting, number: number) {
  if (!('fix' in models)) return models.map((one) => ({ ...one, marker: renderMarker(one.model) }));
  const markers = await listOwnMarkers(client, { repository, number, author }, MARKER);
  return markers.map((marker) => ({ marker, model: readMarkedModel(marker), judged: models }));
}

async function complete(place: PostPlace, name: string, check: RenderedCheck) {
  const { title, summary, conclusion } = check;
  const annotations = check.annotations.map(({ path, start_line, end_line, annotation_level, ...rest }) => ({
    ...rest,
    path,
    startLine: start_line,
    endLine: end_line,
    level: annotation_level,
  }));
  const wanted = { ...describe(place, name), output: { title, summary }, conclusion, annotations };
  return completeCheck(place.client, wanted);
}

function describe({ repository, headSha, order, runUrl: detailsUrl, app, fork }: PostPlace, name: string) {
  return { repository, name, headSha, externalId: nameExternalId(order.runId), app, order, detailsUrl, fork };
}
