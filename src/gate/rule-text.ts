import type { Direction } from '../config/metrics.ts';
import { requireResolved } from '../config/resolved-metric.ts';
import type { Config, Rule } from '../config/schema/modelgate.ts';
import { nameView } from '../evaluation/view.ts';
import { nameBaseline } from './baseline.ts';
import { renderConfidence } from './certainty.ts';
import { type Condition, isStrict, listConditions } from './conditions.ts';

/** A rule in words, as “accuracy of at least 0.85 for every value of sex, with 95 % confidence”. */
export function describeRule(rule: Rule, config: Pick<Config, 'evaluate'>): string {
  const { direction } = requireResolved(config, rule.metric);
  const against = rule.against === undefined ? '' : nameBaseline(rule.against);
  const conditions = listConditions(rule).map((condition) => describeCondition(condition, direction, against));
  const subject = rule.group === undefined ? rule.metric : `${rule.metric} between the values of ${rule.group}`;
  const positive = rule.positive === undefined ? '' : ` for the class ${rule.positive}`;
  const slice = rule.slice === undefined ? '' : ` for every value of ${nameView(rule.slice)}`;
  const rows = rule['min-rows'] === undefined ? '' : ` on at least ${rule['min-rows']} rows`;
  const sure = rule.confidence === undefined ? '' : `, with ${renderConfidence(rule.confidence)}`;
  const corrected = rule.correction === undefined ? '' : ', corrected by Holm';
  return `${subject}${positive} ${conditions.join(' and ')}${slice}${rows}${sure}${corrected}`;
}

function describeCondition(condition: Condition, direction: Direction, against: string): string {
  if ('line' in condition) return `of at ${condition.key === 'min' ? 'least' : 'most'} ${condition.line}`;
  const [worse, better] = direction === 'higher' ? ['below', 'above'] : ['above', 'below'];
  if (isStrict(condition)) return `${better} ${against}`;
  if (condition.key === 'max-drop') return `at most ${condition.tolerance} ${worse} ${against}`;
  if (condition.key === 'min-gain') return `at least ${condition.tolerance} ${better} ${against}`;
  return `within ${condition.tolerance} of ${against}`;
}
