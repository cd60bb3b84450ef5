import { rollBack } from '../../registry/promotion/rollback.ts';
import type { Shell } from '../shell.ts';
import { findProject } from './branch-config.ts';
import { readRollbackInputs } from './inputs.ts';
import { openRegistry, requireDefaultBranch } from './opening.ts';
import { createScene, refuse, reportFinished } from './stage-scene.ts';

/** Puts a stage back to the version that was last healthy in it. */
export async function runRollback(shell: Shell): Promise<void> {
  const { configs, model, stage, to, reason, token, login } = readRollbackInputs(shell.getInput);
  const registry = await openRegistry(token, shell);
  requireDefaultBranch(shell, registry.context, ['workflow_dispatch']);
  const project = await findProject(shell, configs, model);
  const scene = await createScene(shell, registry, project, login);
  const asked = {
    model: project.config.model,
    stage,
    to,
    reason,
    requestedBy: registry.actor,
    triggeredBy: registry.triggeredBy,
  };
  const result = await rollBack({ ...scene, asked });
  if (result.state === 'refused') throw refuse(result.refusals);
  if (result.state === 'allowed') throw new Error('nothing was done, and nobody asked for that');
  reportFinished(shell, result.finished);
  const { id, version, tag, counter } = result.event;
  const own = result.finished.placings.find(({ event }) => event.id === id);
  shell.setOutputs({ version, tag, counter: String(counter), incident: own?.incident ?? '' });
}
