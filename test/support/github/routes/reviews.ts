import { type Answer, answerList, type Call, type Routes } from '../call.ts';
import { ApiFault, notFound } from '../fault.ts';
import { keepReviews, type ReviewRecord } from '../records/reviews.ts';
import { showReview } from '../show-review.ts';
import { findPull } from './pulls.ts';

const STATES = { APPROVE: 'APPROVED', REQUEST_CHANGES: 'CHANGES_REQUESTED', COMMENT: 'COMMENTED' } as const;

/** Reviews of pull requests. */
export const reviewRoutes: Routes = {
  'pulls/list-reviews': (call: Call) => {
    const { number } = findPull(call);
    const found = call.repository.part(keepReviews).filter((review) => review.pull === number);
    return answerList(
      call,
      found.map((review) => showReview(call.repository, review)),
    );
  },
  'pulls/get-review': (call: Call) => {
    const { number } = findPull(call);
    const id = Number(call.params['review_id']);
    const review = call.repository.part(keepReviews).find((one) => one.id === id && one.pull === number);
    if (review === undefined) throw notFound();
    return { status: 200, body: showReview(call.repository, review) };
  },
  'pulls/create-review': (call: Call<{ event?: keyof typeof STATES; body?: string; commit_id?: string }>): Answer => {
    const pull = findPull(call);
    const login = call.token?.login ?? 'ghost';
    const { event, body = '', commit_id = pull.head.sha } = call.body;
    if (login === pull.author && event === 'APPROVE') {
      throw new ApiFault(422, 'Unprocessable Entity', { errors: ['Can not approve your own pull request'] });
    }
    const review: ReviewRecord = {
      id: call.world.nextId(),
      pull: pull.number,
      login,
      state: event === undefined ? 'PENDING' : STATES[event],
      body,
      commit: commit_id,
      submitted: call.world.now(),
    };
    call.repository.part(keepReviews).push(review);
    return { status: 200, body: showReview(call.repository, review) };
  },
};
