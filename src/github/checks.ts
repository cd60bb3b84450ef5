import {
  BATCH,
  type CheckAnnotation,
  type CheckOutput,
  fitAnnotations,
  fitOutput,
  nameAnnotation,
  type SentAnnotation,
} from './check-output.ts';
import type { Client } from './client.ts';
import { ask, type Purpose } from './faults.ts';
import { compareOrder, computeTextDigest, type HiddenState, type Order, renderState } from './hidden-state.ts';
import { type CheckIdentity, type OwnCheck, OwnChecks } from './own-checks.ts';
import { writeOnce } from './writing.ts';

export type Conclusion = 'success' | 'neutral' | 'failure' | 'cancelled';

/** A check run of ours on a commit. `order` is the run that is judged; its attempts share the check. */
export interface WantedCheck extends CheckIdentity {
  readonly order: Order;
  readonly output: CheckOutput;
  /** Where the details are: the workflow run. */
  readonly detailsUrl?: string;
  readonly fork?: boolean;
}

export interface CompletedCheck extends WantedCheck {
  readonly conclusion: Conclusion;
  readonly annotations?: readonly CheckAnnotation[];
}

/** `kept`: it was so already. `outdated`: a later attempt of the run speaks, and was left alone. */
export interface PostedCheck {
  readonly action: 'written' | 'kept' | 'outdated';
  readonly id: number;
  readonly url: string;
}

/** The external id of a run's checks, by which each attempt of the run finds them again. */
export function nameExternalId(runId: number): string {
  return `modelgate:${runId}`;
}

/**
 * Opens a check in progress; one that an earlier attempt of the run completed is opened again. What this attempt has
 * completed stays so: opening and completing may come from two jobs, and the first may be late.
 */
export async function openCheck(client: Client, wanted: WantedCheck): Promise<PostedCheck> {
  const fields = { status: 'in_progress' as const, ...describe(wanted, { ...wanted.order, digest: '' }) };
  return await ask(explain(wanted, 'open'), async () => {
    const checks = new OwnChecks(client, wanted);
    const { value, wrote } = await writeOnce<OwnCheck>(client, {
      find: () => checks.findHeard(),
      agrees: (found) => compareOrder(found.state, wanted.order) >= 0,
      write: (found) => (found ? checks.change(found.id, fields) : checks.create(fields)),
    });
    const later = compareOrder(value.state, wanted.order) > 0;
    return { action: later ? 'outdated' : wrote ? 'written' : 'kept', id: value.id, url: value.url };
  });
}

/**
 * Completes the check, and makes it when nobody opened it. The conclusion goes with the last annotations, so a check
 * whose writing was cut off stays in progress and never reads as green. GitHub can append annotations, not remove them:
 * those that are there are not sent again, and those of an earlier attempt stay.
 */
export async function completeCheck(client: Client, wanted: CompletedCheck): Promise<PostedCheck> {
  return await ask(explain(wanted, 'complete'), async () => {
    const checks = new OwnChecks(client, wanted);
    const opening = { status: 'in_progress' as const, ...describe(wanted, { ...wanted.order, digest: '' }) };
    const complete = {
      ...describe(wanted, digestOf(wanted)),
      status: 'completed' as const,
      conclusion: wanted.conclusion,
    };
    const { wrote } = await writeOnce<OwnCheck>(client, {
      find: () => checks.findHeard(),
      agrees: () => true,
      write: () => checks.create(wanted.annotations?.length ? opening : complete),
    });
    // A request that was delivered twice made two checks. GitHub goes by the last, and none may stay open.
    const posted: PostedCheck[] = [];
    for (const { id } of await checks.look()) posted.push(await conclude(client, checks, id, wanted));
    const last = posted.at(-1) as PostedCheck;
    return wrote && last.action === 'kept' ? { ...last, action: 'written' } : last;
  });
}

async function conclude(client: Client, checks: OwnChecks, id: number, wanted: CompletedCheck): Promise<PostedCheck> {
  const state = digestOf(wanted);
  const annotations = fitAnnotations(wanted.annotations ?? []);
  // Lists may lag behind, so what was once seen or sent stays known.
  const present = new Set<string>();
  const selectMissing = (some: readonly SentAnnotation[]) => some.filter((one) => !present.has(nameAnnotation(one)));
  const look = async () => {
    const check = await checks.read(id);
    if (annotations.length > 0) for (const name of await checks.readAnnotations(id)) present.add(name);
    return check;
  };
  const isLater = (check: OwnCheck) => compareOrder(check.state, wanted.order) > 0;
  const isDone = (check: OwnCheck) => {
    const same = compareOrder(check.state, wanted.order) === 0 && check.state.digest === state.digest;
    return same && check.conclusion === wanted.conclusion;
  };
  const found = await look();
  if (isLater(found)) return { action: 'outdated', id, url: found.url };
  const batches = splitBatches(selectMissing(annotations));
  if (batches.length === 0 && isDone(found)) return { action: 'kept', id, url: found.url };
  const ending = { status: 'completed' as const, conclusion: wanted.conclusion };
  for (const [index, batch] of (batches.length === 0 ? [[]] : batches).entries()) {
    const last = index >= batches.length - 1;
    const fields = describe(wanted, last ? state : { ...state, digest: '' });
    const { value } = await writeOnce(client, {
      find: look,
      agrees: (check) => isLater(check) || (selectMissing(batch).length === 0 && (!last || isDone(check))),
      write: async () => {
        const unsent = selectMissing(batch);
        const output = { ...fields.output, ...(unsent.length > 0 && { annotations: unsent }) };
        const answer = await checks.change(id, { ...fields, ...(last ? ending : { status: 'in_progress' }), output });
        for (const annotation of unsent) present.add(nameAnnotation(annotation));
        return answer;
      },
    });
    if (isLater(value)) return { action: 'outdated', id, url: value.url };
  }
  return { action: 'written', id, url: found.url };
}

function splitBatches<T>(all: readonly T[]): T[][] {
  const count = Math.ceil(all.length / BATCH);
  return Array.from({ length: count }, (_, index) => all.slice(index * BATCH, (index + 1) * BATCH));
}

function digestOf(wanted: CompletedCheck): HiddenState {
  const { conclusion, output, annotations } = wanted;
  return { ...wanted.order, digest: computeTextDigest(JSON.stringify([conclusion, output, annotations ?? []])) };
}

function describe(wanted: WantedCheck, state: HiddenState) {
  const { output, detailsUrl } = wanted;
  return {
    output: fitOutput(output, renderState(state)),
    ...(detailsUrl !== undefined && { details_url: detailsUrl }),
  };
}

function explain({ name, headSha, fork }: WantedCheck, verb: string): Purpose {
  const doing = `${verb} the check "${name}" of commit ${headSha.slice(0, 12)}`;
  return { doing, needs: 'checks: write', fork: fork ?? false };
}
