import type { EvidenceSet } from '../evidence/document.ts';
import { joinBlocks } from './markdown/blocks.ts';
import { renderHeadline, renderMetrics, renderNotes, renderProblems } from './markdown/first-screen.ts';
import { renderConfusion, renderDatasets, renderLineage, renderRuns, renderSlices } from './markdown/folded.ts';
import { renderControls, renderData, renderWaivers } from './markdown/sections.ts';
import { computeSummary } from './view/summary.ts';

/**
 * The report as GitHub-flavoured Markdown: what decides on the first screen, the rest folded. Same evidence, same
 * bytes; every text of a user's is escaped.
 */
export function renderMarkdown(evidence: EvidenceSet): string {
  const summary = computeSummary(evidence);
  const blocks = [
    renderHeadline,
    renderNotes,
    renderProblems,
    renderMetrics,
    renderData,
    renderControls,
    renderWaivers,
    renderSlices,
    renderConfusion,
    renderRuns,
    renderDatasets,
    renderLineage,
  ].map((render) => render(summary));
  return `${joinBlocks(blocks).text}\n`;
}
