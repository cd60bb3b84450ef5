import type { RuleOutcome } from '../../evidence/schema/envelope.ts';
import type { Bounds, RuleCase, RuleResult, VerdictEvidence } from '../../evidence/schema/verdict.ts';
import { formatError, formatLevel, formatLimits } from '../numbers.ts';

/** One decision that was made with limits, not by the number alone. */
export interface SureRow {
  readonly id: string;
  readonly text: string;
  readonly slice: string;
  readonly outcome: RuleOutcome;
  readonly tolerated: boolean;
  /** What the limits say, in one sentence, with the rows that would settle what they leave open. */
  readonly reason: string;
  /** Of what: `candidate` or `difference`. */
  readonly of: string;
  /** `0.912 – 0.987`, `at least 0.912`. */
  readonly limits: string;
  /** `95%, Tango, row by row, error 0.025`. */
  readonly basis: string;
}

/** Every case of a rule with `confidence`, in the order of the file. */
export function computeSureRows(verdict: VerdictEvidence | undefined): SureRow[] {
  return (verdict?.rules ?? []).flatMap((rule) =>
    rule.cases.flatMap((item) => (item.bounds ? [createRow(rule, item, item.bounds)] : [])),
  );
}

/** A rule of which no limits are shown: the number itself decided, nothing could, or the limits are withheld. */
export type PlainRule = Pick<SureRow, 'id' | 'text' | 'outcome' | 'tolerated' | 'reason'>;

/** Every rule of which no case shows limits, in the order of the file. */
export function listPlainRules(verdict: VerdictEvidence | undefined): PlainRule[] {
  return (verdict?.rules ?? [])
    .filter(({ cases }) => cases.every(({ bounds }) => bounds === undefined))
    .map(({ id, text, outcome, reason, level, waived }) => {
      return { id, text, outcome, reason, tolerated: level === 'warn' || waived };
    });
}

function createRow(rule: RuleResult, item: RuleCase, bounds: Bounds): SureRow {
  const { id, text, level, waived } = rule;
  const { slice = '', outcome, reason } = item;
  return {
    id,
    text,
    slice,
    outcome,
    tolerated: level === 'warn' || waived,
    reason,
    of: bounds.paired === undefined ? 'candidate' : 'difference',
    limits: formatLimits(bounds.low, bounds.high),
    basis: describeBasis(bounds),
  };
}

function describeBasis({ confidence, error, method, paired }: Bounds): string {
  const rows = paired === undefined ? [] : [paired ? 'row by row' : 'not row by row'];
  const by = method === '' ? [] : [method];
  return [formatLevel(confidence), ...by, ...rows, `error ${formatError(error)}`].join(', ');
}
