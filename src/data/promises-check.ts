import type { Engine, EngineOptions } from '../engine/connection.ts';
import { messageOf } from '../errors.ts';
import type { Finding } from '../evidence/schema/data.ts';
import { bindChecks } from './checks/binding.ts';
import type { Contract } from './checks/checks.ts';
import { createFinding, judgeCheck, wantsExamples } from './findings/findings.ts';
import { askQueries } from './queries/queries.ts';
import { findReferences, type Referable } from './reference-search.ts';
import { type Count, countViolations } from './scan/counting.ts';
import { findOffenders } from './scan/offenders.ts';
import { createProjection } from './scan/projection.ts';
import { readTyped } from './scan/typed-reading.ts';

export interface PromiseOptions {
  /** Whether values of rows may be written down; places of rows always are. */
  readonly showValues: boolean;
  /** What a database for the queries of a contract is opened with. */
  readonly database: Omit<EngineOptions, 'files'>;
  readonly now: Date;
  /** All data sets that were opened: references go there. */
  readonly all: readonly Referable[];
}

/** Checks a table against what its contract promises, and says of every promise what came of it. */
export async function checkPromises(
  engine: Engine,
  own: Referable,
  promises: Contract,
  { showValues, database, now, all }: PromiseOptions,
): Promise<Finding[]> {
  const { table, name } = own;
  const { scene, checks, countable } = setScene(engine, own, promises, { all, showValues });
  const counts =
    (await countTyped(engine, own, promises, { all, showValues })) ?? (await countViolations(scene, countable));
  const answers = await askQueries(database, { table, name, promises }, countable);
  const none = { broken: 0, values: 0 };
  const judged = checks.map((check) => {
    const count = { ...(counts[countable.indexOf(check)] ?? none), answer: answers.get(check) };
    return { check, judgement: judgeCheck(check, count, { table, now }) };
  });
  const failed = judged.filter(({ check, judgement }) => wantsExamples(check, judgement)).map(({ check }) => check);
  const offenders = await findOffenders(scene, failed);
  return judged.map(({ check, judgement }) => createFinding(check, judgement, offenders[failed.indexOf(check)] ?? []));
}

type Bounds = Pick<PromiseOptions, 'all' | 'showValues'>;

/** Binds the checks of a contract to a table; `countable` are those whose columns it has, where it has rows. */
function setScene(engine: Engine, own: Referable, promises: Contract, { all, showValues }: Bounds) {
  const { table } = own;
  const projection = createProjection(table.columns.map((column) => column.name));
  const bound = bindChecks(promises, table, projection.share);
  const checks = bound.map((check) => ({ ...check, sensitive: check.sensitive || !showValues }));
  const countable = checks.filter(({ missing }) => table.rows > 0 && missing.length === 0);
  const references = findReferences(own, countable, all, projection);
  return { scene: { engine, table, projection, references }, checks, countable };
}

/** Counts on the table as it is read fastest; undefined where it cannot be read so. */
async function countTyped(
  engine: Engine,
  own: Referable,
  promises: Contract,
  bounds: Bounds,
): Promise<Count[] | undefined> {
  const table = readTyped(own.table, promises);
  if (!table) return undefined;
  const { scene, countable } = setScene(engine, { ...own, table }, promises, bounds);
  try {
    return await countViolations(scene, countable);
  } catch (error) {
    if (CONVERSION.test(messageOf(error))) return undefined;
    throw error;
  }
}

/** What the engine answers where a value is not of the type that it is read as. */
const CONVERSION = /^(Conversion|Invalid Input) Error: /;
