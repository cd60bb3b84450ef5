import type { EvidenceSet } from '../evidence/document.ts';
import { type Conclusion, decideConclusion, WORST_FIRST } from './check/conclusion.ts';
import { MAX_CHECK_SUMMARY, type RenderedCheck } from './check.ts';
import { cleanText } from './escaping.ts';
import type { ReportFacts } from './facts.ts';
import { joinBlocks, MAX_TABLE_ROWS, md, renderTable } from './markdown/blocks.ts';
import { formatAmount, formatCommit, formatCount } from './numbers.ts';
import { isRefusal, type Refusal, requireVerdict } from './refusals.ts';
import { computeSummary } from './view/summary.ts';
import { OUTCOME_WORDING } from './wording.ts';

/** One model of a pull request, and what came of it. */
export interface JudgedModel {
  readonly model: string;
  readonly judged: EvidenceSet | Refusal;
}

interface Row {
  readonly model: string;
  readonly conclusion: Conclusion;
  readonly word: string;
  readonly reason: string;
}

const ICON: Readonly<Record<Conclusion, string>> = { failure: '❌', cancelled: '🚫', neutral: '⚠️', success: '✅' };

/** The one check to require: as bad as the worst model, and a failure where there is none. */
export function renderAggregateCheck(models: readonly JudgedModel[], facts: Omit<ReportFacts, 'model'>): RenderedCheck {
  const rows = models.map((one) => describeModel(one, facts));
  const sorted = WORST_FIRST.flatMap((conclusion) => rows.filter((row) => row.conclusion === conclusion));
  return {
    title: renderTitle(rows),
    summary: fitRows(sorted, facts),
    conclusion: sorted[0]?.conclusion ?? 'failure',
    annotations: [],
  };
}

function describeModel({ model, judged }: JudgedModel, { headSha }: Omit<ReportFacts, 'model'>): Row {
  const sound = requireVerdict(judged, { model, headSha });
  const conclusion = decideConclusion(sound);
  if (isRefusal(sound)) {
    return {
      model,
      conclusion,
      word: OUTCOME_WORDING['cannot-measure'].word,
      reason: `${sound.title}. ${sound.reason}`,
    };
  }
  const { outcome, title, reason } = computeSummary(sound).headline;
  return {
    model,
    conclusion,
    word: OUTCOME_WORDING[outcome ?? 'cannot-measure'].word,
    reason: cleanText(`${title}. ${reason}`),
  };
}

function renderTitle(rows: readonly Row[]): string {
  if (rows.length === 0) return 'No model was judged';
  const count = (conclusion: Conclusion): number => rows.filter((row) => row.conclusion === conclusion).length;
  const observed = count('neutral') > 0 ? `, ${formatCount(count('neutral'))} only observed` : '';
  const passed = count('success');
  if (rows.length === 1)
    return passed === 1 ? 'The model may merge' : observed ? 'Observed only' : 'The model may not merge';
  const all = formatAmount(rows.length, 'model');
  return passed === rows.length ? `All ${all} may merge` : `${formatCount(passed)} of ${all} may merge${observed}`;
}

/** As many rows as fit, the worst ones first; a row is never cut. */
function fitRows(rows: readonly Row[], facts: Omit<ReportFacts, 'model'>): string {
  let shown = Math.min(rows.length, MAX_TABLE_ROWS);
  let text = renderSummary(rows, shown, facts);
  while (text.length > MAX_CHECK_SUMMARY && shown > 0) {
    shown = Math.floor((shown * 3) / 4);
    text = renderSummary(rows, shown, facts);
  }
  return text;
}

function renderSummary(rows: readonly Row[], shown: number, { headSha, links }: Omit<ReportFacts, 'model'>): string {
  const left = rows.length - shown;
  const nothing = 'No model was judged, so nothing here says that this change may merge.';
  const { text } = joinBlocks([
    rows.length === 0 ? md`${nothing}` : undefined,
    renderTable(rows.slice(0, shown), [
      { title: 'Model', cell: ({ model }) => md`**${model}**` },
      { title: 'Verdict', cell: ({ conclusion, word }) => md`${ICON[conclusion]} ${word}` },
      { title: 'Why', cell: ({ reason }) => reason },
    ]),
    left > 0 ? md`${formatAmount(left, 'more model')}: each has a check of its own.` : undefined,
    links.report === undefined ? undefined : md`The full reports are in ${links.report}.`,
    md`<sub>commit ${formatCommit(headSha)}</sub>`,
  ]);
  return `${text}\n`;
}
