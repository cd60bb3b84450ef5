import type { Engine } from '../engine/connection.ts';
import { readTable, type Table } from '../engine/tables.ts';
import { UserMistake } from '../errors.ts';
import { hashFile } from '../evidence/file-hash.ts';
import type { DatasetEvidence, Finding } from '../evidence/schema/data.ts';
import { bindChecks, listUndeclared } from './binding.ts';
import type { Contract } from './checks.ts';
import { createFinding, judgeCheck, wantsExamples } from './findings.ts';
import { quoteName } from './naming.ts';
import { findPatternProblems } from './patterns.ts';
import type { DatasetSource } from './sources.ts';
import { countViolations, findOffenders } from './table-scan.ts';

/** A data set that was read and checked. */
export interface CheckedDataset {
  readonly source: DatasetSource;
  readonly table: Table;
  readonly evidence: DatasetEvidence;
  readonly showValues: boolean;
}

interface DatasetOptions {
  /** Whether values of rows may be written down; places of rows always are. */
  readonly showValues: boolean;
}

/** Reads a data set and checks it against its contract. Throws UserMistake when the file or a pattern is broken. */
export async function checkDataset(
  engine: Engine,
  source: DatasetSource,
  options: DatasetOptions,
): Promise<CheckedDataset> {
  const { name, config, path, format, file, contract } = source;
  const problems = contract ? await findPatternProblems(engine, contract.promises.checks) : [];
  if (problems.length > 0) throw new UserMistake(problems);
  const { sha256, size } = await hashFile(path);
  const table = await readTable(engine, { path, format, name: file });
  const promises = contract?.promises;
  const undeclared = promises ? listUndeclared(promises, table) : [];
  const evidence: DatasetEvidence = {
    name,
    path: config.path,
    format,
    sha256,
    size,
    rows: table.rows,
    columns: table.columns.map((column) => column.name),
    contract: contract && config.contract !== undefined ? { path: config.contract, sha256: contract.sha256 } : null,
    findings: promises ? await checkPromises(engine, table, promises, options) : [],
    notChecked: [
      ...(promises?.notChecked ?? []),
      ...undeclared.map((column) => `column ${quoteName(column)}: the contract does not mention it`),
    ],
  };
  return { source, table, evidence, showValues: options.showValues };
}

async function checkPromises(
  engine: Engine,
  table: Table,
  promises: Contract,
  { showValues }: DatasetOptions,
): Promise<Finding[]> {
  const checks = bindChecks(promises, table).map((check) => ({ ...check, sensitive: check.sensitive || !showValues }));
  const countable = checks.filter(({ missing }) => table.rows > 0 && missing.length === 0);
  const counts = await countViolations(engine, table, countable);
  const none = { broken: 0, values: 0 };
  const judged = checks.map((check) => {
    const count = counts[countable.indexOf(check)] ?? none;
    return { check, judgement: judgeCheck(check, count, table) };
  });
  const failed = judged.filter(({ check, judgement }) => wantsExamples(check, judgement)).map(({ check }) => check);
  const offenders = await findOffenders(engine, table, failed);
  return judged.map(({ check, judgement }) => createFinding(check, judgement, offenders[failed.indexOf(check)] ?? []));
}
