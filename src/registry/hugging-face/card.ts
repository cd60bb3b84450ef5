import { isMap, parseDocument } from 'yaml';
import { UserMistake } from '../../errors.ts';

/** A measured value, as the Hub's header takes it. */
export interface HubMetric {
  /** The metric's name in modelgate.yml: `accuracy`. */
  readonly name: string;
  readonly value: number;
  /** The data set that it was measured on. */
  readonly dataset: string;
}

export interface CardFacts {
  readonly model: string;
  readonly version: string;
  /** Where the release is: the source of every number. */
  readonly releaseUrl: string;
  readonly metrics: readonly HubMetric[];
}

const HEADER = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)(?:^|\n)---[ \t]*(?:\r?\n|$)/;

/**
 * Renders README.md for the Hub: the user's card with our metrics in its header's `model-index` (hub-docs, modelcard.md).
 * All else that the header says stays as it is. `verified` and `verifyToken` are the Hub's own words for numbers that the
 * Hub measured; ours are measured by us, so they never stand there, and the Hub shows them as self-reported.
 * Throws UserMistake of a header that cannot be read.
 */
export function renderHubCard(card: string, facts: CardFacts): string {
  const header = HEADER.exec(card);
  const document = parseDocument(header?.[1] ?? '', { version: '1.2' });
  const broken = document.errors[0]?.message.split('\n')[0];
  if (broken !== undefined || (document.contents !== null && !isMap(document.contents))) {
    throw new UserMistake({
      found: `the header of the model card is not a YAML mapping${broken === undefined ? '' : `: ${broken}`}`,
      fix: 'Between the first two lines `---`, the Hub wants lines such as `license: apache-2.0`.',
    });
  }
  const body = header === null ? card.replace(/^\uFEFF/, '') : card.slice(header[0].length);
  if (facts.metrics.length > 0) {
    const kind: unknown = document.get('pipeline_tag');
    document.set('model-index', document.createNode([renderIndex(facts, typeof kind === 'string' ? kind : 'other')]));
  }
  const text = document.contents === null ? '' : document.toString({ lineWidth: 0 });
  return text === '' ? body : `---\n${text}---\n${body.startsWith('\n') ? body : `\n${body}`}`;
}

function renderIndex({ model, version, releaseUrl, metrics }: CardFacts, kind: string): object {
  const datasets = [...new Set(metrics.map(({ dataset }) => dataset))];
  return {
    name: model,
    results: datasets.map((dataset) => ({
      task: { type: kind },
      dataset: { name: dataset, type: dataset },
      metrics: metrics
        .filter((metric) => metric.dataset === dataset)
        .map(({ name, value }) => ({ type: name, name, value })),
      source: { name: `${model}@${version}`, url: releaseUrl },
    })),
  };
}
