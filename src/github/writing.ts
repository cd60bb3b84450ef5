import type { Client } from './client.ts';
import { isUncertain } from './persistence.ts';

/** How often a write is sent at most. */
const SENDS = 3;
/** Seconds before each look after an answer was lost: GitHub’s lists can lag behind its writes. */
const LOOKS_S = [1, 2, 4] as const;

/** A write, and how to see whether it is needed, or was done although nobody heard so. */
export interface Write<T> {
  /** What is there now; undefined when nothing is. */
  find(): Promise<T | undefined>;
  /** Whether what is there is as wanted. */
  agrees(found: T): boolean;
  /** Sends one request: to change what was found, or to make it. Answers with what is there then. */
  write(found: T | undefined): Promise<T>;
}

/**
 * Makes something be as wanted, without ever repeating a write blindly: where an answer was lost, it looks (several
 * times, with pauses) and sends again only what is provably not there. Throws the last error when that does not help.
 */
export async function writeOnce<T>(client: Client, wanted: Write<T>): Promise<{ value: T; wrote: boolean }> {
  let found = await wanted.find();
  if (found !== undefined && wanted.agrees(found)) return { value: found, wrote: false };
  for (let sent = 1; ; sent++) {
    try {
      return { value: await wanted.write(found), wrote: true };
    } catch (error) {
      if (!isUncertain(error)) throw error;
      const seen = await lookAgain(client, wanted);
      if (seen !== undefined && wanted.agrees(seen)) return { value: seen, wrote: true };
      if (sent === SENDS) throw error;
      found = seen;
    }
  }
}

async function lookAgain<T>(client: Client, wanted: Write<T>): Promise<T | undefined> {
  let seen: T | undefined;
  for (const seconds of LOOKS_S) {
    await client.pause(seconds);
    seen = await wanted.find();
    if (seen !== undefined && wanted.agrees(seen)) break;
  }
  return seen;
}
