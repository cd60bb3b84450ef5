import type { Column, Table } from '../../../engine/table.ts';
import type { Part, Step, Test } from '../../checks/checks.ts';
import type { ColumnSql, PartSql, ShareColumn } from '../dialect.ts';
import { renderViolation } from '../violations.ts';
import { describeValue, isObject, type NestedValue, openColumn, openKey, openList } from './nested-values.ts';
import { PHRASES } from './phrases.ts';

/** Describes something in the values of a column, for one test of it. */
export function describePart(table: Table, column: Column, part: Part, test: Test, share: ShareColumn): PartSql {
  return look(openColumn(table, column), part.steps, { part, test, share, place: 'false' });
}

interface Question {
  readonly part: Part;
  readonly test: Test;
  readonly share: ShareColumn;
  /** BOOLEAN, never NULL: whether the value has a place where it could be, as a key in an object has. */
  readonly place: string;
}

function look(value: NestedValue, [step, ...rest]: readonly Step[], question: Question): PartSql {
  if (step === 'items') return lookIntoList(value, rest, question);
  if (step) return look(openKey(value, step.keys), rest, { ...question, place: isObject(value) });
  const { part, test, place, share } = question;
  const column = share(describeValue(value, part));
  const violation = renderViolation(test, column, part.type, () => undefined, PHRASES);
  // One that is not where it could be is missing; where nothing could be, nothing is.
  const isOfAbsence = test.kind === 'null' || test.kind === 'missing';
  return {
    column,
    judged: isOfAbsence ? place : column.present,
    violation: isOfAbsence ? `(${place} and ${violation})` : violation,
    native: value.native,
  };
}

/** A row breaks a test where one element of its list does; the first such element is the one that is shown. */
function lookIntoList(value: NestedValue, rest: readonly Step[], question: Question): PartSql {
  const list = openList(value);
  // One name for each list in a list.
  const name = `"__item${rest.length}"`;
  const inside: Question = { ...question, place: 'true', share: (column) => column };
  const inner = look({ sql: name, native: list.native }, rest, inside);
  const filter = (condition: string) => `list_filter(${list.sql}, lambda ${name}: coalesce(${condition}, false))`;
  const some = (condition: string) => `(coalesce(len(${filter(condition)}), 0) > 0)`;
  const broken = inner.violation ?? 'false';
  const text = `list_extract(list_transform(${filter(broken)}, lambda ${name}: ${inner.column.text}), 1)`;
  const column: ColumnSql = { present: some(inner.column.present), text, ordinal: 'null', valid: 'true', key: text };
  return {
    column: question.share(column),
    judged: some(inner.judged),
    violation: inner.violation === undefined ? undefined : some(inner.violation),
    native: inner.native,
  };
}
