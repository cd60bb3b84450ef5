import type { Config } from '../config/schema/modelgate.ts';
import { resolveReveal } from '../evaluation/reveal.ts';
import { isHeard } from '../log.ts';

/**
 * True where what a run prints may tell the verdict alone: under `reveal: verdict`, in a workflow, whose log is read by more
 * than those who have the labels. On a machine where the labels lie, whoever runs a command has them anyway.
 */
export function hearsVerdictOnly(config: Config, environment: NodeJS.ProcessEnv): boolean {
  return resolveReveal(config) === 'verdict' && isHeard(environment);
}
