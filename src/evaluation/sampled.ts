import { findMetric, type MetricNeed } from '../config/metrics.ts';
import type { Engine } from '../engine/connection.ts';
import type { Estimate } from '../statistics/estimate.ts';
import { FAMILIES, GROUP_FAMILIES } from './families.ts';
import type { AskedView, Family, GroupFamily } from './family.ts';
import type { JoinedTable, Side } from './joined-table.ts';
import type { MetricRequest } from './requests.ts';
import type { Sample, Samples } from './samples.ts';
import type { Unmeasured } from './sources.ts';
import type { ByPart } from './view.ts';
import { fetchValues, type Viewing } from './views.ts';

/** What a family found, and what it was asked of each view. */
interface Fetched {
  readonly family: Family<unknown>;
  readonly views: readonly AskedView[];
  readonly parts: ByPart<unknown>;
}

interface FetchedGroups {
  readonly family: GroupFamily<unknown>;
  readonly parts: ByPart<unknown>;
}

type Values = readonly { readonly value: string; readonly n: number }[];

/** All that was read of a table, by which samples answer without it. */
interface Reading {
  readonly table: JoinedTable;
  readonly fetched: readonly Fetched[];
  readonly groups: readonly FetchedGroups[];
  readonly values: ReadonlyMap<string, Values>;
  /** Why the files lack what a metric needs. */
  readonly lack: (request: MetricRequest) => string | undefined;
}

/** Reads what the views ask for; the samples then answer without the engine. `scoresLack` says why there are no scores. */
export async function fetchSamples(
  engine: Engine,
  table: JoinedTable,
  viewing: Viewing,
  scoresLack?: string,
): Promise<Samples | Unmeasured> {
  const values = new Map<string, Values>();
  for (const view of [...viewing.views, ...viewing.groups]) {
    if (values.has(view.name)) continue;
    const found = await fetchValues(engine, table, view);
    if ('reason' in found) return found;
    values.set(view.name, found);
  }
  const lack = (request: MetricRequest) => findLack(table, request, scoresLack);
  const fetched: Fetched[] = [];
  for (const family of FAMILIES) {
    const views = selectViews(viewing.views, (request) => family.answers(request.name) && lack(request) === undefined);
    if (views.length > 0) fetched.push({ family, views, parts: await family.fetch(engine, table, views) });
  }
  const groups: FetchedGroups[] = [];
  for (const family of GROUP_FAMILIES) {
    const views = selectViews(viewing.groups, (request) => family.answers(request.name) && lack(request) === undefined);
    if (views.length > 0) groups.push({ family, parts: await family.fetch(engine, table, views) });
  }
  return createSamples({ table, fetched, groups, values, lack });
}

function selectViews(views: readonly AskedView[], fits: (request: MetricRequest) => boolean): AskedView[] {
  return views
    .map((view) => ({ ...view, requests: view.requests.filter(fits) }))
    .filter(({ requests }) => requests.length > 0);
}

function findLack(table: JoinedTable, request: MetricRequest, scoresLack: string | undefined): string | undefined {
  const { name, positive } = request;
  const lacks = (need: MetricNeed) => findMetric(name)?.needs.includes(need) === true;
  if (lacks('scores') && !table.scores) return scoresLack ?? 'the predictions have no scores';
  if (lacks('positive') && positive === undefined) {
    return `there are ${table.classes.length} classes, too many to measure it for each; name one with \`positive\``;
  }
  if (lacks('limits') && !table.hasLimits) return 'the predictions have no limits';
  return lacks('costs') && !table.costs ? '`evaluate.costs` does not say what a mistake costs' : undefined;
}

function createSamples(reading: Reading): Samples {
  const { values, table } = reading;
  const known = new Map<string, Sample>();
  const listValues = (view: string): Values => {
    const found = values.get(view);
    if (!found) throw new Error(`the view ${view} was not asked for`);
    return found;
  };
  return {
    sides: table.sides,
    listValues,
    find(view = '', wanted = ['']) {
      const present = listValues(view).filter(({ value }) => wanted.includes(value));
      const names = present.map(({ value }) => value);
      if (names.length === 0) return { reason: describeAbsence(view, wanted) };
      const key = JSON.stringify([view, ...names]);
      const n = present.reduce((sum, own) => sum + own.n, 0);
      const sample = known.get(key) ?? createSample(reading, view, names, n);
      known.set(key, sample);
      return sample;
    },
  };
}

function describeAbsence(view: string, wanted: readonly string[]): string {
  const [first = ''] = wanted;
  const rest = wanted.length > 1 ? ` or one of ${wanted.length - 1} other values` : '';
  return `no row has \`${first}\`${rest} in \`${view}\``;
}

/** The rows with one of `values`. What families share between metrics is computed once and kept. */
function createSample(reading: Reading, view: string, values: readonly string[], n: number): Sample {
  const { table, fetched, lack } = reading;
  const parts = new Map<Family<unknown>, unknown>();
  const kept = new Map<string, Estimate | Unmeasured>();
  const findPart = (own: Fetched): unknown => {
    if (!parts.has(own.family)) parts.set(own.family, mergeParts(own, view, values));
    return parts.get(own.family);
  };
  const estimateAll = (own: Fetched, side: Side) => {
    const part = findPart(own);
    const requests = own.views.find(({ name }) => name === view)?.requests ?? [];
    const found = isUnmeasured(part) ? requests.map(() => part) : own.family.estimate(part, requests, side, table);
    for (const [at, request] of requests.entries()) {
      const estimate = found[at];
      if (estimate) kept.set(nameRequest(request, side), estimate);
    }
  };
  const findFetched = ({ name }: MetricRequest) => {
    const own = fetched.find(({ family }) => family.answers(name));
    if (!own) throw new Error(`the metric ${name} was not asked for`);
    return own;
  };
  return {
    n,
    estimate(request, side) {
      const reason = lack(request);
      if (reason !== undefined) return { reason };
      if (request.group !== undefined) {
        const { family, groups } = findGroups(reading, request);
        return family.estimateGroups(groups, request, side, table);
      }
      const key = nameRequest(request, side);
      if (!kept.has(key)) estimateAll(findFetched(request), side);
      const estimate = kept.get(key);
      if (!estimate) throw new Error(`the metric ${key} was not asked for on the view ${view}`);
      return estimate;
    },
    contrast(request, factor) {
      const reason = lack(request);
      if (reason !== undefined) return { reason };
      if (request.group !== undefined) {
        const { family, groups } = findGroups(reading, request);
        return family.contrastGroups(groups, request, factor, table);
      }
      const own = findFetched(request);
      const part = findPart(own);
      return isUnmeasured(part) ? part : own.family.contrast(part, request, factor, table);
    },
  };
}

function mergeParts({ family, parts }: Fetched, view: string, values: readonly string[]): unknown {
  const all = parts.get(view);
  const found = values.flatMap((value) => (all?.has(value) ? [all.get(value)] : []));
  return found.length < values.length ? { reason: 'there are no rows' } : family.merge(found);
}

function findGroups({ groups }: Reading, request: MetricRequest) {
  const own = groups.find(({ family }) => family.answers(request.name));
  const found = own?.parts.get(request.group ?? '');
  if (!own || !found) throw new Error(`the metric ${request.name} by ${request.group} was not asked for`);
  return { family: own.family, groups: found };
}

function nameRequest({ name, positive }: MetricRequest, side: Side): string {
  return JSON.stringify([name, positive, side]);
}

function isUnmeasured(part: unknown): part is Unmeasured {
  return typeof part === 'object' && part !== null && 'reason' in part;
}
