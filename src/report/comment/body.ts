import type { EvidenceSet } from '../../evidence/document.ts';
import type { ReportFacts } from '../facts.ts';
import { joinBlocks, md } from '../markdown/blocks.ts';
import { SECTIONS, type Section } from '../markdown/order.ts';
import { joinMarkup, Markup } from '../markup.ts';
import { formatCommit } from '../numbers.ts';
import { isRefusal, type Refusal } from '../refusals.ts';
import { computeSummary, type Summary } from '../view/summary.ts';
import { OUTCOME_WORDING, VERDICT_WORDING } from '../wording.ts';
import { type Shortened, shortenLists } from './first-screen.ts';

/** A text of at most so many characters, and what it had to go without. */
export interface Body {
  readonly text: string;
  readonly cut: readonly string[];
}

/** Where the full report is, when nobody says it better. */
const REPORT_PLACE = 'the summary and the artifact of the run';

/**
 * What a comment or a check says, in at most `most` UTF-16 code units. There are never fewer of these than of code
 * points, so whoever counts those is content, too. The least important sections go first, then rows of the first
 * screen; a line says what went.
 */
export function renderBody(judged: EvidenceSet | Refusal, facts: ReportFacts, most: number): Body {
  if (isRefusal(judged)) return { text: renderRefusal(judged, facts), cut: [] };
  const whole = computeSummary(judged, facts.baseRef);
  const rendered = SECTIONS.map((section) => ({ section, block: renderSection(section, whole) }));
  const gone = new Set<Section>();
  const cut: string[] = [];
  const join = (blocks: readonly (Markup | undefined)[], left: readonly string[]): string =>
    joinBlocks([...blocks, left.length === 0 ? undefined : renderNote(left, facts), renderFooter(facts)]).text;
  const assemble = (): string =>
    join(
      rendered.map(({ section, block }) => (gone.has(section) ? undefined : block)),
      cut,
    );
  let text = assemble();
  for (const { section, block } of listByImportance(rendered)) {
    if (text.length <= most) break;
    if (section.name === undefined || block === undefined) continue;
    gone.add(section);
    cut.push(section.name);
    text = assemble();
  }
  if (text.length <= most) return { text, cut };
  const left = SECTIONS.filter((section) => !gone.has(section));
  const shorten = ({ summary, cut: rows }: Shortened): string =>
    join(
      left.map((section) => renderSection(section, summary)),
      [...cut, ...rows],
    );
  const short = shortenLists(whole, (tried) => shorten(tried).length <= most);
  return { text: shorten(short), cut: [...cut, ...short.cut] };
}

/** The sections that may go, the least important one first. */
function listByImportance<T extends { readonly section: Section }>(rendered: readonly T[]): T[] {
  return rendered
    .filter(({ section }) => section.goes !== undefined)
    .toSorted((a, b) => (a.section.goes ?? 0) - (b.section.goes ?? 0));
}

function renderSection({ render, inComment }: Section, summary: Summary): Markup | undefined {
  return (inComment ?? render)(summary);
}

function renderNote(left: readonly string[], { links }: ReportFacts): Markup {
  const names = left.map((name) => md`${name}`);
  return md`**Left out here**, because the text would be too long: ${joinMarkup(names, ', ')}. The full report is in ${links.report ?? REPORT_PLACE}.`;
}

/** The run and the place of the full report. */
function renderFooter({ links }: ReportFacts): Markup | undefined {
  const run = links.run !== undefined && isPlainAddress(links.run) ? new Markup(`[The run](${links.run})`) : undefined;
  const report = links.report === undefined ? undefined : md`The full report is in ${links.report}.`;
  const parts = [run, report].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : md`<sub>${joinMarkup(parts, ' · ')}</sub>`;
}

/** An address that needs no escaping in Markdown. */
function isPlainAddress(address: string): boolean {
  return /^https?:\/\/[A-Za-z0-9.:-]+(?:\/[A-Za-z0-9._~%-]*)*$/.test(address);
}

function renderRefusal({ title, reason, fix }: Refusal, facts: ReportFacts): string {
  const outcome = 'cannot-measure';
  return joinBlocks([
    md`## ${OUTCOME_WORDING[outcome].icon} ${facts.model}: ${OUTCOME_WORDING[outcome].word}`,
    md`**${VERDICT_WORDING[outcome].blocks}.** ${title}. ${reason}`,
    md`**What to do:** ${fix}`,
    md`<sub>commit ${formatCommit(facts.headSha)}</sub>`,
    renderFooter(facts),
  ]).text;
}
