import type { TemplateToken } from '@actions/workflow-parser/templates/tokens/index';
import type { Permissions } from '../run/permissions.ts';
import type { Source } from '../run/sources.ts';
import type { CallInterface, InputDeclaration, Triggers } from './triggers.ts';

/** Text with expressions that are evaluated later. */
export type Template = TemplateToken;

export interface Defaults {
  readonly shell?: Template | undefined;
  readonly workingDirectory?: Template | undefined;
}

/** A workflow file as it is written; expressions are not evaluated. */
export interface Workflow {
  readonly source: Source;
  /** Relative to the repository's root. */
  readonly path: string;
  readonly name?: string | undefined;
  readonly runName?: Template | undefined;
  readonly triggers: Triggers;
  readonly call?: CallInterface | undefined;
  /** Inputs of `workflow_dispatch`. */
  readonly dispatch?: ReadonlyMap<string, InputDeclaration> | undefined;
  readonly permissions?: Permissions | undefined;
  readonly env?: Template | undefined;
  readonly defaults: Defaults;
  readonly concurrency?: Template | undefined;
  readonly jobs: ReadonlyMap<string, Job>;
}

interface AnyJob {
  readonly id: string;
  readonly name?: Template | undefined;
  readonly needs: readonly string[];
  /** An expression that names a status function, `success()` when the file has none. */
  readonly condition: string;
  readonly strategy?: Template | undefined;
  readonly permissions?: Permissions | undefined;
  readonly concurrency?: Template | undefined;
}

export interface StepsJob extends AnyJob {
  readonly kind: 'steps';
  readonly runsOn: Template;
  readonly timeoutMinutes?: Template | undefined;
  readonly continueOnError?: Template | undefined;
  readonly container?: Template | undefined;
  readonly environment?: Template | undefined;
  readonly env?: Template | undefined;
  readonly defaults: Defaults;
  readonly outputs: ReadonlyMap<string, Template>;
  readonly steps: readonly Step[];
}

export interface CallJob extends AnyJob {
  readonly kind: 'call';
  readonly uses: string;
  readonly with: ReadonlyMap<string, Template>;
  readonly secrets: 'inherit' | ReadonlyMap<string, Template>;
  /** The workflow that `uses` names. */
  readonly called: Workflow;
}

export type Job = StepsJob | CallJob;

interface AnyStep {
  readonly id?: string | undefined;
  readonly name?: Template | undefined;
  readonly condition: string;
  readonly env?: Template | undefined;
  readonly continueOnError?: Template | undefined;
  readonly timeoutMinutes?: Template | undefined;
}

export interface RunStep extends AnyStep {
  readonly kind: 'run';
  readonly run: Template;
  readonly shell?: Template | undefined;
  readonly workingDirectory?: Template | undefined;
}

export interface UsesStep extends AnyStep {
  readonly kind: 'uses';
  readonly uses: string;
  readonly with: ReadonlyMap<string, Template>;
}

export type Step = RunStep | UsesStep;
