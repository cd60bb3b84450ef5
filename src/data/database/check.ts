import type { DatasetConfig } from '../../config/schema/modelgate.ts';
import { type Connection, connect } from '../../engine/postgres/connection.ts';
import { readDatabaseTable } from '../../engine/postgres/table.ts';
import type { Table } from '../../engine/table.ts';
import type { DatasetEvidence, Finding } from '../../evidence/schema/data.ts';
import { type BoundCheck, bindChecks, listUndeclared } from '../checks/binding.ts';
import type { Contract } from '../checks/checks.ts';
import { chooseDialect } from '../dialects/choice.ts';
import { createFinding, judgeCheck, wantsExamples } from '../findings/findings.ts';
import { quoteName } from '../naming.ts';
import type { Count } from '../scan/counting.ts';
import { findExamples, type KeyColumn } from './examples.ts';
import { createProjection, type Projection } from './projection.ts';
import { askDatabase } from './queries.ts';
import { findDatabaseReferences } from './references.ts';
import { countInDatabase } from './scan.ts';
import type { DatabaseSource } from './sources.ts';
import { findUnmeasurable } from './unmeasurable.ts';

interface DatabaseOptions {
  readonly environment: NodeJS.ProcessEnv;
  /** Whether values of rows may be written down. */
  readonly showValues: boolean;
  /** What the age of data is counted to. */
  readonly now: Date;
  /** The data sets that are tables of databases, by name. */
  readonly all: ReadonlyMap<string, DatasetConfig>;
  readonly signal?: AbortSignal | undefined;
}

/** The variable that holds the address of a data set's database. */
export const CONNECTION = 'DATABASE_URL';

/**
 * Checks a table where it lies. Where this job has no address of the database, every check comes to `cannot-measure`. Throws
 * UserMistake when the database or the table cannot be read.
 */
export async function checkDatabaseDataset(source: DatabaseSource, options: DatabaseOptions): Promise<DatasetEvidence> {
  const variable = source.config.connection ?? CONNECTION;
  const url = options.environment[variable] ?? '';
  if (url.trim() === '') return describeUnconnected(source, variable);
  const connection = await connect({ variable, url, signal: options.signal });
  try {
    return await checkConnected(connection, source, options);
  } finally {
    await connection.close();
  }
}

async function checkConnected(
  connection: Connection,
  source: DatabaseSource,
  options: DatabaseOptions,
): Promise<DatasetEvidence> {
  const table = await readDatabaseTable(connection, source.table);
  const promises = source.contract?.promises;
  const undeclared = promises ? listUndeclared(promises, table) : [];
  return {
    ...describeSource(source),
    rows: table.rows,
    columns: table.columns.map(({ name }) => name),
    findings: promises ? await checkPromises(connection, { source, table, promises }, options) : [],
    notChecked: [
      ...(promises?.notChecked ?? []),
      ...undeclared.map((column) => `column ${quoteName(column)}: the contract does not mention it`),
    ],
  };
}

interface Promised {
  readonly source: DatabaseSource;
  readonly table: Table;
  readonly promises: Contract;
}

async function checkPromises(
  connection: Connection,
  { source, table, promises }: Promised,
  { showValues, now, all }: DatabaseOptions,
): Promise<Finding[]> {
  const projection = createProjection();
  const checks = bindChecks(promises, table, projection.share).map((check) => ({
    ...check,
    sensitive: check.sensitive || !showValues,
  }));
  const refused = new Map(checks.map((check) => [check, findUnmeasurable(check)]));
  const countable = checks.filter(
    (check) => table.rows > 0 && check.missing.length === 0 && refused.get(check) === undefined,
  );
  const same = new Map([...all].filter(([, { connection: other }]) => other === source.config.connection));
  const surroundings = { connection, promises, own: source.table, siblings: same };
  const references = await findDatabaseReferences(countable, surroundings);
  const scene = { connection, table, projection, references };
  const counts = await countInDatabase(scene, countable);
  const answers = await askDatabase(connection, { table, name: source.name, promises }, countable);
  const keys = showValues ? listKeys(promises, table, projection) : [];
  const findings: Finding[] = [];
  for (const check of checks) {
    const count = countOf(check, counts[countable.indexOf(check)], refused.get(check));
    const judgement = judgeCheck(check, { ...count, answer: answers.get(check) }, { table, now });
    const examples = wantsExamples(check, judgement) ? await findExamples(scene, check, keys) : [];
    findings.push({ ...createFinding(check, judgement, []), examples });
  }
  return findings;
}

function countOf(check: BoundCheck, count: Count | undefined, fault: string | undefined): Count {
  if (fault !== undefined) return { broken: 0, values: 0, fault };
  return count ?? { broken: 0, values: 0, ...(check.test.kind === 'fresh' ? { newest: null } : {}) };
}

/** The columns of the contract's keys that may be shown. */
function listKeys(promises: Contract, table: Table, projection: Projection): KeyColumn[] {
  return promises.columns.flatMap((promised) => {
    if (promised.sensitive || !promises.keys.includes(promised.property)) return [];
    const column = table.columns.find(({ name }) => promised.names.includes(name));
    if (!column) return [];
    const { text } = chooseDialect(table).describeColumn(table, column, promised);
    return [{ name: column.name, text: projection.name(text) }];
  });
}

function describeSource({ name, config, table, contract }: DatabaseSource) {
  return {
    name,
    path: null,
    table,
    format: 'postgres' as const,
    sha256: null,
    size: null,
    contract: contract && config.contract !== undefined ? { path: config.contract, sha256: contract.sha256 } : null,
  };
}

/** Nothing passes that was not looked at. */
function describeUnconnected(source: DatabaseSource, variable: string): DatasetEvidence {
  const reason = `this job has no connection: the environment variable ${variable} is not set`;
  const unmeasured = () => ({ outcome: 'cannot-measure' as const, count: 0, share: 0, reason, examples: [] });
  const checks = source.contract?.promises.checks ?? [];
  const findings = checks.map(({ rule, properties, level, place }) => ({
    rule,
    ...(properties.length > 0 ? { column: properties.join(', ') } : {}),
    ...unmeasured(),
    ...(level === 'warn' ? { level } : {}),
    place: { file: place.file, line: place.line, column: place.column },
  }));
  return {
    ...describeSource(source),
    rows: 0,
    columns: [],
    findings: [{ rule: 'connection', ...unmeasured() }, ...findings],
    notChecked: [...(source.contract?.promises.notChecked ?? [])],
  };
}
