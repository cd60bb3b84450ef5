import type { Cancellation } from './cancellation.ts';

/** `concurrency:` of a workflow or a job, evaluated. */
export interface ConcurrencyRequest {
  readonly group: string;
  readonly cancelInProgress: boolean;
  readonly queue: 'single' | 'max';
}

interface Holder {
  readonly cancellation: Cancellation;
  start(): void;
}

interface Group {
  running?: Holder;
  waiting: Holder[];
}

/** Pending runs that a group with `queue: max` holds. */
const MAX_WAITING = 100;

/**
 * The concurrency groups of a repository, shared by the runs that should meet.
 * https://docs.github.com/en/actions/how-tos/write-workflows/choose-when-workflows-run/control-workflow-concurrency
 */
export class Scheduler {
  readonly #groups = new Map<string, Group>();
  #watchers: (() => void)[] = [];

  /**
   * Waits for a turn in a group. Gives the function that ends the turn, or undefined when the wait was cancelled: by a
   * later one, or by the request on `cancellation`, which a later one with cancel-in-progress makes too.
   */
  async enter(request: ConcurrencyRequest, cancellation: Cancellation): Promise<(() => void) | undefined> {
    // Names of groups do not tell upper from lower case.
    const name = request.group.toLowerCase();
    const group = this.#groups.get(name) ?? { waiting: [] };
    this.#groups.set(name, group);
    if (!group.running) return this.#hold(name, group, { cancellation, start() {} });
    if (request.queue === 'single') for (const older of group.waiting.splice(0)) older.cancellation.request();
    if (request.cancelInProgress) group.running.cancellation.request();
    if (group.waiting.length >= MAX_WAITING) {
      cancellation.request();
      return undefined;
    }
    return this.#wait(name, group, cancellation);
  }

  /** Comes when so many wait for a turn in a group, beside the one that has it. */
  async whenWaiting(group: string, count: number): Promise<void> {
    while ((this.#groups.get(group.toLowerCase())?.waiting.length ?? 0) < count) {
      await new Promise<void>((resolve) => this.#watchers.push(resolve));
    }
  }

  #wait(name: string, group: Group, cancellation: Cancellation): Promise<(() => void) | undefined> {
    return new Promise((resolve) => {
      let forget = () => {};
      const holder: Holder = {
        cancellation,
        start: () => {
          forget();
          resolve(this.#hold(name, group, holder));
        },
      };
      group.waiting.push(holder);
      for (const watcher of this.#watchers.splice(0)) watcher();
      forget = cancellation.onRequest(() => {
        group.waiting = group.waiting.filter((other) => other !== holder);
        resolve(undefined);
      });
    });
  }

  #hold(name: string, group: Group, holder: Holder): () => void {
    group.running = holder;
    return () => {
      delete group.running;
      const next = group.waiting.shift();
      if (!next) return this.#groups.delete(name);
      group.running = next;
      return next.start();
    };
  }
}
