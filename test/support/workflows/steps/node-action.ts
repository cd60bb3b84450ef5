import { join } from 'node:path';
import type { Scope } from '../expressions/evaluate.ts';
import type { NodeRuns } from '../syntax/action.ts';
import type { UsesStep } from '../syntax/model.ts';
import { createInputVariables, evaluateInputs } from './action-inputs.ts';
import { type Execution, executeProcess } from './execution.ts';
import type { FoundAction } from './found-action.ts';
import type { Frame } from './frame.ts';
import type { ActionUse } from './job-state.ts';
import { runStage } from './stage.ts';
import { describeStep } from './step-name.ts';

/**
 * Runs one stage of a node action. Only such actions get the token for artifacts and caches: a script has none
 * (github.com/actions/runner, Handlers/NodeScriptActionHandler.cs and ScriptHandler.cs).
 */
export function runNodeStage(
  { found, step, file }: { found: FoundAction; step: UsesStep; file: string },
  execution: Execution,
  scope: Scope,
): Promise<number> {
  const { job } = execution.frame;
  const inputs = evaluateInputs(step, found.action, scope);
  const state = Object.entries(execution.state).map(([name, value]) => [`STATE_${name}`, value] as const);
  return executeProcess(execution, {
    file: process.execPath,
    args: [join(found.folder, file)],
    cwd: job.folders.workspace,
    variables: { ...createInputVariables(inputs), ...Object.fromEntries(state), ...job.handle.runtime },
    github: describeOrigin(found),
  });
}

/** Puts the post stage of an action on the job's list, once for each use. */
export function addPostStage(
  use: ActionUse,
  frame: Frame,
  request: { found: FoundAction; step: UsesStep; runs: NodeRuns; key: string },
): void {
  const { found, key, runs, step } = request;
  const file = runs.post;
  if (file === undefined || use.hasPost) return;
  use.hasPost = true;
  frame.job.posts.push(() =>
    runStage({
      frame,
      key: `${key}-post`,
      name: (scope) => `Post ${describeStep(step, scope)}`,
      condition: runs.postIf,
      env: step.env,
      state: use.state,
      body: (execution, scope) => runNodeStage({ found, step, file }, execution, scope),
    }),
  );
}

/** `github.action_repository` and `action_ref` of an action of a repository. */
export function describeOrigin({ source }: FoundAction): Record<string, string> {
  return source ? { action_repository: source.repository, action_ref: source.ref } : {};
}
