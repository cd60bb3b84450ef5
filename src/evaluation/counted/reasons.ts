import { parseMetricName } from '../../config/metrics.ts';
import { renderClassNames, renderKnownClasses } from '../class-names.ts';
import type { MetricRequest } from '../requests.ts';
import type { Scene } from './formulas.ts';

/** Classes named one by one in a reason. */
const MAX_LISTED = 12;

/** Why the formula of a request is not defined on these rows. */
export function explainUndefined(scene: Scene, classes: readonly string[], request: MetricRequest): string {
  if (scene.margins.total === 0) return 'the rows weigh nothing';
  const { base } = parseMetricName(request.name);
  if (request.positive !== undefined) return explainPositive(base, request.positive, classes);
  if (base === 'mcc') {
    const isOne = scene.margins.truths.some((truth) => truth === scene.margins.total);
    return isOne ? 'all rows are of one class' : 'all rows are predicted as one class';
  }
  if (base === 'cohen-kappa') return 'all rows are of one class and are predicted as it';
  if (base === 'cost') return '`evaluate.costs` does not say what a row costs';
  return explainAverage(scene, classes, base);
}

function explainPositive(base: string, positive: string, classes: readonly string[]): string {
  const known = renderKnownClasses(positive, classes);
  if (known !== '' && base === 'specificity') return `no row is of, or predicted as, \`${positive}\`${known}`;
  switch (base) {
    case 'precision':
      return `no row is predicted as \`${positive}\`${known}`;
    case 'recall':
      return `no row is of the class \`${positive}\`${known}`;
    case 'specificity':
      return `no row is outside the class \`${positive}\``;
    default:
      return `no row is of, or predicted as, \`${positive}\`${known}`;
  }
}

function explainAverage({ margins, present }: Scene, classes: readonly string[], base: string): string {
  const usesPrecision = base.endsWith('-precision');
  const counts = usesPrecision ? margins.answers : margins.truths;
  const isWeighted = base.startsWith('weighted-');
  const empty = present.filter((at) => counts[at] === 0 && !(isWeighted && margins.truths[at] === 0));
  if (empty.length === 0) return `\`${base}\` is not defined on these rows`;
  const names = renderClassNames(
    empty.map((at) => classes[at] ?? ''),
    MAX_LISTED,
  );
  const [subject, are] = empty.length === 1 ? [`the class ${names}`, 'is'] : [`the classes ${names}`, 'are'];
  if (usesPrecision) return `${subject} ${are} never predicted`;
  return `${subject} ${are} predicted, and no row is of ${empty.length === 1 ? 'it' : 'them'}`;
}
