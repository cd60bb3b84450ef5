import type { EvaluateSection } from '../../config/schema/modelgate.ts';
import { renderNames, type Setting } from './setting.ts';

/** What says how a model is measured, and on what: as many entries and in the same order of every configuration. */
export function listEvaluation(evaluate: EvaluateSection | undefined): Setting[] {
  const labels = evaluate?.labels;
  return [
    { id: 'evaluate.labels', text: labels ? `${labels.path}, ${labels.label} by ${labels.id}` : null },
    { id: 'evaluate.labels.weight', text: labels?.weight ?? null },
    { id: 'evaluate.labels.cluster', text: labels?.cluster ?? null },
    { id: 'evaluate.labels.query', text: labels?.query ?? null },
    { id: 'evaluate.positive', text: evaluate?.positive ?? null },
    { id: 'evaluate.costs', text: describeCosts(evaluate?.costs) },
    { id: 'evaluate.operating-point', text: describePoint(evaluate?.['operating-point']) },
    { id: 'evaluate.reported', text: describeReported(evaluate?.reported) },
  ];
}

/** Only what is not 0 costs something. */
function describeCosts(costs: EvaluateSection['costs']): string | null {
  const entries = Object.entries(costs ?? {}).flatMap(([truth, row]) =>
    Object.entries(row)
      .filter(([, cost]) => cost !== 0)
      .map(([predicted, cost]) => `${cost} for ${truth} taken for ${predicted}`),
  );
  return renderNames(entries);
}

function describePoint(point: EvaluateSection['operating-point']): string | null {
  if (!point) return null;
  const { predictions, labels, recall, precision, cost } = point;
  const aims = [
    ...(recall === undefined ? [] : [`recall of ${recall}`]),
    ...(precision === undefined ? [] : [`precision of ${precision}`]),
    ...(cost === undefined ? [] : [`${cost} cost`]),
  ];
  return `${aims.join(', ')}, chosen on ${predictions} and ${labels}`;
}

function describeReported(files: EvaluateSection['reported']): string | null {
  const numbers = (files ?? []).flatMap(({ path, format, metrics }) =>
    Object.entries(metrics).map(([name, { key, direction }]) => {
      const read = format === undefined ? path : `${path} (${format})`;
      return `${name}: ${key} of ${read}, ${direction} is better`;
    }),
  );
  return renderNames(numbers);
}
