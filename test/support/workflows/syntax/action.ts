import type { TemplateToken } from '@actions/workflow-parser/templates/tokens/index';
import { readKeys, readPairs } from './keys.ts';
import type { Step, Template } from './model.ts';
import { type ParsedFile, parseFile } from './parsed-file.ts';
import { readSteps } from './step.ts';

/** An action.yml as it is written. */
export interface Action {
  /** Names as written, with the default of each. */
  readonly inputs: ReadonlyMap<string, Template | undefined>;
  readonly runs: NodeRuns | CompositeRuns;
}

export interface NodeRuns {
  readonly kind: 'node';
  readonly main: string;
  readonly pre?: string | undefined;
  /** Expressions; `always()` when the file has none. */
  readonly preIf: string;
  readonly post?: string | undefined;
  readonly postIf: string;
}

export interface CompositeRuns {
  readonly kind: 'composite';
  readonly outputs: ReadonlyMap<string, Template>;
  readonly steps: readonly Step[];
}

/** Reads an action. Throws a `WorkflowError` for what GitHub's parser refuses and for what this runner cannot run. */
export function readAction(name: string, content: string): Action {
  const file = parseFile('action', name, content);
  return readKeys(file.root, name, (keys) => {
    for (const prose of ['name', 'description', 'author', 'branding']) keys.find(prose);
    const inputs = new Map(readPairs(keys.find('inputs')).map(([input, token]) => [input, readDefault(token, file)]));
    const outputs = new Map(
      readPairs(keys.find('outputs')).flatMap(([output, token]) => {
        const value = readValue(token, file);
        return value ? [[output, value] as const] : [];
      }),
    );
    const runs = keys.find('runs');
    if (!runs) return keys.fail('`runs` is required');
    return { inputs, runs: readRuns(runs, outputs, file) };
  });
}

function readRuns(token: TemplateToken, outputs: CompositeRuns['outputs'], file: ParsedFile): Action['runs'] {
  return readKeys(token, file.name, (keys): Action['runs'] => {
    const using = keys.text('using');
    if (using === 'composite') {
      const steps = keys.find('steps');
      return { kind: 'composite', outputs, steps: steps ? readSteps(steps, file) : [] };
    }
    // Older Nodes are gone from GitHub's runners (removed on 2026-09-23).
    if (using !== 'node24') return keys.fail(`runs.using: ${using} is not supported`);
    if (outputs.size > 0) keys.fail('only outputs of a composite action have a value');
    return {
      kind: 'node',
      main: keys.text('main') ?? keys.fail('`main` is required'),
      pre: keys.text('pre'),
      preIf: keys.text('pre-if') ?? 'always()',
      post: keys.text('post'),
      postIf: keys.text('post-if') ?? 'always()',
    };
  });
}

function readDefault(token: TemplateToken, file: ParsedFile): Template | undefined {
  return readKeys(token, file.name, (keys) => {
    for (const prose of ['description', 'required', 'deprecationMessage']) keys.find(prose);
    return keys.find('default');
  });
}

function readValue(token: TemplateToken, file: ParsedFile): Template | undefined {
  return readKeys(token, file.name, (keys) => {
    keys.find('description');
    return keys.find('value');
  });
}
