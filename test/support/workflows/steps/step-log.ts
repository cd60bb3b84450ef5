import type { Annotation } from '../run/result.ts';
import { createCommandReader } from './log-commands.ts';
import type { Masks } from './masks.ts';

/** Annotations of one level that GitHub keeps of one step; steps inside a composite action share the outer step's. */
const MAX_PER_LEVEL = 10;

/** The lines and annotations of a step as they come. */
export class StepLog {
  readonly lines: string[] = [];
  readonly annotations: Annotation[] = [];
  readonly #masks: Masks;
  readonly #parent: StepLog | undefined;
  readonly #onLine: (line: string) => void;
  readonly #read = createCommandReader();
  /** Why the step fails although its process did not. */
  refusal: string | undefined;

  constructor(masks: Masks, options: { parent?: StepLog | undefined; onLine?: (line: string) => void } = {}) {
    this.#masks = masks;
    this.#parent = options.parent;
    this.#onLine = options.onLine ?? (() => {});
  }

  /** Takes a line of a process, and does what a command in it asks. */
  take(line: string): void {
    const command = this.#read(line);
    if (command.kind === 'annotate') this.annotate(command.annotation);
    else if (command.kind === 'mask') this.#masks.add(command.value);
    else if (command.kind === 'refuse') this.refusal ??= command.reason;
    else if (command.kind === 'text') this.write(command.text);
  }

  annotate(annotation: Annotation): void {
    this.write(`##[${annotation.level}]${annotation.message}`);
    this.#keep({ ...annotation, message: this.#masks.apply(annotation.message) });
  }

  error(message: string): void {
    this.annotate({ level: 'error', message });
  }

  /** Writes a line as it is, but for masks. */
  write(line: string): void {
    const masked = this.#masks.apply(line);
    this.lines.push(masked);
    if (this.#parent) this.#parent.write(masked);
    else this.#onLine(masked);
  }

  get #root(): StepLog {
    return this.#parent ? this.#parent.#root : this;
  }

  #keep(annotation: Annotation): void {
    const { annotations } = this.#root;
    const same = annotations.filter(({ level }) => level === annotation.level);
    if (same.length < MAX_PER_LEVEL) annotations.push(annotation);
  }
}
