import type { FaultRequest } from '../support/github/faults.ts';
import type { RequestRecord } from '../support/github/server.ts';
import type { Flow, Hit, StepName } from './flow.ts';

const LIMITED = { message: 'You have exceeded a secondary rate limit.' };
const SHORT = { ...LIMITED, headers: { 'retry-after': '1' } };
const LONG = { ...LIMITED, headers: { 'retry-after': '3600' } };
const WHEN = ['before', 'after'] as const;

/** What was asked in steps without a fault. */
type Asked = Pick<Flow, 'requests'>;

/** How a request goes wrong, which is the `nth` of its operation in the step. */
export type Kind = (request: RequestRecord, nth: number) => readonly FaultRequest[];

/** What goes wrong once, and is over: everything that can befall a request of this sort. */
export const once: Kind = (request) => [
  ...whens(request).flatMap((when) => [500, 502, 503].map((status) => ({ kind: 'status', when, status }) as const)),
  ...[403, 429].map((status) => ({ kind: 'status', status, ...SHORT }) as const),
  ...lose(request),
];

/** The faults after which nobody knows what happened, and the lists that have not heard of it: one of each sort. */
export const lost: Kind = (request) => [
  ...(writes(request) ? [...lose(request), { kind: 'status', when: 'after', status: 502 } as const] : []),
  ...(lists(request) ? [{ kind: 'stale' } as const] : []),
];

/** What stays wrong until somebody does something about it. From which time on matters to what writes. */
export const lasting: Kind = (request, nth) => {
  if (nth > 1 && !writes(request)) return [];
  const all: FaultRequest[] = [
    ...whens(request).map((when) => ({ kind: 'status', when, status: 502 }) as const),
    ...[401, 403, 404].map((status) => ({ kind: 'status', status, message: 'Not for you' }) as const),
    { kind: 'status', status: 429, ...SHORT },
    { kind: 'status', status: 403, ...LONG },
    ...(writes(request) ? [{ kind: 'drop' } as const] : []),
  ];
  return all.map((fault) => ({ ...fault, times: 1000 }));
};

/** Two that stay: the server's, and the token's. */
export const grave: Kind = (request, nth) =>
  lasting(request, nth).filter(({ status }) => status === 502 || status === 404);

/** Every request of some steps with every fault of a kind: taken from what was asked, so that a new request is among them. */
export function listHits(flow: Asked, steps: readonly StepName[], kind: Kind): Hit[] {
  return steps.flatMap((step) =>
    (flow.requests.get(step) ?? []).flatMap((request, index, all) => {
      const { operation } = request;
      const nth = all.slice(0, index + 1).filter((other) => other.operation === operation).length;
      const faults = kind(request, nth).map((fault) => ({ ...fault, operation, nth }));
      return faults.map((fault) => ({ step, faults: [fault] }));
    }),
  );
}

/**
 * The same promise at a smaller price, for steps that only read, and read a lot: everything befalls all of their requests
 * together, every other time. git begins with its first request again, so each of its own is alone in what befalls it.
 */
export function listEach(flow: Asked, steps: readonly StepName[]): Hit[] {
  const isGit = ({ operation }: RequestRecord) => operation.startsWith('git/');
  const single: Kind = (request, nth) => (isGit(request) ? once(request, nth) : []);
  const odd = Array.from({ length: 50 }, (_, index) => 2 * index + 1);
  const storms = steps.flatMap((step) => {
    const requests = (flow.requests.get(step) ?? []).filter((request) => !isGit(request));
    const operations = [...new Set(requests.map(({ operation }) => operation))];
    const kinds = requests.slice(0, 1).flatMap((first) => once(first, 1));
    return kinds.map((fault) => {
      return { step, faults: operations.flatMap((operation) => odd.map((nth) => ({ ...fault, operation, nth }))) };
    });
  });
  return [...listHits(flow, steps, single), ...storms];
}

/** Names a hit, by the first of its faults. */
export function describeHit({ step, faults }: Hit): string {
  return `${step}: ${JSON.stringify(faults[0])}`;
}

function lose(request: RequestRecord): FaultRequest[] {
  return [
    ...whens(request).map((when) => ({ kind: 'drop', when }) as const),
    { kind: 'cut' },
    ...(writes(request) ? [{ kind: 'duplicate' } as const] : []),
    ...(lists(request) ? [{ kind: 'stale' } as const] : []),
  ];
}

/** To one who only reads it is the same whether the server worked before it failed. */
function whens(request: RequestRecord): readonly ('before' | 'after')[] {
  return writes(request) ? WHEN : ['before'];
}

function writes({ method, operation }: RequestRecord): boolean {
  return method !== 'GET' && operation !== 'graphql' && !operation.startsWith('git/');
}

function lists({ operation }: RequestRecord): boolean {
  return operation.includes('/list-');
}
