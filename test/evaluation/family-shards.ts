import { FAMILIES } from '../../src/evaluation/families.ts';
import type { MetricRequest } from '../../src/evaluation/requests.ts';
import type { Shard } from '../../src/evaluation/shards.ts';
import { engine, load, type Row, type Setting, TAIL } from './sharding.ts';

/** The family that answers a metric. */
export function findFamily({ name }: MetricRequest) {
  const family = FAMILIES.find((own) => own.answers(name));
  if (!family) throw new Error(`no family answers ${name}`);
  return family;
}

/** The shard as each request's family sees it, in the order of the requests. */
export async function loadShard(
  setting: Setting,
  rows: readonly Row[],
  requests: readonly MetricRequest[],
): Promise<Shard<unknown>[]> {
  return load(setting, rows, async (table) => {
    const found: Shard<unknown>[] = [];
    for (const request of requests) {
      const parts = await findFamily(request).fetch(engine, table, [{ name: '', columns: [], requests: [request] }]);
      found.push({ table, part: parts.get('')?.get('') });
    }
    return found;
  });
}

/** Value and limits of both sides and of their difference. */
export function describeShard({ table, part }: Shard<unknown>, request: MetricRequest) {
  const family = findFamily(request);
  const found = [
    ...family.estimate(part, [request], 0, table),
    ...family.estimate(part, [request], 1, table),
    family.contrast(part, request, 0.9, table),
  ];
  return found.map((one) => ('reason' in one ? one : { ...one, sign: undefined, limits: one.computeLimits(TAIL) }));
}
