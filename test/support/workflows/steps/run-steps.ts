import type { Scope } from '../expressions/evaluate.ts';
import { evaluateText } from '../expressions/templates.ts';
import type { StepResult } from '../run/result.ts';
import type { NodeRuns } from '../syntax/action.ts';
import type { Step, UsesStep } from '../syntax/model.ts';
import { evaluateInputs } from './action-inputs.ts';
import type { Execution } from './execution.ts';
import { type FoundAction, findAction, isLocal } from './found-action.ts';
import { createFrameEnv, createStepScope, type Frame } from './frame.ts';
import type { ActionUse } from './job-state.ts';
import { addPostStage, describeOrigin, runNodeStage } from './node-action.ts';
import { runScript } from './run-script.ts';
import { runStage } from './stage.ts';
import { describeStep } from './step-name.ts';

/** Composite actions in composite actions (github.com/actions/runner, Constants.cs). */
const MAX_DEPTH = 9;

/** Runs steps in order; each decides by its condition whether it runs. */
export async function runSteps(frame: Frame, steps: readonly Step[]): Promise<StepResult[]> {
  const results: StepResult[] = [];
  for (const [index, step] of steps.entries()) {
    const key = createKey(frame, index);
    const result = await runStage({
      frame,
      key,
      id: step.id,
      name: (scope) => describeStep(step, scope),
      condition: step.condition,
      env: step.env,
      continueOnError: step.continueOnError,
      timeoutMinutes: step.timeoutMinutes,
      state: findUse(frame, key).state,
      body: (execution, scope) =>
        step.kind === 'run' ? runScript(step, scope, execution) : runAction(step, key, execution, scope),
    });
    const { outputs, outcome, conclusion } = result;
    if (step.id !== undefined) frame.steps[step.id] = { outputs, outcome, conclusion };
    results.push(result);
  }
  return results;
}

/** Runs the pre stages of all actions that have one: before any step, so never of actions in the workspace. */
export async function runPreStages(frame: Frame, steps: readonly Step[]): Promise<StepResult[]> {
  const results: StepResult[] = [];
  for (const [index, step] of steps.entries()) {
    if (step.kind !== 'uses' || isLocal(step.uses)) continue;
    const key = createKey(frame, index);
    const found = findAction(step.uses, frame);
    const { runs } = found.action;
    if (runs.kind === 'composite') {
      const scope = createStepScope(frame, createFrameEnv(frame));
      const inner = createComposite(found, frame, key, { inputs: evaluateInputs(step, found.action, scope) });
      results.push(...(await runPreStages(inner, runs.steps)));
    } else if (runs.pre !== undefined) results.push(await runPre({ found, step, runs, key, file: runs.pre }, frame));
  }
  return results;
}

function runPre(
  request: { found: FoundAction; step: UsesStep; runs: NodeRuns; key: string; file: string },
  frame: Frame,
): Promise<StepResult> {
  const { found, step, runs, key, file } = request;
  const use = findUse(frame, key);
  return runStage({
    frame,
    key: `${key}-pre`,
    name: (scope) => `Pre ${describeStep(step, scope)}`,
    condition: runs.preIf,
    env: step.env,
    state: use.state,
    body(execution, scope) {
      addPostStage(use, frame, request);
      return runNodeStage({ found, step, file }, execution, scope);
    },
  });
}

async function runAction(step: UsesStep, key: string, execution: Execution, scope: Scope): Promise<number> {
  const { frame } = execution;
  const found = findAction(step.uses, frame);
  const { runs } = found.action;
  if (runs.kind === 'node') {
    addPostStage(findUse(frame, key), frame, { found, step, runs, key });
    return runNodeStage({ found, step, file: runs.main }, execution, scope);
  }
  const inner = createComposite(found, frame, key, {
    inputs: evaluateInputs(step, found.action, scope),
    env: { ...frame.composite?.env, ...execution.env },
    execution,
  });
  execution.nested.push(...(await runSteps(inner, runs.steps)));
  const innerScope = createStepScope(inner, createFrameEnv(inner));
  for (const [name, value] of runs.outputs) execution.outputs[name] = evaluateText(value, innerScope);
  return inner.composite?.failed ? 1 : 0;
}

function createComposite(
  found: FoundAction,
  outer: Frame,
  path: string,
  use: { inputs: Record<string, string>; env?: Record<string, string>; execution?: Execution },
): Frame {
  const depth = (outer.composite?.depth ?? 0) + 1;
  if (depth > MAX_DEPTH) throw new Error(`More than ${MAX_DEPTH} composite actions in each other`);
  const { execution, inputs, env = {} } = use;
  const github = { ...describeOrigin(found), action_path: found.folder };
  const log = execution?.log ?? outer.composite?.log;
  const timeout = execution?.timeout ?? outer.composite?.timeout;
  return {
    job: outer.job,
    source: found.source,
    path,
    steps: {},
    composite: { inputs, env, github, log, timeout, depth, failed: false },
  };
}

function findUse({ job }: Frame, key: string): ActionUse {
  const known = job.uses.get(key);
  if (known) return known;
  const use = { state: {}, hasPost: false };
  job.uses.set(key, use);
  return use;
}

function createKey(frame: Frame, index: number): string {
  return frame.path === '' ? String(index) : `${frame.path}.${index}`;
}
