import { posix } from 'node:path';
import { resolveExisting } from '../../config/paths.ts';
import type { Project } from '../../config/project.ts';
import type { DataCheckConfig } from '../../config/schema/modelgate.ts';
import { UserMistake } from '../../errors.ts';
import type { CrossResult, CrossRunner } from '../crosswise/scene.ts';
import { shareColumn } from '../crosswise/shared-column.ts';
import { countOf } from '../findings/wording.ts';
import { showName } from '../naming.ts';
import { type Decided, decideColumns, decideShare } from './decision.ts';
import { comparePair } from './pair.ts';
import { type DriftRequest, locatePart, readRequest, refuseTypes } from './request.ts';
import { compareStored, readProfile } from './stored.ts';

/** A reason speaks of so many columns, and the document of so many more. */
const MAX_NAMED = 20;
const MAX_TOLD = 500;

/** The two sides of a comparison, the reference first. */
interface Sides {
  readonly names: readonly [string, string];
  readonly rows: readonly [number, number];
}

/** Compares a data set with another, or with a stored profile, as `data.checks` asks. Throws UserMistake on mistakes in it. */
export const runDrift: CrossRunner<'drift'> = async ({ engine, project, find }, check) => {
  const request = readRequest(project, check);
  const to = find(check.to);
  if (check.from === undefined) {
    const profile = await openReference(project, check);
    refuseTypes(locatePart(project, check, 'method'), request, (name) => {
      return profile.columns.find((column) => column.name === name)?.type;
    });
    const rows = [profile.rows, to.table.rows] as const;
    const sides: Sides = { names: [`the profile of ${showName(profile.dataset)}`, showName(to.source.name)], rows };
    return [await describe(sides, request, () => compareStored(engine, profile, to, request))];
  }
  const from = find(check.from);
  refuseTypes(locatePart(project, check, 'method'), request, (name) => shareColumn(name, from, to)?.type);
  const names = [showName(from.source.name), showName(to.source.name)] as const;
  const sides: Sides = { names, rows: [from.table.rows, to.table.rows] };
  return [await describe(sides, request, () => comparePair(engine, from, to, request))];
};

async function openReference(project: Project, check: NonNullable<DataCheckConfig['drift']>) {
  const { reference = '' } = check;
  const place = locatePart(project, check, 'reference');
  try {
    const path = await resolveExisting(project, reference);
    return await readProfile(path, posix.join(posix.dirname(project.file), reference), check.to);
  } catch (error) {
    if (!(error instanceof UserMistake)) throw error;
    const [problem] = error.problems;
    const found = `${showName(reference)}: ${problem?.found ?? 'it cannot be read'}`;
    const fix = problem?.fix ?? 'Paths are relative to the folder of this file.';
    throw new UserMistake({ ...place, found, fix }, { cause: error });
  }
}

async function describe(
  { names: [a, b], rows }: Sides,
  request: DriftRequest,
  compare: () => Promise<Parameters<typeof decideColumns>[0]>,
): Promise<CrossResult> {
  const percent = `${Number((request.maxShare * 100).toPrecision(4))}%`;
  const base = {
    text: `at most ${percent} of the columns of ${b} are distributed differently from ${a}`,
    rule: 'drift',
    examples: [],
  };
  const few = rows.findIndex((count) => count < request.minRows);
  if (few >= 0) {
    const reason = `${[a, b][few]} has ${countOf(rows[few] ?? 0, 'row')}; below ${request.minRows} nothing can be said`;
    return { ...base, outcome: 'cannot-measure', count: 0, share: 0, reason };
  }
  const results = decideColumns(await compare());
  const list = (kind: Decided['kind']) => results.filter((result) => result.kind === kind);
  const [drifted, unmeasured, leftOut] = [list('drifted'), list('unmeasured'), list('left-out')];
  const all = results.length - leftOut.length;
  const count = drifted.length;
  const sizes = `${rows[0]} rows against ${rows[1]}`;
  const head = `${count} of ${countOf(all, 'column')} ${count === 1 || all === 1 ? 'is' : 'are'} distributed differently (${sizes})`;
  const reason = [
    all === 0 ? 'there is no column to compare' : count > 0 ? `${head}: ${listResults(drifted)}` : head,
    unmeasured.length > 0 ? `could not be measured: ${listResults(unmeasured)}` : '',
    leftOut.length > 0 ? `left out: ${listResults(leftOut)}` : '',
  ];
  // What changed comes first where not all can be told.
  const told = results.length > MAX_TOLD ? [...drifted, ...unmeasured, ...list('same')] : results;
  return {
    ...base,
    outcome: decideShare(count, unmeasured.length, all, request.maxShare),
    count,
    share: all === 0 ? 0 : count / all,
    reason: reason.filter(Boolean).join('; '),
    columns: told.flatMap(({ column }) => (column ? [column] : [])).slice(0, MAX_TOLD),
  };
}

function listResults(results: readonly Decided[]): string {
  const named = results.slice(0, MAX_NAMED).map(({ name, text }) => `${showName(name)} (${text})`);
  const more = results.length - named.length;
  return [...named, ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
}
