import { setImmediate } from 'node:timers/promises';
import type { Steps } from '../gate/steps.ts';

/** Works step by step, and looks for an abort between two, which throws the signal's reason. */
export async function performSteps<T>(steps: Steps<T>, signal: AbortSignal | undefined): Promise<T> {
  for (;;) {
    await setImmediate();
    signal?.throwIfAborted();
    const step = steps.next();
    if (step.done) return step.value;
  }
}
