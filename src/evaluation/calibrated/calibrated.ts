import type { Engine } from '../../engine/connection.ts';
import type { AskedView, Family, GroupFamily } from '../family.ts';
import type { JoinedTable, Side } from '../joined-table.ts';
import type { MetricRequest } from '../requests.ts';
import type { Unmeasured } from '../sources.ts';
import type { ByPart } from '../view.ts';
import { arrangeCells, projectCells } from './cells.ts';
import { contrastErrors, contrastSpreads, estimateError, estimateSpread } from './estimates.ts';
import { fetchCalibrations } from './fetching.ts';
import { BINNINGS, type CalibratedPart, type Calibration } from './part.ts';

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
      return 'reason' in found ? found : estimateError(projectCells(found, table.sides.indexOf(side)), table);
    }),
  contrast(part, request, factor, table) {
    const found = findCalibration(part, request);
    return 'reason' in found ? found : contrastErrors(found, factor, table);
  },
};

/** The largest less the smallest calibration error among the groups of a column, in bins of equal width. */
export const calibrationGroups: GroupFamily<CalibratedPart> = {
  answers: (metric) => metric === GROUPED,
  fetch: fetchParts,
  estimateGroups(groups, request, side, table) {
    const found = findGroups(groups, request);
    return 'reason' in found ? found : estimateSpread(project(found, side, table), table);
  },
  contrastGroups(groups, request, factor, table) {
    const found = findGroups(groups, request);
    return 'reason' in found
      ? found
      : contrastSpreads([project(found, 0, table), project(found, 1, table)], factor, table);
  },
};

/** Of one side alone: cells that differ on the other side only are one. */
function project(groups: readonly Calibration[], side: Side, table: JoinedTable): Calibration[] {
  return groups.map((group) => projectCells(group, table.sides.indexOf(side)));
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
