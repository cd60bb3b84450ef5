import type { Markup } from '../markup.ts';
import { joinMarkup } from '../markup.ts';
import type { RuleMark } from '../view/metric-rows.ts';
import type { Problem } from '../view/problems.ts';
import type { Summary } from '../view/summary.ts';
import { OUTCOME_WORDING, TOLERATED_ICON } from '../wording.ts';
import { joinBlocks, md, renderList } from './blocks.ts';

/** Values of a slice named one by one below a rule. */
const MAX_CASES = 5;

/** The icon of an outcome; a failure that does not block has its own. */
export function iconOf({ outcome, tolerated }: Pick<RuleMark, 'outcome' | 'tolerated'>): string {
  const open = outcome === 'fail' || outcome === 'cannot-measure';
  return open && tolerated ? TOLERATED_ICON : OUTCOME_WORDING[outcome].icon;
}

/** The verdict, its reason, and where it belongs. */
export function renderHeadline({ headline, join }: Summary): Markup {
  const { outcome, blocks, model, title, reason, commit, mode, rules } = headline;
  const icon = outcome === undefined ? '➖' : iconOf({ outcome, tolerated: !blocks });
  const facts = [rules, join, commit && `commit ${commit}`, mode && `mode ${mode}`].filter((fact) => fact !== '');
  return joinBlocks([
    md`## ${icon} ${model}: ${outcome ? OUTCOME_WORDING[outcome].word : 'no verdict'}`,
    md`**${title}.** ${reason}`,
    md`<sub>${facts.join(' · ')}</sub>`,
  ]);
}

/** What the reader must know before the numbers. */
export function renderNotes({ notes }: Summary): Markup | undefined {
  return notes.length === 0
    ? undefined
    : joinMarkup(
        notes.map((note) => md`> ${note}`),
        '\n>\n',
      );
}

/** Everything that did not pass, with its reason. */
export function renderProblems({ problems }: Summary): Markup | undefined {
  if (problems.length === 0) return undefined;
  return joinBlocks([md`### What did not pass`, renderList(problems.map(renderProblem))]);
}

function renderProblem(problem: Problem): Markup {
  const { kind, id, text, reason, tolerance, cases, place } = problem;
  const shown = cases.slice(0, MAX_CASES);
  const left = cases.length - shown.length;
  return joinMarkup(
    [
      md`${iconOf(problem)} **${id}** (${[kind, tolerance].filter(Boolean).join(', ')}): ${reason}`,
      ...(text === '' ? [] : [md`  <br><sub>${text}${place && md` · ${place.file} line ${place.line}`}</sub>`]),
      ...shown.map(
        (item) => md`  - ${iconOf({ ...item, tolerated: problem.tolerated })} ${item.slice}: ${item.reason}`,
      ),
      ...(left > 0 ? [md`  - and ${left} more`] : []),
    ],
    '\n',
  );
}
