import { type Problem, UserMistake } from '../../errors.ts';
import type { PromiseChange } from '../../evidence/schema/verdict.ts';
import type { Check, Contract, PromisedColumn } from '../checks/checks.ts';
import { renderSteps } from '../checks/parts.ts';
import { parseTables } from '../contract/contract.ts';
import { quoteName, showName } from '../naming.ts';
import { comparePromise, keyOf } from './promise-order.ts';
import { renderColumn, renderPromise } from './promise-text.ts';
import { pairByKey, sortChanges, tellShifts } from './shifts.ts';

/** A table of a contract, or the whole of one with a single table, whose name says nothing. */
interface Table {
  readonly name: string;
  readonly promises: Contract;
}

type Change = Omit<PromiseChange, 'file'>;

/**
 * What a data contract promises otherwise than an earlier version of it, what lowers the bar first. A text is undefined
 * where the file is not there. One that cannot be read is told as one change, with the reason: what it promises is
 * not known.
 */
export function compareContracts(file: string, before: string | undefined, after: string | undefined): PromiseChange[] {
  if (before === after) return [];
  const [old, now] = [readTables(file, before), readTables(file, after)];
  const changes = Array.isArray(old) && Array.isArray(now) ? compareTables(old, now) : compareWhole(old, now);
  return sortChanges(changes).map((change) => ({ file, ...change }));
}

function readTables(file: string, text: string | undefined): Table[] | UserMistake | undefined {
  if (text === undefined) return undefined;
  try {
    return parseTables(text, file);
  } catch (error) {
    if (error instanceof UserMistake) return error;
    throw error;
  }
}

function compareWhole(old: Table[] | UserMistake | undefined, now: Table[] | UserMistake | undefined): Change[] {
  const words = { subject: 'the contract', before: describeSide(old), after: describeSide(now) };
  return [{ ...words, change: old === undefined ? 'added' : now === undefined ? 'removed' : 'changed' }];
}

function describeSide(side: Table[] | UserMistake | undefined): string | null {
  if (side === undefined) return null;
  if (Array.isArray(side)) return describeTables(side);
  const [first] = side.problems;
  return `cannot be read: ${first === undefined ? 'nobody knows why' : describeProblem(first)}`;
}

function describeProblem({ line, found }: Problem): string {
  return line === undefined ? found : `line ${line}: ${found}`;
}

function describeTables(tables: readonly Table[]): string {
  const columns = tables.flatMap(({ promises }) => promises.columns.map(({ property }) => showName(property)));
  return `promises ${columns.length === 0 ? 'no columns' : `the columns ${columns.join(', ')}`}`;
}

function compareTables(old: readonly Table[], now: readonly Table[]): Change[] {
  const single = old.length === 1 && now.length === 1;
  const { pairs, removed, added } = pairByKey(old, now, ({ name }) => (single ? '' : name));
  return [
    ...pairs.flatMap(([one, other]) =>
      comparePromises(one.promises, other.promises, single ? '' : `${showName(one.name)}.`),
    ),
    ...removed.map((table): Change => tellLone('removed', showName(table.name), describeTables([table]))),
    ...added.map((table): Change => tellLone('added', showName(table.name), describeTables([table]))),
  ];
}

function tellLone(change: 'removed' | 'added' | 'loosened' | 'tightened', subject: string, words: string): Change {
  const isGone = change === 'removed' || change === 'loosened';
  return { subject, change, before: isGone ? words : null, after: isGone ? null : words };
}

function comparePromises(old: Contract, now: Contract, prefix: string): Change[] {
  const { pairs, removed, added } = pairByKey(old.columns, now.columns, ({ property }) => property);
  const gone = new Set([...removed, ...added].map(({ property }) => property));
  const nameOf = (column: PromisedColumn) => `${prefix}${showName(column.property)}`;
  return [
    ...removed.map((column) => tellLone('removed', nameOf(column), renderColumn(column, old.checks))),
    ...added.map((column) => tellLone('added', nameOf(column), renderColumn(column, now.checks))),
    ...pairs.flatMap(([one, other]) => compareColumn(one, other, nameOf(one))),
    ...compareChecks(listShared(old.checks, gone), listShared(now.checks, gone), prefix),
  ];
}

/** Without the checks of columns that only one side has: the column says it. */
function listShared(checks: readonly Check[], gone: ReadonlySet<string>): Check[] {
  return checks.filter(({ properties }) => properties.length !== 1 || !properties.every((name) => gone.has(name)));
}

function compareColumn(one: PromisedColumn, other: PromisedColumn, subject: string): Change[] {
  const names = [one, other].map((column) => `called ${column.names.map(showName).join(' or ')} in the file`);
  const shown = [one, other].map(({ sensitive }) =>
    sensitive ? 'its values are shown nowhere' : 'its values may be shown',
  );
  const read = [one, other].map(({ format, zone }) => {
    const written = format ? `written as ${quoteName(format.written)}` : 'written as ISO 8601';
    return `${written}, in ${zone ?? 'UTC'} where it has no offset`;
  });
  return [names, shown, read].flatMap(([before = '', after = '']) =>
    before === after ? [] : [{ subject, change: 'changed' as const, before, after }],
  );
}

function compareChecks(old: readonly Check[], now: readonly Check[], prefix: string): Change[] {
  const whole = (check: Check) => `${keyOf(check)} ${renderPromise(check)} ${JSON.stringify([check.test, check.part])}`;
  const same = pairByKey(old, now, whole);
  const { pairs, removed, added } = pairByKey(same.removed, same.added, keyOf);
  const nameOf = ({ properties, test, part }: Check) =>
    `${prefix}${properties.length > 0 ? `${properties.map(showName).join(', ')}${renderSteps(part?.steps ?? [])}` : test.kind === 'row-count' ? 'rows' : 'the table'}`;
  return [
    ...pairs.flatMap(([one, other]) =>
      tellShifts(comparePromise(one, other), {
        subject: nameOf(one),
        before: renderPromise(one),
        after: renderPromise(other),
      }),
    ),
    ...removed.map((check) => tellLone('loosened', nameOf(check), renderPromise(check))),
    ...added.map((check) => tellLone('tightened', nameOf(check), renderPromise(check))),
  ];
}
