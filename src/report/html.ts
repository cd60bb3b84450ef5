import type { EvidenceSet } from '../evidence/document.ts';
import { loadDraw } from './html/charts/canvas.ts';
import { renderPage } from './html/page.ts';
import { renderChanges } from './html/sections/changes.ts';
import { renderComparisons } from './html/sections/comparisons.ts';
import { renderConfusion } from './html/sections/confusion.ts';
import { renderScoreCurves } from './html/sections/curves.ts';
import { renderData } from './html/sections/data.ts';
import { renderGovernance } from './html/sections/governance.ts';
import { renderLineage } from './html/sections/lineage.ts';
import { renderMetrics } from './html/sections/metrics.ts';
import { renderBanner, renderNotes, renderProblems } from './html/sections/opening.ts';
import { renderSlices } from './html/sections/slices.ts';
import { renderSureRules } from './html/sections/sure-rules.ts';
import { renderTraining } from './html/sections/training.ts';
import { computeSummary } from './view/summary.ts';

/**
 * The report as one HTML file that loads nothing and needs no script. Same evidence, same bytes; every text of a user's
 * is escaped.
 */
export async function renderHtml(evidence: EvidenceSet): Promise<string> {
  const summary = computeSummary(evidence);
  const draw = await loadDraw();
  const parts = await Promise.all([
    renderNotes(summary),
    renderProblems(summary),
    renderChanges(summary),
    renderMetrics(summary, draw),
    renderSureRules(summary),
    renderComparisons(summary),
    renderSlices(summary, draw),
    renderScoreCurves(summary, draw),
    renderConfusion(summary, draw),
    renderData(summary, draw),
    renderGovernance(summary),
    renderTraining(summary, draw),
    renderLineage(summary),
  ]);
  return renderPage(summary, renderBanner(summary), parts);
}
