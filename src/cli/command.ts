import type { STAGES } from '../pipeline/stages.ts';
import type { Progress } from '../progress.ts';

/** The flags that every command understands, as commander reads them. */
export interface Flags {
  readonly config: string;
  readonly runFolder?: string;
  readonly json?: boolean;
  readonly duckdb?: string;
  readonly memory?: string;
  readonly baseline?: readonly string[];
  readonly from?: (typeof STAGES)[number];
  readonly to?: (typeof STAGES)[number];
  readonly folder?: string;
  readonly post?: boolean;
  readonly pullRequest?: string;
  readonly repository?: string;
  readonly model?: string;
  readonly stage?: string;
  readonly at?: string;
  readonly limit?: string;
  readonly budgetFile?: string;
  readonly selfTest?: boolean;
}

/** What a command speaks through: results to `print` (standard output), everything else to `progress`. */
export interface Terminal {
  readonly environment: NodeJS.ProcessEnv;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  print(text: string): void;
}

/** A command: answers with an exit code. */
export type Perform = (terminal: Terminal, flags: Flags) => Promise<number>;
