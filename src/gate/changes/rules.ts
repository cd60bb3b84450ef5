import { parsePercent } from '../../config/quantities.ts';
import type { Config, Rule } from '../../config/schema/modelgate.ts';
import { compareAmounts, compareValues, pairByKey, type Shift, tellShifts } from '../../data/changes/shifts.ts';
import { nameView } from '../../evaluation/view.ts';
import type { RuleChange } from '../../evidence/schema/verdict.ts';
import { nameBaseline } from '../baseline.ts';
import { describeRule } from '../rule-text.ts';

/** What became of each rule, by its id. One that was given another id reads as removed and added. */
export function compareRuleLists(before: Config, after: Config): RuleChange[] {
  const { pairs, removed, added } = pairByKey(before.gates?.rules ?? [], after.gates?.rules ?? [], ({ id }) => id);
  return [
    ...pairs.flatMap(([one, other]) => {
      const words = { id: one.id, before: describe(one, before), after: describe(other, after) };
      return tellShifts(compareRule(one, other, before.evaluate?.positive, after.evaluate?.positive), words);
    }),
    ...removed.map((rule) => ({
      id: rule.id,
      change: 'removed' as const,
      before: describe(rule, before),
      after: null,
    })),
    ...added.map((rule) => ({ id: rule.id, change: 'added' as const, before: null, after: describe(rule, after) })),
  ];
}

function describe(rule: Rule, config: Config): string {
  return `${describeRule(rule, config)}${rule.level === 'warn' ? '; it only warns' : ''}`;
}

/**
 * A rule that lets more values pass is looser. That does not depend on the direction of its metric: `min` and `max` cut
 * off an end of the scale whatever is good there, and tolerances are already said in worse and better. Rules about
 * other numbers cannot be ordered.
 */
function compareRule(one: Rule, other: Rule, ...positives: readonly (string | undefined)[]): Shift[] {
  const level: Shift[] = isError(one) === isError(other) ? [] : [isError(one) ? 'loosened' : 'tightened'];
  const subject = [
    ...compareValues(one.metric, other.metric),
    ...compareValues(nameSlice(one), nameSlice(other)),
    ...compareValues(one.group, other.group),
    ...compareValues(nameAgainst(one), nameAgainst(other)),
    ...comparePositive(one, other, positives),
  ];
  if (subject.length > 0) return [...level, 'changed'];
  return [
    ...level,
    ...compareBounds(one, other),
    ...compareTolerances(one, other),
    ...compareRows(one, other),
    ...compareCertainty(one, other),
  ];
}

/** Two columns are one slice whatever their order. */
function nameSlice({ slice }: Rule): string | undefined {
  return slice === undefined ? undefined : nameView(typeof slice === 'string' ? slice : [...slice].sort());
}

/**
 * What must be surer to pass passes less often. Without `confidence` the number alone decides, which is as sure as a coin.
 * A correction is about fails only, and what is no fail is not measured: neither lets more pass.
 */
function compareCertainty(one: Rule, other: Rule): Shift[] {
  return [
    ...compareAmounts(one.confidence ?? 0, other.confidence ?? 0, 'tightened'),
    ...compareValues(one.correction, other.correction),
  ];
}

function isError({ level = 'error' }: Rule): boolean {
  return level === 'error';
}

function nameAgainst({ against }: Rule): string | undefined {
  return against === undefined ? undefined : nameBaseline(against);
}

/** A rule that spells out the class that it already had by `evaluate.positive` is the same rule. */
function comparePositive(one: Rule, other: Rule, [before, after]: readonly (string | undefined)[]): Shift[] {
  if (one.positive === other.positive) return [];
  return compareValues(one.positive ?? before, other.positive ?? after);
}

function compareBounds(one: Rule, other: Rule): Shift[] {
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = one;
  return [
    ...compareAmounts(min, other.min ?? Number.NEGATIVE_INFINITY, 'tightened'),
    ...compareAmounts(max, other.max ?? Number.POSITIVE_INFINITY, 'loosened'),
  ];
}

const TOLERANCES = { 'max-drop': 'loosened', 'min-gain': 'tightened', within: 'loosened' } as const;

function compareTolerances(one: Rule, other: Rule): Shift[] {
  return (['max-drop', 'min-gain', 'within'] as const).flatMap((key): Shift[] => {
    const [before, after] = [one[key], other[key]];
    if (before === undefined || after === undefined) {
      if (before === after) return [];
      return [before === undefined ? 'tightened' : 'loosened'];
    }
    const [share, later] = [readShare(before), readShare(after)];
    if (share !== undefined && later !== undefined) return compareAmounts(share, later, TOLERANCES[key]);
    if (typeof before === 'number' && typeof after === 'number') return compareAmounts(before, after, TOLERANCES[key]);
    return ['changed'];
  });
}

function readShare(tolerance: number | string): number | undefined {
  return typeof tolerance === 'string' ? parsePercent(tolerance) : undefined;
}

/**
 * Fewer rows may decide: looser. With a slice the number also says which values are judged alone and which together, and
 * neither is stricter.
 */
function compareRows(one: Rule, other: Rule): Shift[] {
  const [before, after] = [one['min-rows'] ?? 1, other['min-rows'] ?? 1];
  return one.slice === undefined ? compareAmounts(before, after, 'tightened') : compareValues(before, after);
}
