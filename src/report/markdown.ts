import type { EvidenceSet } from '../evidence/document.ts';
import { joinBlocks } from './markdown/blocks.ts';
import { SECTIONS } from './markdown/order.ts';
import { computeSummary } from './view/summary.ts';

/**
 * The report as GitHub-flavoured Markdown: what decides on the first screen, the rest folded. Same evidence, same
 * bytes; every text of a user's is escaped.
 */
export function renderMarkdown(evidence: EvidenceSet): string {
  const summary = computeSummary(evidence);
  return `${joinBlocks(SECTIONS.map(({ render }) => render(summary))).text}\n`;
}
