import type { ChangeKind, PromiseChange, RuleChange, VerdictEvidence } from '../../evidence/schema/verdict.ts';
import { formatCount } from '../numbers.ts';
import { WEAKER } from '../wording.ts';

/** One promise that the change words otherwise than the base does. */
export interface ChangeRow {
  readonly change: ChangeKind;
  /** The file; empty for a rule, a control or a setting of modelgate.yml. */
  readonly file: string;
  readonly name: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** What a change does to the bar. */
export interface ChangeList {
  readonly rows: readonly ChangeRow[];
  /** `1 loosened, 2 added`. */
  readonly counts: string;
  /** True where the bar may be lower than before: something is loosened or removed, or cannot be ordered. */
  readonly weaker: boolean;
  /** Whether and when these changes count. */
  readonly note: string;
}

const GRAVEST_FIRST = ['removed', 'loosened', 'changed', 'added', 'tightened'] as const satisfies readonly ChangeKind[];

/** The rules, controls and settings that change; undefined where none does. */
export function computeRuleChanges(verdict: VerdictEvidence | undefined): ChangeList | undefined {
  const rows = (verdict?.ruleChanges ?? []).map(
    ({ id, ...change }: RuleChange): ChangeRow => ({ ...createRow(change), file: '', name: id }),
  );
  const note = verdict?.judgedBy?.bootstrap
    ? 'These are the rules that judged: the base has none.'
    : 'They count only after they are merged; the rules of the base judged this change.';
  return createList(rows, note);
}

/** What changed contracts and test sets promise otherwise; undefined where none does. */
export function computePromiseChanges(verdict: VerdictEvidence | undefined): ChangeList | undefined {
  const rows = (verdict?.promiseChanges ?? []).map(
    ({ file, subject, ...change }: PromiseChange): ChangeRow => ({ ...createRow(change), file, name: subject }),
  );
  const note = verdict?.judgedBy?.bootstrap
    ? 'These are the promises that judged: the base has none.'
    : 'They count only after they are merged; the files of the base judged this change.';
  return createList(rows, note);
}

function createRow({ change, before, after }: Pick<RuleChange, 'change' | 'before' | 'after'>) {
  return { change, before: before ?? undefined, after: after ?? undefined };
}

function createList(rows: readonly ChangeRow[], note: string): ChangeList | undefined {
  if (rows.length === 0) return undefined;
  const sorted = GRAVEST_FIRST.flatMap((kind) => rows.filter(({ change }) => change === kind));
  const counts = GRAVEST_FIRST.map((kind) => [kind, rows.filter(({ change }) => change === kind).length] as const);
  return {
    rows: sorted,
    counts: counts.flatMap(([kind, count]) => (count === 0 ? [] : [`${formatCount(count)} ${kind}`])).join(', '),
    weaker: rows.some(({ change }) => WEAKER.has(change)),
    note,
  };
}
