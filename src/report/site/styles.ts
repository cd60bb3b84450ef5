import { COLOURS } from '../html/styles/colours.ts';
import { LAYOUT } from '../html/styles/layout.ts';
import { PARTS } from '../html/styles/parts.ts';
import { PRINT } from '../html/styles/print.ts';

/** The site's own colour is the one of data; everything else is the report's. */
const TONES = `
:root { --blue-tint: #e2ecf7; }
@media (prefers-color-scheme: dark) { :root { --blue-tint: #13263b; } }
@media print { :root { --blue-tint: #e2ecf7; } }
.registry { --tone: var(--data); --tint: var(--blue-tint); }
.better { color: var(--pass); } .worse { color: var(--fail); } .other { color: var(--unknown); }
`;

const PLACES = `
a { color: var(--data); text-underline-offset: .18em; }
.banner a { color: inherit; }
.trail { font-size: .9375rem; }
.badge { display: inline-block; padding: 0 .5rem; margin: 0 .35rem .2rem 0; border-radius: 1rem; font-size: .8125rem; font-weight: 600;
  background: var(--tint, var(--shade)); color: var(--tone, var(--soft)); white-space: nowrap; }
h3 .badge { white-space: normal; }
.nowrap { white-space: nowrap; }
.versions td, .versions th { white-space: nowrap; }
.versions td.text { min-width: 0; }
.versions tbody th { position: sticky; left: 0; background: var(--paper); }
@media (min-width: 72rem) { .cards td.text { min-width: 6.5rem; } }
.scroll { overscroll-behavior-x: contain; }
.scroll.tall { max-height: min(44rem, 80vh); overflow: auto; }
.scroll.many { content-visibility: auto; contain-intrinsic-size: auto min(44rem, 80vh); }
.tall caption { position: sticky; left: 0; }
.tall thead th { position: sticky; top: 0; background: var(--paper); z-index: 1; padding-top: .4rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; font-size: .9375rem; }
.jump { padding-top: 1.5rem; }
article { border-top: 1px solid var(--hair); padding-top: 1.5rem; display: grid; gap: 1.1rem; grid-template-columns: minmax(0, 1fr); }
article:first-of-type { border-top: 0; padding-top: 0; }
article > * { min-width: 0; }
article:target h3 { text-decoration: underline 3px var(--data); text-underline-offset: .3em; }
article h3 { font-size: 1.25rem; }
h4 { margin: .5rem 0 0; font-size: 1rem; }
article table + table { margin-top: 1rem; }
pre { margin: 0; padding: .7rem .9rem; background: var(--shade); border-radius: 6px; overflow-x: auto; font: .875rem/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
`;

const CONTROLS = `
.controls { display: flex; flex-wrap: wrap; gap: .75rem 1.5rem; align-items: end; }
.controls .field { display: grid; gap: .25rem; font-size: .8125rem; color: var(--soft); min-width: 0; }
.controls label.tick { display: flex; gap: .5rem; align-items: center; min-height: 2.5rem; font-size: .9375rem; color: var(--ink); }
.controls input:not([type=checkbox]), .controls select { font: inherit; font-size: 1rem; color: var(--ink); background: var(--paper); border: 1px solid var(--soft);
  border-radius: 6px; padding: .35rem .6rem; min-height: 2.5rem; width: 15rem; max-width: 100%; }
.controls input[type=checkbox] { width: 1.15rem; height: 1.15rem; accent-color: var(--data); }
.controls button, .plain-button { font: inherit; font-size: .9375rem; color: var(--data); background: var(--paper); border: 1px solid var(--data); border-radius: 6px;
  padding: .35rem .9rem; min-height: 2.5rem; cursor: pointer; }
th button { font: inherit; color: inherit; background: none; border: 0; padding: .15rem 0; margin: 0; cursor: pointer; text-align: inherit; text-decoration: underline dotted; text-underline-offset: .2em; }
th[aria-sort=ascending] button::after { content: " ↑"; }
th[aria-sort=descending] button::after { content: " ↓"; }
[hidden] { display: none !important; }
`;

const CHARTS = `
.history { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .35rem .6rem; }
.history + .history { margin-top: 1rem; }
.history figcaption { grid-column: 1 / -1; font-weight: 650; margin-bottom: .5rem; }
.legend.items { gap: .35rem 1.1rem; }
.legend.items > span { display: inline-flex; align-items: center; gap: .45rem; }
.history .ticks { display: flex; flex-direction: column-reverse; justify-content: space-between; text-align: right; margin-block: -.65em;
  font-size: .75rem; line-height: 1.3; color: var(--soft); }
.history .span { grid-column: 2; display: flex; justify-content: space-between; gap: 1rem; font-size: .75rem; color: var(--soft); }
.history .readout { grid-column: 2; min-height: 1.45em; font-size: .8125rem; }
.history svg { display: block; width: 100%; height: 9rem; overflow: visible; }
.history path, .strip path { fill: none; vector-effect: non-scaling-stroke; }
.history .grid { stroke: var(--hair); stroke-width: 1; }
.history .trend { stroke: var(--data); stroke-width: 1.25; opacity: .55; }
.history .range { stroke: var(--data); stroke-width: 7; stroke-linecap: round; opacity: .3; }
.history .live { stroke: var(--ink); stroke-width: 15; stroke-linecap: round; }
.history .gap { stroke: var(--paper); stroke-width: 12; stroke-linecap: round; }
.history .dots { stroke: var(--data); stroke-width: 8; stroke-linecap: round; }
.history .early { stroke: var(--second); stroke-width: 8; stroke-linecap: round; }
.history .hole { stroke: var(--paper); stroke-width: 4; stroke-linecap: round; }
.dense .range { stroke-width: 2.5; } .dense .dots, .dense .early { stroke-width: 4; } .dense .hole { stroke-width: 1.5; } .dense .trend { opacity: .25; }
.history .pointer { stroke: var(--ink); stroke-width: 1; stroke-dasharray: 3 3; }
.key.early { width: 11px; height: 11px; border-radius: 50%; border: 3px solid var(--second); }
.key.live { width: 15px; height: 15px; border-radius: 50%; border: 1.5px solid var(--ink); background: radial-gradient(var(--data) 42%, transparent 46%); }
.strip { display: grid; gap: .3rem; }
.strip figcaption { font-weight: 650; }
.strip svg.lane { display: block; width: 100%; height: 2.25rem; }
.strip svg svg { overflow: hidden; }
.strip .held { fill: var(--blue-tint); stroke: var(--data); stroke-width: 1; }
.strip .held.back { fill: var(--fail-tint); stroke: var(--fail); }
.strip text { font: 600 .75rem system-ui, sans-serif; fill: var(--data); }
.strip text.back { fill: var(--fail); }
.strip .sick { stroke: var(--edge); stroke-width: 2.5; stroke-dasharray: 4 3; }
.strip .span { display: flex; justify-content: space-between; gap: 1rem; font-size: .75rem; color: var(--soft); }
.key.held { width: 22px; height: 14px; background: var(--blue-tint); border: 1px solid var(--data); }
.key.back { width: 22px; height: 14px; background: var(--fail-tint); border: 1px solid var(--fail); }
.key.sick { width: 0; height: 15px; border-left: 2.5px dashed var(--edge); }
@media print { .controls, .jump, .readout, nav { display: none; } .scroll.tall { max-height: none; } .tall thead th { position: static; }
  .scroll.many { content-visibility: visible; } .history, .strip { break-inside: avoid; }
  .versions td, .versions th { white-space: normal; } .history path, .strip rect, .badge { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
@media (prefers-reduced-motion: reduce) { *, *::before, *::after { transition: none !important; animation: none !important; scroll-behavior: auto !important; } }
@media (forced-colors: active) { .badge { border: 1px solid; } .history path, .strip rect { forced-color-adjust: none; } }
`;

/** The one style sheet of every page. */
export const STYLES = `${COLOURS}${LAYOUT}${PARTS}${TONES}${PLACES}${CONTROLS}${CHARTS}${PRINT}`;
