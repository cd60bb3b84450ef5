import type { Engine } from '../engine/connection.ts';
import type { Table } from '../engine/tables.ts';
import type { DatasetEvidence } from '../evidence/schema/data.ts';
import { listUndeclared } from './checks/binding.ts';
import type { Contract } from './checks/checks.ts';
import type { OpenedDataset } from './dataset-opening.ts';
import { placeFindings } from './findings/places.ts';
import { quoteName } from './naming.ts';
import { profileTable } from './profile/profile.ts';
import { checkPromises, type PromiseOptions } from './promises-check.ts';
import { checkRecords } from './records/records.ts';
import { confirmRows } from './scan/counting.ts';
import type { DatasetSource } from './sources.ts';

/** A data set that was read and checked. */
export interface CheckedDataset {
  readonly source: DatasetSource;
  readonly table: Table;
  readonly evidence: DatasetEvidence;
  readonly showValues: boolean;
}

/** Checks an opened data set against its contract, and its records against their schema. */
export async function checkDataset(
  engine: Engine,
  { source, table, digesting }: OpenedDataset,
  options: PromiseOptions,
): Promise<CheckedDataset> {
  const { name, config, files, format, contract, records } = source;
  const promises = contract?.promises;
  if (!promises) await confirmRows(engine, table);
  const undeclared = promises ? listUndeclared(promises, table) : [];
  const findings = await placeFindings({ source, table }, [
    ...(promises ? await checkPromises(engine, { name, table, contract }, promises, options) : []),
    ...(records
      ? await checkRecords(
          files.map((file) => file.table),
          describeRecords(records, promises, options),
        )
      : []),
  ]);
  const digest = await digesting;
  const evidence: DatasetEvidence = {
    name,
    path: config.path,
    format,
    sha256: digest.sha256,
    size: digest.size,
    rows: table.rows,
    columns: table.columns.map((column) => column.name),
    ...(digest.files
      ? { files: digest.files.map((file, index) => ({ ...file, rows: table.files[index]?.rows ?? 0 })) }
      : {}),
    contract: contract && config.contract !== undefined ? { path: config.contract, sha256: contract.sha256 } : null,
    ...(records && config['record-schema'] !== undefined
      ? { recordSchema: { path: config['record-schema'], sha256: records.sha256 } }
      : {}),
    findings,
    notChecked: [
      ...(promises?.notChecked ?? []),
      ...undeclared.map((column) => `column ${quoteName(column)}: the contract does not mention it`),
    ],
  };
  const { showValues } = options;
  const told = { name, sha256: digest.sha256, promises, showValues, everyRow: config.profile === true };
  const profile = await describeRows(engine, table, config.profile, told);
  return { source, table, evidence: { ...evidence, ...profile }, showValues: options.showValues };
}

/** What a check costs grows by more than a third with a profile of so many rows: beyond, somebody must have asked. */
const MAX_UNASKED = 1_000_000;

/** How the columns are distributed, or why that is not told. */
async function describeRows(
  engine: Engine,
  table: Table,
  asked: boolean | undefined,
  told: Parameters<typeof profileTable>[2],
): Promise<Pick<DatasetEvidence, 'profile' | 'unprofiled'>> {
  if (asked === false) return {};
  if (asked === true || table.rows <= MAX_UNASKED) return { profile: await profileTable(engine, table, told) };
  return { unprofiled: `more than ${MAX_UNASKED} rows are described only where the data set says \`profile: true\`` };
}

function describeRecords(
  { findFaults }: NonNullable<DatasetSource['records']>,
  promises: Contract | undefined,
  { showValues, database }: PromiseOptions,
) {
  const hidden = (promises?.columns ?? []).filter(({ sensitive }) => sensitive).flatMap(({ names }) => names);
  return {
    findFaults,
    mayShow: (key: string) => showValues && !hidden.includes(key),
    signal: database.signal,
    pace: database.pace,
  };
}
