import picocolors from 'picocolors';
import type { EvidenceSet } from '../evidence/document.ts';
import { cleanText } from './escaping.ts';
import { formatDifference, formatInterval, formatMetric } from './numbers.ts';
import { renderChanges } from './terminal/changes.ts';
import { renderColumns, wrapText } from './terminal/columns.ts';
import { renderComparisons } from './terminal/comparisons.ts';
import { type DataSummary, describeChecks } from './view/data-summary.ts';
import type { MetricRow, RuleMark } from './view/metric-rows.ts';
import type { Problem } from './view/problems.ts';
import { computeSummary, type Summary } from './view/summary.ts';
import { isOpen, OUTCOME_WORDING, TOLERATED_MARK } from './wording.ts';

interface TerminalOptions {
  readonly color: boolean;
  /** Columns of the terminal; at least 40 are used. */
  readonly width: number;
}

type Colors = ReturnType<typeof picocolors.createColors>;
type Judged = Pick<RuleMark, 'outcome' | 'tolerated'>;

const MIN_WIDTH = 40;
const INDENT = '  ';
/** Decisions with limits named one by one. */
const MAX_SURE = 10;
/** Findings named one by one. */
const MAX_FINDINGS = 10;

/**
 * The report for a terminal: verdict, what did not pass, metrics. Same text as elsewhere, shorter. Control characters of
 * the user's texts are replaced, so that no file name or class can move the cursor or colour a line.
 */
export function renderTerminal(evidence: EvidenceSet, options: TerminalOptions): string {
  const summary = computeSummary(evidence);
  const colors = picocolors.createColors(options.color);
  const width = Math.max(MIN_WIDTH, options.width) - INDENT.length;
  const blocks = [
    renderHeadline(summary, colors, width),
    summary.notes.flatMap((note) => wrapText(cleanText(note), width)),
    renderJudging(summary, colors, width),
    summary.problems.flatMap((problem) => renderProblem(problem, colors, width)),
    renderMetrics(summary, colors, width),
    renderSure(summary, colors, width),
    renderComparisons(summary, width),
    renderChanges(summary, width),
    ...(summary.data ? [renderData(summary.data, colors, width)] : []),
    renderRest(summary, width),
  ].filter((block) => block.length > 0);
  return `\n${blocks.map((block) => block.map((line) => (line === '' ? '' : INDENT + line)).join('\n')).join('\n\n')}\n\n`;
}

/** The mark of an outcome; a failure that does not block has its own. */
function markOf(judged: Judged): string {
  return isOpen(judged) && judged.tolerated ? TOLERATED_MARK : OUTCOME_WORDING[judged.outcome].mark;
}

function painterOf({ outcome, tolerated }: Judged, colors: Colors): (text: string) => string {
  if (outcome === 'pass') return colors.green;
  if (outcome === 'not-applicable') return colors.dim;
  return tolerated || outcome === 'cannot-measure' ? colors.yellow : colors.red;
}

function renderHeadline({ headline, join }: Summary, colors: Colors, width: number): string[] {
  const { outcome, blocks, model, title, reason, commit, mode, rules } = headline;
  const judged: Judged = { outcome: outcome ?? 'not-applicable', tolerated: !blocks };
  const word = outcome === undefined ? 'no verdict' : OUTCOME_WORDING[outcome].word;
  const paint = painterOf(judged, colors);
  const facts = [rules, join, commit && `commit ${commit}`, mode && `mode ${mode}`]
    .filter((fact) => fact !== '')
    .join(' · ');
  return [
    `${paint(`${markOf(judged)} ${colors.bold(word)}`)}  ${colors.bold(cleanText(model))}`,
    ...wrapText(cleanText(`${title}. ${reason}`), width),
    ...wrapText(cleanText(facts), width).map((line) => colors.dim(line)),
  ];
}

function renderJudging({ judging }: Summary, colors: Colors, width: number): string[] {
  if (judging === undefined) return [];
  const paint = judging.bootstrap ? colors.yellow : colors.dim;
  return wrapText(cleanText(judging.sentence), width).map((line) => paint(line));
}

function renderProblem(problem: Problem, colors: Colors, width: number): string[] {
  const { kind, id, reason, tolerance, text, cases } = problem;
  const paint = painterOf(problem, colors);
  const label = [kind, tolerance].filter((part) => part !== '').join(', ');
  const inner = width - INDENT.length;
  return [
    `${paint(markOf(problem))} ${colors.bold(cleanText(id))} ${colors.dim(`(${label})`)}`,
    ...wrapText(cleanText(text), inner).map((line) => INDENT + colors.dim(line)),
    ...wrapText(cleanText(reason), inner).map((line) => INDENT + line),
    ...cases.flatMap((item) => {
      const lines = wrapText(cleanText(`${item.slice}: ${item.reason}`), inner - INDENT.length);
      const mark = paint(markOf({ ...item, tolerated: problem.tolerated }));
      return lines.map((line, index) => `${INDENT}${index === 0 ? mark : ' '} ${line}`);
    }),
  ];
}

function renderMetrics({ metrics: all, worstSlice, operatingPoint }: Summary, colors: Colors, width: number): string[] {
  const metrics = all.filter(({ byClass }) => !byClass);
  if (metrics.length === 0) return [];
  const compared = metrics.some(({ baseline }) => baseline !== null);
  const [heading = '', ...rows] = renderColumns<MetricRow>(
    metrics,
    [
      { title: 'Metric', drop: 0, cell: nameMetric },
      { title: 'Candidate', right: true, drop: 0, cell: ({ value }) => formatMetric(value) },
      { title: 'Interval', right: true, drop: 3, cell: ({ interval }) => (interval ? formatInterval(interval) : '–') },
      ...(compared
        ? [
            { title: 'Baseline', right: true, drop: 4, cell: ({ baseline }: MetricRow) => formatMetric(baseline) },
            {
              title: 'Difference',
              right: true,
              drop: 1,
              cell: ({ difference }: MetricRow) => formatDifference(difference),
            },
          ]
        : []),
      {
        title: 'Rules',
        drop: 2,
        cell: ({ marks }) => marks.map((mark) => `${markOf(mark)} ${cleanText(mark.id)}`).join(', '),
        paint: (text, { marks }) => painterOf(worstOf(marks), colors)(text),
      },
    ],
    width,
  );
  const texts = [...explainIntervals(metrics), worstSlice ?? '', operatingPoint].filter((text) => text !== '');
  const below = texts.flatMap((text) => wrapText(cleanText(text), width));
  return [colors.dim(heading), ...rows, ...(below.length > 0 ? ['', ...below] : [])];
}

/** Whose the intervals are that we did not compute, and why numbers have none: one line a reason. */
function explainIntervals(metrics: readonly MetricRow[]): string[] {
  const claimed = metrics.filter(({ origin, interval }) => interval && origin.startsWith('reported'));
  const reasons = [...new Set(metrics.map(({ unsure }) => unsure))].filter((reason) => reason !== '');
  const lacks = reasons.map((reason) => {
    return `No interval of ${nameAll(metrics.filter(({ unsure }) => unsure === reason))}: ${reason}.`;
  });
  const claims = claimed.length > 0 ? [`The interval of ${nameAll(claimed)} is the file’s own claim.`] : [];
  return [...claims, ...lacks];
}

function nameAll(metrics: readonly MetricRow[]): string {
  return [...new Set(metrics.map(({ title }) => title))].join(', ');
}

function nameMetric({ title, origin }: MetricRow): string {
  const mark = origin.startsWith('reported') ? ' (reported)' : origin === '' ? '' : ` (${origin})`;
  return cleanText(title) + mark;
}

/** What rules with `confidence` decided with, those that did not pass first. */
function renderSure({ sure }: Summary, colors: Colors, width: number): string[] {
  const sorted = sure.toSorted((a, b) => Number(isOpen(b)) - Number(isOpen(a)));
  const left = sorted.length - MAX_SURE;
  return [
    ...sorted.slice(0, MAX_SURE).flatMap((row) => {
      const { id, slice, limits, of, basis, reason } = row;
      const about = `${id}${slice === '' ? '' : ` (${slice})`}: ${reason}. Limits of the ${of}: ${limits} (${basis})`;
      const lines = wrapText(cleanText(about), width - INDENT.length);
      return lines.map((line, index) =>
        index === 0 ? `${painterOf(row, colors)(markOf(row))} ${line}` : INDENT + line,
      );
    }),
    ...(left > 0 ? [`and ${left} more`] : []),
  ];
}

/** The mark that colours a cell: what blocks before what is tolerated before what passes. */
function worstOf(marks: readonly RuleMark[]): Judged {
  const open = marks.filter(isOpen);
  return (
    open.find(({ tolerated }) => !tolerated) ?? open[0] ?? marks[0] ?? { outcome: 'not-applicable', tolerated: true }
  );
}

function renderData(data: DataSummary, colors: Colors, width: number): string[] {
  const shown = data.findings.slice(0, MAX_FINDINGS);
  const left = data.findings.length - shown.length;
  return [
    ...wrapText(`Data: ${describeChecks(data)}`, width),
    ...shown.flatMap((finding) => {
      const { dataset, title, reason, examples } = finding;
      const text = `${[dataset, title].filter((part) => part !== '').join(', ')}: ${reason}`;
      const found = examples.length === 0 ? '' : ` (${examples.join(', ')})`;
      const lines = wrapText(cleanText(text + found), width - INDENT.length);
      return lines.map((line, index) =>
        index === 0 ? `${painterOf(finding, colors)(markOf(finding))} ${line}` : INDENT + line,
      );
    }),
    ...(left > 0 ? [`and ${left} more`] : []),
  ];
}

function renderRest({ waivers, budget }: Summary, width: number): string[] {
  const lines = [
    ...waivers.map(({ waives, reason, author, approver, expires, active, note }) =>
      [
        `Waiver: ${waives} ${active ? 'is waived' : `is not waived; asked by ${author}`} until ${expires},`,
        `approved by ${approver}: ${reason}`,
        ...(note === '' ? [] : [`(${note})`]),
      ].join(' '),
    ),
    budget,
  ];
  return lines.flatMap((line) => (line ? wrapText(cleanText(line), width) : []));
}
