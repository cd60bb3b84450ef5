import type { Project } from '../../config/project.ts';
import type { DataCheckConfig } from '../../config/schema/modelgate.ts';
import { type Problem, UserMistake } from '../../errors.ts';
import type { CheckedType } from '../checks/checks.ts';
import { quoteName } from '../naming.ts';
import { isNumeric } from '../profile/ordinals.ts';
import { type Method, NUMERIC_METHODS } from './methods.ts';

/** What a check of drift asks for. */
export interface DriftRequest {
  /** The greatest share of the columns that may be distributed differently, 0 to 1. */
  readonly maxShare: number;
  /** The columns to compare; by default all that both sides have and that do not tell rows apart. */
  readonly columns: readonly string[] | undefined;
  readonly method: Method | 'auto';
  /** From which distance, or below which p-value, a column counts as different; the method's own without it. */
  readonly threshold: number | undefined;
  /** Values on each side below which nothing is said. */
  readonly minRows: number;
  /** Columns that tell rows apart, left out by default. */
  readonly keys: readonly string[];
}

/** Fewer values than this say nothing about a distribution. */
const MIN_ROWS = 30;

/** What a check of `data.checks` asks for, with what it does not say. */
export function readRequest({ config }: Project, check: NonNullable<DataCheckConfig['drift']>): DriftRequest {
  const on = (config.data?.checks ?? []).flatMap((other) => other['no-overlap']?.on ?? []);
  return {
    maxShare: check['max-share'],
    columns: check.columns,
    method: check.method ?? 'auto',
    threshold: check.threshold,
    minRows: check['min-rows'] ?? MIN_ROWS,
    // How these are distributed says nothing.
    keys: config.evaluate?.labels ? [...on, config.evaluate.labels.id] : on,
  };
}

/** Where a part of a check stands in modelgate.yml. */
export function locatePart(
  { config, locate }: Project,
  check: NonNullable<DataCheckConfig['drift']>,
  part: string,
): ReturnType<Project['locate']> {
  const index = (config.data?.checks ?? []).findIndex(({ drift }) => drift === check);
  return locate(['data', 'checks', Math.max(0, index), 'drift', part]);
}

/** Throws UserMistake where columns are named whose type is known, and which the method cannot compare. */
export function refuseTypes(
  place: Omit<Problem, 'found'>,
  { columns = [], method }: DriftRequest,
  typeOf: (name: string) => CheckedType | undefined,
): void {
  if (method === 'auto' || !NUMERIC_METHODS.includes(method)) return;
  const strange = columns.flatMap((name) => {
    const type = typeOf(name);
    return type === undefined || isNumeric(type) ? [] : [`${quoteName(name)} is a ${type}`];
  });
  if (strange.length === 0) return;
  const found = `\`${method}\` compares numbers, and ${strange.join(', ')}`;
  const fix =
    'Use `psi`, `jensen-shannon` or `chi-square`, or leave `method` out: then the type of each column decides.';
  throw new UserMistake({ ...place, found, fix });
}
