/** Work that is under way. Ends once, by `done` or `fail`. */
export interface Step {
  /** Replaces the text beside the elapsed time. */
  update(text: string): void;
  done(text?: string): void;
  fail(text?: string): void;
}

/** Where the stages tell what they do. Passed in; never standard output, which belongs to the result. */
export interface Progress {
  info(text: string): void;
  warn(text: string): void;
  /** A line of a command of the user’s, passed through as it is. */
  output(chunk: Uint8Array): void;
  /** Work begins. `look` says how far it is, as a phrase, and is asked while it goes on, where it takes long. */
  start(text: string, look?: Look): Step;
}

/** How far work is, as a phrase; undefined where nobody knows. */
export type Look = () => string | undefined;

/** Does the work of a step, which fails where the work throws. Whoever does it ends the step where it does not. */
export async function during<T>(step: Step, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    step.fail();
    throw error;
  }
}

const SILENT_STEP: Step = { update() {}, done() {}, fail() {} };

/** Says nothing. */
export const SILENT: Progress = { info() {}, warn() {}, output() {}, start: () => SILENT_STEP };
