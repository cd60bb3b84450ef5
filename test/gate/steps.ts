import type { Steps } from '../../src/gate/steps.ts';

/** Works without a pause. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
