import { evaluateText } from '../expressions/templates.ts';
import type { StepContext } from '../steps/frame.ts';
import { createJobScope, type JobState } from '../steps/job-state.ts';
import type { StepsJob } from '../syntax/model.ts';

/** https://docs.github.com/en/actions/reference/limits: outputs of a job, measured as UTF-16. */
const MAX_BYTES = 1024 * 1024;

/** The outputs of a job when its steps are done, whatever its result; one that holds a secret is left out. */
export function readJobOutputs(
  model: StepsJob,
  job: JobState,
  steps: Readonly<Record<string, StepContext>>,
): Record<string, string> {
  const scope = createJobScope(job, { steps, env: Object.fromEntries(job.env) });
  const outputs: Record<string, string> = {};
  for (const [name, token] of model.outputs) {
    const value = evaluateText(token, scope);
    if (job.masks.hides(value)) {
      job.annotations.push({ level: 'warning', message: `Skip output '${name}' since it may contain secret.` });
    } else if (value !== '') outputs[name] = value;
  }
  const size = Object.entries(outputs).reduce((sum, [name, value]) => sum + 2 * (name.length + value.length), 0);
  if (size > MAX_BYTES) throw new Error(`Job outputs are ${size} bytes; at most ${MAX_BYTES} are allowed`);
  return outputs;
}
