import { quoteIdentifier } from '../engine/sql.ts';
import type { Column, Table } from '../engine/table.ts';
import { type BoundCheck, findColumn, findStoredType } from './checks/binding.ts';
import type { CheckedType, Contract } from './checks/checks.ts';
import { chooseDialect } from './dialects/choice.ts';
import { quoteName, showName } from './naming.ts';
import type { Projection } from './scan/projection.ts';
import { NARROW_ROWS, type Reference } from './scan/references.ts';

/** A data set whose files were opened. */
export interface Referable {
  /** The name of the data set. */
  readonly name: string;
  readonly table: Table;
  readonly contract: { readonly sha256: string; readonly promises: Contract } | undefined;
}

/**
 * Finds where the references of some checks go. A reference names a table of the same contract, which is the data set that
 * keeps it, or else a data set. Where none can be told, the answer is why, and what to write.
 */
export function findReferences(
  own: Referable,
  checks: readonly BoundCheck[],
  all: readonly Referable[],
  projection: Projection,
): Map<BoundCheck, Reference | string> {
  const found = new Map<BoundCheck, Reference | string>();
  for (const check of checks) {
    if (check.test.kind !== 'reference') continue;
    const target = findTarget(own, check.test.table, all);
    found.set(check, typeof target === 'string' ? target : connect(own, check, target, projection));
  }
  return found;
}

function findTarget(own: Referable, table: string, all: readonly Referable[]): Referable | string {
  const named = all.find(({ name }) => name === table);
  const keeps = ({ contract }: Referable) =>
    contract !== undefined &&
    contract.sha256 === own.contract?.sha256 &&
    contract.promises.tables.some((name) => name === table);
  const keepers = all.filter(keeps);
  if (keeps(own)) return own;
  if (named && (keepers.length === 0 || keepers.includes(named))) return named;
  if (keepers.length > 1) {
    const names = keepers.map(({ name }) => showName(name)).join(', ');
    return `several data sets keep the table ${quoteName(table)} of the contract: ${names}; name one of them in the reference`;
  }
  return (
    keepers[0] ??
    `no data set is ${quoteName(table)}: add one of that name to \`data\` of modelgate.yml, or one that keeps this table of the contract`
  );
}

/** Pairs the columns of both sides, each pair read as one type: the first that is promised, else that a file declares. */
function connect(own: Referable, check: BoundCheck, target: Referable, projection: Projection): Reference | string {
  if (check.test.kind !== 'reference') throw new Error('no reference');
  const pairs: Pair[] = [];
  for (const [index, property] of check.test.to.entries()) {
    const there = findPromised(target, property);
    if (!there) {
      return `${showName(target.name)}, which is referred to, has no column ${quoteName(property)}`;
    }
    const here = findPromised(own, check.properties[index] ?? '');
    if (!here) throw new Error('a reference from a column that is missing');
    const type =
      here.promised?.type ??
      there.promised?.type ??
      findStoredType(own.table, here.column) ??
      findStoredType(target.table, there.column);
    pairs.push({ here, there, type });
  }
  return connectNumbers(own, pairs, target) ?? connectKeys(own, pairs, target, projection);
}

interface Pair {
  readonly here: NonNullable<ReturnType<typeof findPromised>>;
  readonly there: NonNullable<ReturnType<typeof findPromised>>;
  readonly type: CheckedType | undefined;
}

function connectKeys(own: Referable, pairs: readonly Pair[], { table }: Referable, projection: Projection): Reference {
  const dialects = [chooseDialect(own.table), chooseDialect(table)] as const;
  const describe = ({ here, type }: Pair) =>
    projection.share(dialects[0].describeColumn(own.table, here.column, { ...here.promised, type }));
  return {
    from: pairs.map((pair) => describe(pair).key),
    to: pairs.map(
      ({ there, type }) => dialects[1].describeColumn(table, there.column, { ...there.promised, type }).key,
    ),
    relation: table.relation,
  };
}

/** Whole numbers of 64 bits at most. */
const NARROW = /^(TINYINT|SMALLINT|INTEGER|BIGINT|UTINYINT|USMALLINT|UINTEGER)$/;

/** Whole numbers that both sides store, or can be read, as such are compared as what they are: that takes half the time. */
function connectNumbers(own: Referable, pairs: readonly Pair[], { table }: Referable): Reference | undefined {
  const isStored = (of: Table, { type }: Column) =>
    of.format !== 'postgres' && chooseDialect(of).findNativeType(type) === 'integer';
  const texts = pairs.filter(({ there }) => !isStored(table, there.column));
  const areReadable = texts.every(({ there }) => table.writings?.get(there.column.name)?.form === 'integer');
  const areNumbers = pairs.every(({ here, type }) => type === 'integer' && isStored(own.table, here.column));
  if (!areNumbers || !areReadable) return undefined;
  const types = new Map(texts.map(({ there }) => [there.column.name, 'BIGINT']));
  const stored = [
    ...pairs.map(({ here }) => here.column.type),
    ...pairs.map(({ there }) => types.get(there.column.name) ?? there.column.type),
  ];
  const wide = stored.every((type) => NARROW.test(type)) ? 'bigint' : 'hugeint';
  const read = ({ column }: Pair['here']) => `cast(${quoteIdentifier(column.name)} as ${wide})`;
  return {
    from: pairs.map(({ here }) => read(here)),
    to: pairs.map(({ there }) => read(there)),
    relation: types.size > 0 && table.readAs ? table.readAs(types) : table.relation,
    isNarrow: pairs.length === 1 && table.rows <= NARROW_ROWS && table.rows < own.table.rows,
  };
}

/** A column by what the contract calls it, or without a contract by its name in the file. */
function findPromised({ table, contract }: Referable, property: string) {
  const promised = contract?.promises.columns.find((column) => column.property === property);
  const column = promised ? findColumn(table, promised) : table.columns.find(({ name }) => name === property);
  return column && { column, promised };
}
