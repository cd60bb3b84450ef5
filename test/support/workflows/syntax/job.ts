import type { TemplateToken } from '@actions/workflow-parser/templates/tokens/index';
import { readPermissions } from '../run/permissions.ts';
import { type Keys, readKeys, readPairs, readTexts } from './keys.ts';
import type { Defaults, Job, Workflow } from './model.ts';
import type { ParsedFile } from './parsed-file.ts';
import { readSteps } from './step.ts';

/** Reads a job; `load` gives the workflow that a calling job names. */
export function readJob(id: string, token: TemplateToken, file: ParsedFile, load: (uses: string) => Workflow): Job {
  return readKeys(token, file.name, (keys): Job => {
    const common = {
      id,
      name: keys.find('name'),
      needs: readTexts(keys.find('needs')) ?? [],
      condition: file.readCondition(keys.find('if')),
      strategy: keys.find('strategy'),
      permissions: readPermissions(keys.find('permissions')),
      concurrency: keys.find('concurrency'),
    };
    const uses = keys.text('uses');
    if (uses !== undefined) {
      const called = load(uses);
      const inputs = new Map(readPairs(keys.find('with')));
      return { kind: 'call', ...common, uses, with: inputs, secrets: readSecrets(keys.find('secrets')), called };
    }
    const [runsOn, steps] = [keys.find('runs-on'), keys.find('steps')];
    if (!runsOn || !steps) return keys.fail(`Job "${id}" needs runs-on and steps`);
    return {
      kind: 'steps',
      ...common,
      runsOn,
      timeoutMinutes: keys.find('timeout-minutes'),
      continueOnError: keys.find('continue-on-error'),
      container: keys.find('container'),
      environment: keys.find('environment'),
      env: keys.find('env'),
      defaults: readDefaults(keys, file),
      outputs: new Map(readPairs(keys.find('outputs'))),
      steps: readSteps(steps, file),
    };
  });
}

/** `defaults.run` of a job or a workflow. */
export function readDefaults(keys: Keys, file: ParsedFile): Defaults {
  const defaults = keys.find('defaults');
  if (!defaults) return {};
  return readKeys(defaults, file.name, (inner) => {
    const run = inner.find('run');
    if (!run) return {};
    return readKeys(run, file.name, (values) => ({
      shell: values.find('shell'),
      workingDirectory: values.find('working-directory'),
    }));
  });
}

function readSecrets(token: TemplateToken | undefined): 'inherit' | Map<string, TemplateToken> {
  if (token?.isScalar) return 'inherit';
  return new Map(readPairs(token));
}
