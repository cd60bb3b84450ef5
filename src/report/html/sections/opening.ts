import type { Markup } from '../../markup.ts';
import { formatInstant } from '../../numbers.ts';
import type { Problem } from '../../view/problems.ts';
import type { Summary } from '../../view/summary.ts';
import { OUTCOME_WORDING } from '../../wording.ts';
import { html, renderOutcome, renderSection } from '../blocks.ts';
import { GATE } from '../icons.ts';

/** Values of a slice named one by one below a rule. */
const MAX_CASES = 12;

/** The banner: the verdict, its reason, and where it belongs. */
export function renderBanner({ headline, join, lineage, judging }: Summary): Markup {
  const { outcome, blocks, model, title, reason, commit, mode, rules } = headline;
  const tone = outcome === undefined ? 'not-applicable' : outcome === 'pass' || blocks ? outcome : 'tolerated';
  const written = lineage.documents.at(-1)?.created;
  const facts = [
    ['Rules', rules],
    ['Test set', join],
    ['Commit', commit],
    ['Mode', mode],
    ['Judged by', judging && !judging.bootstrap ? judging.sentence : ''],
    ['Written', written === undefined ? '' : formatInstant(written)],
  ].filter(([, value]) => value !== '');
  return html`<header class="banner ${tone}">
<div class="frame">
<div class="lead">
<div>
<p class="model">${model}<span class="word">${outcome ? OUTCOME_WORDING[outcome].word : 'no verdict'}</span></p>
<h1>${title}</h1>
<p class="reason">${reason}</p>
</div>
${GATE[outcome ?? 'none']}
</div>
<dl>${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
</div>
</header>
`;
}

/** What the reader must know before the numbers. */
export function renderNotes({ notes, judging }: Summary): Markup | undefined {
  const loud = judging?.bootstrap && html`<p><b>${judging.sentence}</b></p>`;
  return notes.length === 0 && !loud
    ? undefined
    : html`<div class="notes" role="note">${loud}${notes.map((note) => html`<p>${note}</p>`)}</div>\n`;
}

/** Everything that did not pass, with its reason. */
export function renderProblems({ problems }: Summary): Markup | undefined {
  return renderSection('problems', 'What did not pass', [
    problems.length > 0 && html`<ul class="problems">${problems.map(renderProblem)}</ul>`,
  ]);
}

function renderProblem(problem: Problem): Markup {
  const { kind, id, outcome, tolerated, tolerance, text, reason, cases, place } = problem;
  const left = cases.length - MAX_CASES;
  return html`<li class="${tolerated ? 'tolerated' : outcome}">
<p class="name">${renderOutcome(outcome, tolerated, id)} <span class="soft">${[kind, tolerance].filter(Boolean).join(', ')}</span></p>
<p>${reason}</p>
${text !== '' && html`<p class="soft">${text}${place && html` · <span class="place">${place.file}:${place.line}</span>`}</p>`}
${
  cases.length > 0 &&
  html`<ul>${cases.slice(0, MAX_CASES).map((item) => html`<li>${renderOutcome(item.outcome, tolerated, item.slice)} ${item.reason}</li>`)}${left > 0 && html`<li>and ${left} more</li>`}</ul>`
}</li>
`;
}
