/** Tables, outcomes, charts and folded parts. */
export const PARTS = `
.icon { flex: none; width: 1.05em; height: 1.05em; margin-right: .4em; vertical-align: -.14em; fill: none; stroke-width: 1.7; stroke-linecap: round; stroke-linejoin: round; }
.icon circle, .icon .solid { fill: var(--tone); stroke: none; }
.icon path:not(.solid) { stroke: var(--paper); }
.outcome { color: var(--tone); font-weight: 600; }
.gate { flex: none; fill: none; stroke: var(--tone); stroke-width: 4; stroke-linecap: round; }
.gate .boom { stroke-width: 7; }
.gate .dashed { stroke-dasharray: 2 13; }
.gate .stripe { stroke: var(--tint); stroke-width: 3; stroke-linecap: butt; }
.gate .dot { fill: var(--tone); stroke: none; }

.problems { display: grid; gap: 1.5rem; }
.problems > li { padding-left: 1.1rem; border-left: 4px solid var(--tone); }
.problems .name { font-size: 1.0625rem; }
.problems .name .soft { font-size: .8125rem; }
.problems p.soft { font-size: .875rem; }
.problems ul { margin-top: .4rem; font-size: .9375rem; }
.plain-list { display: grid; gap: .35rem; font-size: .9375rem; }

table { width: 100%; border-collapse: collapse; font-size: .9375rem; }
caption { text-align: left; font-weight: 650; padding-bottom: .5rem; }
th, td { padding: .6rem .9rem .6rem 0; text-align: left; vertical-align: top; border-top: 1px solid var(--hair); }
th:last-child, td:last-child { padding-right: 0; }
thead th { border-top: 0; padding-block: 0 .4rem; font-size: .8125rem; font-weight: 400; color: var(--soft); vertical-align: bottom; }
tbody th { font-weight: 600; }
.cards tbody th { min-width: 9rem; }
.number, .number small { white-space: nowrap; }
ul.marks { min-width: 9.25rem; }
.number { text-align: right; }
.number .why, .number .basis { white-space: normal; min-width: 9rem; }
td.chart { width: 18.5rem; padding: .45rem .5rem 0 0; }
.value { font-size: 1.125rem; }
.scroll { position: relative; overflow-x: auto; }
.plain { overflow-wrap: break-word; }
.plain td.text { min-width: 8rem; }
.marks li + li { margin-top: .15rem; }

svg.marks { display: block; overflow: visible; max-width: none; }
svg.marks text { font-family: inherit; font-variant-numeric: tabular-nums; }
.legend { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem .45rem; font-size: .8125rem; color: var(--soft); }
.key { display: inline-block; margin-left: .9rem; }
.key:first-child { margin-left: 0; }
.key.dot { width: 11px; height: 11px; border-radius: 50%; background: var(--data); }
.key.bar { width: 26px; height: 7px; border-radius: 4px; background: var(--data); opacity: .32; }
.key.diamond { width: 9px; height: 9px; border: 1.5px solid var(--ink); transform: rotate(45deg); }
.key.barred { width: 22px; height: 14px; background: var(--barred); border-right: 1.5px dashed var(--edge); }
.pair { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 1rem 2.5rem; align-items: start; }
.pair > * { min-width: 0; }
.pair figcaption { grid-column: 1 / -1; font-size: .8125rem; color: var(--soft); }
.panels { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 19rem), 1fr)); gap: 1.75rem; }
.panels figcaption { margin-bottom: .4rem; font-size: .875rem; }
.line { margin-right: 1rem; }
.line::before { content: ""; display: inline-block; width: 1.5rem; margin-right: .45rem; vertical-align: .28em; border-top: 2.5px solid var(--data); }
.line-1::before { border-top: 2.5px dashed var(--second); }
.line-2::before { border-top: 2.5px dotted var(--third); }
.line-3::before { border-top: 2.5px dashed var(--soft); }

.rows details { margin-top: .6rem; }
.rows details + details { margin-top: 0; border-top: 0; }
.ids { line-height: 1.9; }

.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 15rem), 1fr)); gap: .6rem 2rem; margin-top: .6rem; font-size: .9375rem; }
.facts dt { font-size: .8125rem; color: var(--soft); }
details { border-top: 1px solid var(--hair); }
details + details { margin-top: -1.75rem; }
details:last-child { border-bottom: 1px solid var(--hair); }
summary { padding-block: .7rem; cursor: pointer; font-weight: 600; font-size: .9375rem; }
details > div { padding-block: .5rem 1.25rem; display: grid; grid-template-columns: minmax(0, 1fr); gap: 1rem; }
details > div > * { min-width: 0; }

@media (max-width: 72rem) {
  .cards, .cards tbody, .cards tr, .cards th, .cards td, .cards caption { display: block; }
  .cards thead, .cards td:has(.none), .cards td.chart:empty { display: none; }
  .cards tr { position: relative; padding-block: .9rem; border-top: 1px solid var(--hair); }
  .cards th, .cards td { border: 0; padding: .15rem 0; text-align: left; width: auto; }
  .cards tbody th { font-size: 1.0625rem; padding-bottom: .3rem; }
  .cards td:not(.chart) { position: relative; padding-left: 7.5rem; min-height: 1.85em; }
  .cards td:not(.chart)::before { content: attr(data-title); position: absolute; left: 0; width: 7rem; color: var(--soft); font-size: .8125rem; line-height: 1.85; }
  .cards td.chart { padding: .6rem 0 .3rem; margin-left: -12px; }
  .cards .number, .cards .number small { white-space: normal; }
}
@media (min-width: 40rem) and (max-width: 72rem) {
  .cards tr:has(td.chart svg) { padding-right: 20rem; min-height: 5.5rem; }
  .cards td.chart { position: absolute; right: 0; top: .9rem; margin: 0; }
}
.pair.tall { grid-template-columns: minmax(0, 1fr); }
@media (max-width: 46rem) { .pair { grid-template-columns: minmax(0, 1fr); } }
`;
