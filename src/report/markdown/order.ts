import type { Markup } from '../markup.ts';
import type { Summary } from '../view/summary.ts';
import {
  renderJudging,
  renderOtherPromises,
  renderOtherRules,
  renderProposed,
  renderWeakerPromises,
  renderWeakerRules,
} from './changes.ts';
import { renderChangedRows, renderComparisons } from './comparisons.ts';
import { renderCost } from './cost.ts';
import { renderCurves } from './curves.ts';
import { renderHeadline, renderNotes, renderProblems } from './first-screen.ts';
import {
  renderBudget,
  renderComparedColumns,
  renderConfusion,
  renderDatasets,
  renderLineage,
  renderRuns,
  renderSlices,
} from './folded.ts';
import { renderClassMetrics, renderMetrics } from './metrics.ts';
import { renderControls, renderData, renderFoldedControls, renderWaivers } from './sections.ts';
import { renderSureRules } from './sure-rules.ts';

type Render = (summary: Summary) => Markup | undefined;

/** One part of the report in its place. */
export interface Section {
  readonly render: Render;
  /** How a comment has it, where that differs. */
  readonly inComment?: Render;
  /** What a text that goes without it calls it. Without a name it is part of the first screen and always stays. */
  readonly name?: string;
  /** When a text that is too long goes without it: 1 first. */
  readonly goes?: number;
}

function renderNothing(): undefined {}

/** The parts of a report from top to bottom: what decides, then what is folded. */
export const SECTIONS: readonly Section[] = [
  { render: renderHeadline },
  { render: renderJudging },
  { render: renderNotes },
  { render: renderWeakerRules },
  { render: renderProblems },
  { render: renderMetrics },
  { render: renderComparisons },
  { render: renderProposed },
  { render: renderData },
  { render: renderWeakerPromises },
  { render: renderControls, inComment: renderNothing },
  { render: renderWaivers },
  { render: renderNothing, inComment: renderFoldedControls, name: 'Governance', goes: 11 },
  { render: renderOtherRules, name: 'Changed rules', goes: 13 },
  { render: renderOtherPromises, name: 'Changed contracts and test sets', goes: 12 },
  { render: renderSureRules, name: 'What each rule says', goes: 14 },
  { render: renderSlices, name: 'All slices', goes: 9 },
  { render: renderChangedRows, name: 'Changed rows', goes: 10 },
  { render: renderClassMetrics, name: 'Metrics of each class', goes: 6 },
  { render: renderConfusion, name: 'Confusion matrix', goes: 5 },
  { render: renderCurves, name: 'Training curves', goes: 3 },
  { render: renderRuns, name: 'Training and prediction', goes: 1 },
  { render: renderComparedColumns, name: 'Compared columns of data sets', goes: 2 },
  { render: renderDatasets, name: 'Data sets and contracts', goes: 2 },
  { render: renderLineage, name: 'Lineage', goes: 7 },
  { render: renderCost, name: 'Cost', goes: 4 },
  { render: renderBudget, name: 'Test-set budget', goes: 8 },
];
