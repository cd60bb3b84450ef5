import { NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { parseAction } from '@actions/workflow-parser/actions/index';
import { convertToIfCondition } from '@actions/workflow-parser/model/converter/if-condition';
import type { TemplateContext } from '@actions/workflow-parser/templates/template-context';
import type { TemplateToken } from '@actions/workflow-parser/templates/tokens/index';
import { WorkflowError } from '../problems.ts';

/** A file that GitHub's own parser took. */
export interface ParsedFile {
  readonly name: string;
  readonly root: TemplateToken;
  /** The expression of an `if:`, with `success() &&` before it where it names no status function. */
  readCondition(token: TemplateToken | undefined): string;
}

/** Reads a file with GitHub's parser. Throws a `WorkflowError` with all its errors, each with line and column. */
export function parseFile(kind: 'workflow' | 'action', name: string, content: string): ParsedFile {
  const parse = kind === 'workflow' ? parseWorkflow : parseAction;
  const { context, value } = parse({ name, content }, new NoOperationTraceWriter());
  throwErrors(context);
  if (value === undefined) throw new WorkflowError([`${name} is empty`]);
  return {
    name,
    root: value,
    readCondition(token) {
      if (token === undefined) return 'success()';
      const condition = convertToIfCondition(context, token);
      throwErrors(context);
      // The parser (0.3.61) takes the source of a folded or literal block for its text, indentation and all, so that every
      // condition in one holds. GitHub folds it first; here it is refused.
      if (condition?.expression.startsWith("format('"))
        throw new WorkflowError([`${name}: write a condition on one line`]);
      // The converter gives nothing only beside an error.
      return condition?.expression ?? 'false';
    },
  };
}

function throwErrors(context: TemplateContext): void {
  const problems = context.errors.getErrors().map((error) => error.message);
  if (problems.length > 0) throw new WorkflowError(problems);
}
