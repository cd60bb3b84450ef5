import { cleanText } from '../escaping.ts';
import type { Comparable, NamedMetric } from './difference.ts';
import type { SiteModel } from './facts.ts';

/** What every digest begins with. */
const PREFIX = 'sha256:';

/** Texts stand once in `texts`, and everywhere else by their place in it: digests and names repeat from version to version. */
type Text = number;
type PackedMetric = [name: Text, value: number | null, n: number, low?: number, high?: number, level?: number];

/** One version for the script of a page. */
interface PackedVersion {
  readonly v: Text;
  readonly p: 0 | 1;
  readonly metrics: readonly PackedMetric[];
  readonly rules: readonly [Text, Text, 0 | 1][];
  readonly controls: readonly [Text, Text, 0 | 1][];
  readonly waivers: readonly [waives: Text, reason: Text, approver: Text, expires: Text][];
  readonly data: readonly [Text, Text][];
  readonly files: readonly [path: Text, sha256: Text, size: number][];
}

/** What a model’s page tells its script. */
export interface PackedModel {
  readonly texts: readonly string[];
  /** By the text of the name. */
  readonly metrics: readonly (readonly [name: Text, title: Text, direction: 'higher' | 'lower' | 0])[];
  /** Oldest first. */
  readonly versions: readonly PackedVersion[];
}

/** Packs the versions of a model, with every text cleaned of what cannot be seen. */
export function packModel(model: SiteModel, name: (metric: string) => NamedMetric): PackedModel {
  const places = new Map<string, number>();
  const texts: string[] = [];
  const put = (text: string): Text => {
    const known = places.get(text);
    if (known !== undefined) return known;
    places.set(text, texts.length);
    return texts.push(cleanText(text)) - 1;
  };
  const mark = (flag: boolean): 0 | 1 => (flag ? 1 : 0);
  const versions = model.versions.map(({ event }) => ({
    v: put(event.version),
    p: mark(event.prerelease),
    metrics: event.metrics.map(
      ({ name: key, value, n, interval }): PackedMetric =>
        interval ? [put(key), value, n, interval.low, interval.high, interval.level] : [put(key), value, n],
    ),
    rules: event.rules.map(({ id, outcome, waived }): [Text, Text, 0 | 1] => [put(id), put(outcome), mark(waived)]),
    controls: event.controls.map(({ id, outcome, waived }): [Text, Text, 0 | 1] => [
      put(id),
      put(outcome),
      mark(waived),
    ]),
    waivers: event.waivers.map(({ waives, reason, approver, expires }): [Text, Text, Text, Text] => [
      put(waives),
      put(reason),
      put(approver),
      put(expires),
    ]),
    data: event.data.map(({ name: key, sha256 }): [Text, Text] => [put(key), put(sha256.slice(PREFIX.length))]),
    files: event.files.map(({ path, sha256, size }): [Text, Text, number] => [
      put(path),
      put(sha256.slice(PREFIX.length)),
      size,
    ]),
  }));
  const names = new Set(model.versions.flatMap(({ event }) => event.metrics.map(({ name: key }) => key)));
  const metrics = [...names].map((key) => {
    const { title, direction } = name(key);
    return [put(key), put(title), direction ?? 0] as const;
  });
  return { texts, metrics, versions };
}

/** A packed version as the ledger has it, as far as it is compared. */
export function unpackVersion(packed: PackedVersion, texts: readonly string[]): Comparable {
  const get = (place: Text): string => texts[place] ?? '';
  const judge = ([id, outcome, waived]: readonly [Text, Text, 0 | 1]) => ({
    id: get(id),
    outcome: get(outcome) as 'pass',
    waived: waived === 1,
  });
  return {
    version: get(packed.v),
    metrics: packed.metrics.map(([key, value, n, low, high, level]) => ({
      ...{ name: get(key), value, n },
      ...(low !== undefined && high !== undefined ? { interval: { low, high, level: level ?? 0, method: '' } } : {}),
    })),
    rules: packed.rules.map(judge),
    controls: packed.controls.map(judge),
    waivers: packed.waivers.map(([waives, reason, approver, expires]) => ({
      ...{ waives: get(waives), reason: get(reason), approver: get(approver), expires: get(expires) },
    })),
    data: packed.data.map(([key, sha256]) => ({ name: get(key), sha256: `${PREFIX}${get(sha256)}` })),
    files: packed.files.map(([path, sha256, size]) => ({ path: get(path), sha256: `${PREFIX}${get(sha256)}`, size })),
  };
}

/** JSON that may stand inside a `script` element: nothing in it can end the element or begin a comment. */
export function renderEmbeddedJson(value: unknown): string {
  return JSON.stringify(value)
    .replace(/</g, '\\u003c')
    .replace(/>/g, '\\u003e')
    .replace(/[\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`);
}
