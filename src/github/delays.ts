import { setTimeout as sleep } from 'node:timers/promises';

/** How long a second of waiting takes. Tests make it 0, so that faults and limits cost no time. */
export interface Delays {
  /** Milliseconds. */
  readonly second: number;
}

export const REAL_DELAYS: Delays = { second: 1000 };

/** Waits as many seconds as said; rejects at once when the signal aborts. */
export async function waitSeconds(delays: Delays, seconds: number, signal?: AbortSignal): Promise<void> {
  await sleep(seconds * delays.second, undefined, signal && { signal });
}
