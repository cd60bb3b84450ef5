import { data, Evaluator, Parser } from '@actions/expressions';
import type { FunctionDefinition } from '@actions/expressions/funcs/info';
import { truthy } from '@actions/expressions/result';
import { readTokens } from './lexer.ts';
import { type Plain, toData, toPlain } from './values.ts';

/** Every context that GitHub's documentation names; each may be absent where it does not apply. */
export const CONTEXTS = [
  ...['github', 'env', 'vars', 'job', 'jobs', 'steps', 'runner', 'secrets', 'strategy', 'matrix', 'needs', 'inputs'],
] as const;

export type Contexts = Readonly<Record<string, Plain>>;

/** The status of what came before, as `success()` and its kind tell it. */
export interface Status {
  readonly success: boolean;
  readonly failure: boolean;
  readonly cancelled: boolean;
}

/** What an expression sees. */
export interface Scope {
  readonly contexts: Contexts;
  readonly status?: Status;
  /** Digest of the files that match, as `hashFiles` gives it; absent where no workspace is. */
  readonly hashFiles?: (patterns: readonly string[]) => string;
}

/** Evaluates an expression without its `${{ }}`. Throws what GitHub's evaluator throws. */
export function evaluateExpression(text: string, scope: Scope): Plain {
  return toPlain(evaluateData(text, scope));
}

/** Whether an expression holds, by GitHub's rules of truth. */
export function evaluateCondition(text: string, scope: Scope): boolean {
  return truthy(evaluateData(text, scope));
}

/** An expression as text, as it stands in a script. */
export function evaluateAsText(text: string, scope: Scope): string {
  return evaluateData(text, scope).coerceString();
}

function evaluateData(text: string, scope: Scope): data.ExpressionData {
  const functions = createFunctions(scope);
  const tree = new Parser(readTokens(text), [...CONTEXTS], functions).parse();
  const byName = new Map(functions.map((definition) => [definition.name.toLowerCase(), definition]));
  return new Evaluator(tree, new LazyContexts(scope.contexts), byName).evaluate();
}

function createFunctions({ status, hashFiles }: Scope): FunctionDefinition[] {
  const decide = (name: string, value: boolean | undefined): FunctionDefinition => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => {
      if (value === undefined) throw new Error(`${name}() is not available here`);
      return new data.BooleanData(value);
    },
  });
  return [
    decide('always', status && true),
    decide('success', status?.success),
    decide('failure', status?.failure),
    decide('cancelled', status?.cancelled),
    {
      name: 'fromJSON',
      minArgs: 1,
      maxArgs: 1,
      call: (text) => toData(parseJson(text?.coerceString() ?? '')),
    },
    {
      name: 'hashFiles',
      minArgs: 1,
      maxArgs: 255,
      call: (...patterns) => {
        if (!hashFiles) throw new Error('hashFiles() is not available here');
        return new data.StringData(hashFiles(patterns.map((pattern) => pattern.coerceString())));
      },
    },
  ];
}

function parseJson(text: string): Plain {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`Error parsing fromJson: ${error instanceof Error ? error.message : error}`);
  }
}

/** Contexts are turned into the evaluator's values only when an expression names them: an event is large. */
class LazyContexts extends data.Dictionary {
  readonly #contexts: Contexts;

  constructor(contexts: Contexts) {
    super();
    this.#contexts = contexts;
  }

  override get(key: string): data.ExpressionData {
    return toData(this.#contexts[key.toLowerCase()]);
  }
}
