import type { Engine } from '../../engine/connection.ts';
import type { Estimate } from '../../statistics/estimate.ts';
import type { AskedView, Family, GroupFamily } from '../family.ts';
import type { JoinedTable, Side } from '../joined-table.ts';
import type { MetricRequest } from '../requests.ts';
import type { Unmeasured } from '../sources.ts';
import type { ByPart } from '../view.ts';
import { arrangeCells, projectCells } from './cells.ts';
import { createErrors } from './errors.ts';
import { fetchCalibrations } from './fetching.ts';
import { BINNINGS, type CalibratedPart, type Calibration } from './part.ts';
import { countUnits, createCellEstimate } from './resampling.ts';

const GROUPED = 'calibration-difference';

/**
 * Calibration errors of the top score, in 15 bins: `ece` of equal width from 0 to 1, `adaptive-ece` of equally many rows.
 * Source of the second: J. Nixon et al., "Measuring calibration in deep learning", CVPR workshops (2019), adaptive
 * ranges; here of the top score, and with equal scores in one bin.
 */
export const calibrated: Family<CalibratedPart> = {
  answers: (metric) => metric !== GROUPED && Object.hasOwn(BINNINGS, metric),
  fetch: fetchParts,
  merge: mergeParts,
  estimate: (part, requests, side, table) =>
    requests.map((request) => {
      const found = findCalibration(part, request);
      return 'reason' in found ? found : estimateSide([found], side, table);
    }),
  contrast(part, request, factor, table) {
    const found = findCalibration(part, request);
    return 'reason' in found ? found : estimateCells([found], table, [-factor, 1], contrastSides(factor));
  },
};

/** The largest less the smallest calibration error among the groups of a column, in bins of equal width. */
export const calibrationGroups: GroupFamily<CalibratedPart> = {
  answers: (metric) => metric === GROUPED,
  fetch: fetchParts,
  estimateGroups(groups, request, side, table) {
    const found = findGroups(groups, request);
    return 'reason' in found ? found : estimateSide(found, side, table);
  },
  contrastGroups(groups, request, factor, table) {
    const found = findGroups(groups, request);
    return 'reason' in found ? found : estimateCells(found, table, [-factor, 1], contrastSides(factor));
  },
};

/** Sides by place, and what each counts. */
type Combination = readonly (readonly [side: number, factor: number])[];

function contrastSides(factor: number): Combination {
  return [
    [0, 1],
    [1, -factor],
  ];
}

/** One side’s; cells that differ on the other side only are one, which makes resampling many times faster. */
function estimateSide(groups: readonly Calibration[], side: Side, table: JoinedTable): Estimate | Unmeasured {
  const own = groups.map((group) => projectCells(group, table.sides.indexOf(side)));
  return estimateCells(own, table, [0, 1], [[0, 1]]);
}

/** Of one group its error, of several how far theirs are apart; the sides added up with their factors. */
function estimateCells(
  groups: readonly Calibration[],
  table: JoinedTable,
  range: readonly [least: number, greatest: number],
  combination: Combination,
): Estimate | Unmeasured {
  const sides = combination.map(([side, factor]) => ({ errors: createErrors(groups, side), factor }));
  const n = Math.min(...groups.map((group) => countUnits(group, table)));
  const compute = (counts: ArrayLike<number>) =>
    sides.reduce((sum, { errors, factor }) => sum + factor * measureSpread(errors(counts)), 0);
  return createCellEstimate({ groups, n, compute, range }, table);
}

function measureSpread(errors: Float64Array): number {
  return errors.length === 1 ? (errors[0] ?? Number.NaN) : Math.max(...errors) - Math.min(...errors);
}

async function fetchParts(
  engine: Engine,
  table: JoinedTable,
  views: readonly AskedView[],
): Promise<ByPart<CalibratedPart>> {
  const { scores } = table;
  const byView = new Map<string, Map<string, CalibratedPart>>();
  for (const view of views) {
    const parts = new Map<string, CalibratedPart>();
    const binnings = new Set(view.requests.flatMap(({ name }) => BINNINGS[name] ?? []));
    if (!scores) throw new Error('calibration needs scores');
    for (const binning of binnings) {
      for (const [value, found] of await fetchCalibrations(engine, table, scores, view, binning)) {
        parts.set(value, { ...parts.get(value), [binning]: found });
      }
    }
    byView.set(view.name, parts);
  }
  return byView;
}

function mergeParts(parts: readonly CalibratedPart[]): CalibratedPart | Unmeasured {
  const [only] = parts;
  if (!only) return { reason: 'there are no rows' };
  if (parts.length === 1) return only;
  const equal = listKnown(parts.flatMap((part) => part.equal ?? []));
  return {
    ...(only.equal ? { equal: 'reason' in equal ? equal : uniteCalibrations(equal) } : {}),
    ...(only.adaptive ? { adaptive: { reason: 'bins of equally many rows of several parts do not add up' } } : {}),
  };
}

function uniteCalibrations(calibrations: readonly Calibration[]): Calibration {
  const frozen = calibrations.find((found) => found.frozen !== undefined)?.frozen;
  const cells = arrangeCells(calibrations.flatMap((found) => found.cells));
  return { cells, ...(frozen === undefined ? {} : { frozen }) };
}

/** All of them, or why one of them is none. */
function listKnown(found: readonly (Calibration | Unmeasured)[]): Calibration[] | Unmeasured {
  const known: Calibration[] = [];
  for (const one of found) {
    if ('reason' in one) return one;
    known.push(one);
  }
  return known;
}

function findCalibration(part: CalibratedPart, { name }: MetricRequest): Calibration | Unmeasured {
  const binning = BINNINGS[name];
  const found = binning && part[binning];
  if (!found) throw new Error(`the metric ${name} was not asked for`);
  return found;
}

function findGroups(
  groups: ReadonlyMap<string, CalibratedPart>,
  { group: column = '', ...request }: MetricRequest,
): Calibration[] | Unmeasured {
  if (groups.size < 2) {
    const found = groups.size === 1 ? '1 group' : 'no groups';
    return { reason: `\`${column}\` has ${found}, and a difference needs two` };
  }
  return listKnown([...groups.values()].map((part) => findCalibration(part, request)));
}
