import type { ReleaseEvent } from '../../evidence/schema/ledger.ts';
import { directionOfMetric, titleOfMetric } from '../view/metric-title.ts';
import type { HistoryPoint } from './charts/metric-history.ts';
import type { NamedMetric } from './difference.ts';
import { listLiveStages, type SiteModel } from './facts.ts';

/** What the ledger says where it holds no numbers. */
export const NO_NUMBERS =
  'The ledger holds no numbers: it keeps none of a model whose modelgate.yml reveals the verdict only (reveal: verdict).';

/** A metric’s title and direction as all reports have them. */
export function nameMetric(name: string): NamedMetric {
  return { title: titleOfMetric(name), direction: directionOfMetric(name) };
}

/** The names of the metrics that any version of a model has, in the order of the newest. */
export function listMetrics(model: SiteModel): string[] {
  const names = model.versions.toReversed().flatMap(({ event }) => event.metrics.map(({ name }) => name));
  return [...new Set(names)];
}

/** A metric by its name; undefined where the version has none of it. */
export function findMetric({ metrics }: Pick<ReleaseEvent, 'metrics'>, name: string) {
  return metrics.find((metric) => metric.name === name);
}

/** The numbers of one metric, oldest first; versions without a value are left out. */
export function computeHistory(model: SiteModel, name: string): HistoryPoint[] {
  return model.versions.flatMap(({ event }) => {
    const metric = findMetric(event, name);
    if (metric?.value == null) return [];
    const live = listLiveStages(model, event.version).length > 0;
    const { version, prerelease } = event;
    return [{ version, value: metric.value, interval: metric.interval, prerelease, live }];
  });
}
