import { quoteName } from '../naming.ts';
import type { ContractReader, Path } from './reader.ts';
import type { DataContract, SlaProperty } from './schema/data-contract.ts';
import type { SchemaObject } from './schema/properties.ts';

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const DAY = 24 * HOUR;
/** Milliseconds. `m` and `M` are left out: a minute to some, a month to others. */
const UNITS: Readonly<Record<string, number>> = {
  s: SECOND,
  sec: SECOND,
  second: SECOND,
  min: 60 * SECOND,
  minute: 60 * SECOND,
  h: HOUR,
  hr: HOUR,
  hour: HOUR,
  d: DAY,
  day: DAY,
  w: 7 * DAY,
  week: 7 * DAY,
  y: 365 * DAY,
  yr: 365 * DAY,
  year: 365 * DAY,
};
/** What says how old the newest row may be. */
const FRESH = ['latency', 'freshness'];

/** Adds the checks of agreements about freshness; what else was agreed on is no matter of a file. */
export function readAgreements(reader: ContractReader, contract: DataContract, table: SchemaObject): void {
  for (const [index, agreement] of (contract.slaProperties ?? []).entries()) {
    const path: Path = ['slaProperties', index];
    const name = `slaProperties: ${quoteName(agreement.property)}`;
    if (!FRESH.includes(agreement.property.toLowerCase())) {
      reader.notChecked.push(name);
      continue;
    }
    const element = (agreement.element ?? contract.slaDefaultElement ?? '').split(',').map((one) => one.trim());
    const columns = element.map((one) => one.split('.'));
    const own = columns.filter((parts) => parts.length === 2 && isNamed(table, parts[0]));
    const deeper = columns.filter((parts) => parts.length > 2 && isNamed(table, parts[0]));
    for (const parts of deeper) reader.notChecked.push(`${name} of ${quoteName(parts.join('.'))}, a part of a column`);
    if (agreement.valueExt !== undefined) reader.notChecked.push(`${name}: valueExt`);
    if (own.length === 0 && deeper.length === 0) reader.notChecked.push(`${name} of ${quoteName(element.join(', '))}`);
    for (const [, column = ''] of own) readFreshness(reader, path, agreement, column);
  }
}

function isNamed({ name, physicalName }: SchemaObject, given: string | undefined): boolean {
  return given === name || (given !== undefined && given === physicalName);
}

function readFreshness(reader: ContractReader, path: Path, { value, unit }: SlaProperty, column: string): void {
  const amount = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  const length = UNITS[(unit ?? 'd').toLowerCase()] ?? UNITS[(unit ?? '').toLowerCase().replace(/s$/, '')];
  const common = { rule: 'latency', properties: [column], level: 'error', place: reader.place(path) } as const;
  if (typeof amount !== 'number' || !(amount >= 0) || length === undefined) {
    const reason = `${JSON.stringify(value)} ${quoteName(unit ?? 'd')} is no length of time: it must be a number of s, min, h, d, w or y`;
    reader.checks.push({ ...common, test: { kind: 'unmeasurable', reason } });
  } else reader.checks.push({ ...common, test: { kind: 'fresh', within: amount * length } });
}
