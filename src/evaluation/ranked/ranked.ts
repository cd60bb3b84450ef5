import { sumClasses } from '../../statistics/ranking.ts';
import type { AskedView, Family } from '../family.ts';
import type { JoinedTable } from '../joined-table.ts';
import type { MetricRequest } from '../requests.ts';
import type { Unmeasured } from '../sources.ts';
import { contrastSides, estimateSide } from './estimates.ts';
import { DESCRIPTIONS, measureParts, type ViewScene } from './measures.ts';
import { nameMeasure, type RankedMeasure, type RankedPart } from './part.ts';
import { arrangeRows, readParts, readRows, readValues } from './reading.ts';
import { createScoreReader } from './scores.ts';

/** Rows that are read into memory at most, at about 50 bytes each. */
const MAX_ROWS = 50_000_000;
/** Rows × classes that are sorted at most, for each metric of each view: some minutes of work. */
const MAX_SORTED = 1_000_000_000;

/**
 * Metrics of how rows are ordered by a score: areas under ROC curves and average precisions. Each is a mean of what every
 * row adds; the squares and products of these influences give the variances, also of differences on the same rows.
 */
export const ranked: Family<RankedPart> = {
  answers: (metric) => Object.hasOwn(DESCRIPTIONS, metric),

  async fetch(engine, table, views) {
    const { scores } = table;
    const reason = scores ? findSizeFault(table) : 'the predictions have no scores';
    if (!scores || reason !== undefined) {
      return collect(views, async (view) => {
        const values = await readValues(engine, view);
        return { values, measure: async () => values.map(() => ({ reason: reason ?? '' })) };
      });
    }
    const rows = await readRows(engine, table);
    const read = createScoreReader(engine, table, scores);
    return collect(views, async (view) => {
      const parts = await readParts(engine, view, table.rows);
      const arranged = arrangeRows(rows, parts, table);
      const influence = { rows: arranged, totals: sumClasses(arranged), independent: !table.clustered };
      const scene: ViewScene = { table, scores, influence, clusters: rows.clusters, read };
      return { values: parts.values, measure: (request) => measureParts(scene, request) };
    });
  },

  merge(parts) {
    const [only] = parts;
    if (!only) return { reason: 'there are no rows' };
    return parts.length === 1
      ? only
      : { reason: 'ranks within several parts do not add up to ranks among all their rows' };
  },

  estimate: (part, requests, side, table) =>
    requests.map((request) => {
      const measure = findMeasure(part, request);
      return 'reason' in measure ? measure : estimateSide(measure, side, table);
    }),

  contrast(part, request, factor, table) {
    const measure = findMeasure(part, request);
    return 'reason' in measure ? measure : contrastSides(measure, factor, table);
  },
};

interface MeasuredView {
  readonly values: readonly string[];
  measure(request: MetricRequest): Promise<(RankedMeasure | Unmeasured)[]>;
}

/** Measures view by view, so that the rows’ influences of one are gone before the next. */
async function collect(
  views: readonly AskedView[],
  open: (view: AskedView) => Promise<MeasuredView>,
): Promise<Map<string, Map<string, RankedPart>>> {
  const byView = new Map<string, Map<string, RankedPart>>();
  for (const view of views) {
    const { values, measure } = await open(view);
    const measures = values.map(() => new Map<string, RankedMeasure | Unmeasured>());
    for (const request of view.requests) {
      const key = nameMeasure(request.name, request.positive);
      if (measures[0]?.has(key)) continue;
      for (const [part, found] of (await measure(request)).entries()) measures[part]?.set(key, found);
    }
    byView.set(view.name, new Map(values.map((value, part) => [value, { measures: measures[part] ?? new Map() }])));
  }
  return byView;
}

function findMeasure({ measures }: RankedPart, { name, positive }: MetricRequest): RankedMeasure | Unmeasured {
  const measure = measures.get(nameMeasure(name, positive));
  if (!measure) throw new Error(`the metric ${name} was not asked for`);
  return measure;
}

function findSizeFault({ rows, classes }: JoinedTable): string | undefined {
  if (rows > MAX_ROWS) return `there are ${rows} rows, and at most ${MAX_ROWS} are ranked`;
  const work = rows * classes.length;
  return work > MAX_SORTED ? `${rows} rows of ${classes.length} classes are too many to rank` : undefined;
}
