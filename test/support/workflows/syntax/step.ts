import type { TemplateToken } from '@actions/workflow-parser/templates/tokens/index';
import { fail, readKeys, readPairs } from './keys.ts';
import type { Step } from './model.ts';
import type { ParsedFile } from './parsed-file.ts';

/** Reads the steps of a job or of a composite action. Two steps with one id are a `WorkflowError`. */
export function readSteps(token: TemplateToken, file: ParsedFile): Step[] {
  const ids = new Set<string>();
  return [...token.assertSequence('steps')].map((item) => {
    const step = readStep(item, file);
    const id = step.id?.toLowerCase();
    if (id !== undefined && ids.has(id)) fail(item, file.name, `The identifier "${step.id}" is used twice`);
    if (id !== undefined) ids.add(id);
    return step;
  });
}

function readStep(token: TemplateToken, file: ParsedFile): Step {
  return readKeys(token, file.name, (keys): Step => {
    const common = {
      id: keys.text('id'),
      name: keys.find('name'),
      condition: file.readCondition(keys.find('if')),
      env: keys.find('env'),
      continueOnError: keys.find('continue-on-error'),
      timeoutMinutes: keys.find('timeout-minutes'),
    };
    const run = keys.find('run');
    if (run) {
      const [shell, workingDirectory] = [keys.find('shell'), keys.find('working-directory')];
      return { kind: 'run', ...common, run, shell, workingDirectory };
    }
    const uses = keys.text('uses');
    if (uses === undefined) return keys.fail('only steps with `run` or `uses` are supported');
    checkUses(uses, token, file);
    return { kind: 'uses', ...common, uses, with: new Map(readPairs(keys.find('with'))) };
  });
}

function checkUses(uses: string, token: TemplateToken, file: ParsedFile): void {
  // The parser takes it; GitHub does not: the commit is the running one.
  if (uses.startsWith('$/') && uses.includes('@')) fail(token, file.name, `"${uses}": \`$/\` takes no @ref`);
  if (uses.startsWith('docker://')) fail(token, file.name, `"${uses}": containers are not supported`);
}
