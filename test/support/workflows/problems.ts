/** A workflow or action that GitHub would refuse, or that this runner cannot run as GitHub does: one line a problem. */
export class WorkflowError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/** The event starts no run of the workflow; the message says why. */
export class NotTriggered extends Error {}

/** The run failed before its first job: GitHub's conclusion `startup_failure`. */
export class StartupFailure extends WorkflowError {}
