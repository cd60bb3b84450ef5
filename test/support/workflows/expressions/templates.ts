import {
  BasicExpressionToken,
  BooleanToken,
  MappingToken,
  NullToken,
  NumberToken,
  SequenceToken,
  StringToken,
  type TemplateToken,
} from '@actions/workflow-parser/templates/tokens/index';
import { evaluateAsText, evaluateExpression, type Scope } from './evaluate.ts';
import type { Plain } from './values.ts';

/** Evaluates a node of a workflow with all expressions in it. */
export function evaluateToken(token: TemplateToken, scope: Scope): Plain {
  if (token instanceof BasicExpressionToken) return evaluateExpression(token.expression, scope);
  if (token instanceof StringToken || token instanceof NumberToken || token instanceof BooleanToken) return token.value;
  if (token instanceof NullToken) return null;
  if (token instanceof SequenceToken) return [...token].map((item) => evaluateToken(item, scope));
  if (token instanceof MappingToken) {
    return Object.fromEntries([...token].map(({ key, value }) => [readKey(key), evaluateToken(value, scope)]));
  }
  throw new Error(`${token.typeName()} is not supported here`);
}

/** A scalar as text. */
export function evaluateText(token: TemplateToken, scope: Scope): string {
  if (token instanceof BasicExpressionToken) return evaluateAsText(token.expression, scope);
  return readLiteral(token);
}

/** A mapping of names to scalars, each as text. */
export function evaluateTexts(token: TemplateToken | undefined, scope: Scope): Record<string, string> {
  if (token === undefined || token instanceof NullToken) return {};
  if (token instanceof BasicExpressionToken) {
    const value = evaluateExpression(token.expression, scope);
    if (value === null || typeof value !== 'object' || Array.isArray(value)) throw new Error('A mapping was expected');
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, formatScalar(inner)]));
  }
  const pairs = [...token.assertMapping('mapping')];
  return Object.fromEntries(pairs.map(({ key, value }) => [readKey(key), evaluateText(value, scope)]));
}

/** A scalar without an expression as text, as GitHub puts it in a variable. */
export function readLiteral(token: TemplateToken): string {
  if (token instanceof NullToken) return '';
  if (token instanceof StringToken) return token.value;
  if (token instanceof NumberToken || token instanceof BooleanToken) return String(token.value);
  throw new Error(`${token.typeName()} is not supported here`);
}

function readKey(key: TemplateToken): string {
  return key.assertString('key').value;
}

function formatScalar(value: Plain | undefined): string {
  if (value !== null && typeof value === 'object') throw new Error('A scalar was expected');
  return String(value ?? '');
}
