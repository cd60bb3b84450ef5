/** The page: a sheet with the headings at the side, in one column on a phone. */
export const LAYOUT = `
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--ink); overflow-wrap: anywhere;
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; font-variant-numeric: tabular-nums; }
h1, h2, h3, p, ul, dl, dd, figure { margin: 0; padding: 0; }
ul { list-style: none; }
code { font: .875em ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
small { display: block; font-size: .8125rem; line-height: 1.45; font-weight: 400; color: var(--soft); }
.soft { color: var(--soft); }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 1rem; padding: .5rem 1rem; background: var(--paper); z-index: 1; }
:focus-visible { outline: 3px solid var(--data); outline-offset: 2px; }

.frame, main, footer { max-width: 74rem; margin-inline: auto; padding-inline: clamp(1rem, 4vw, 3rem); }
.banner { background: var(--tint); border-top: 6px solid var(--tone); }
.banner .frame { padding-block: clamp(1.75rem, 5vw, 3.5rem) 1.5rem; }
.lead { display: flex; gap: 2rem; justify-content: space-between; align-items: flex-end; }
.model { font-weight: 600; font-size: 1.0625rem; }
.word { margin-left: .75rem; padding: .1rem .6rem; border-radius: 1rem; background: var(--tone); color: var(--tint); font-size: .875rem; }
h1 { margin-top: .6rem; font-size: clamp(1.9rem, 5.2vw, 3.1rem); line-height: 1.08; font-weight: 680; letter-spacing: -.022em;
  color: var(--tone); text-wrap: balance; }
.reason { margin-top: .75rem; max-width: 46rem; font-size: 1.125rem; }
.banner dl { display: flex; flex-wrap: wrap; gap: .75rem 2.5rem; margin-top: clamp(1.25rem, 3vw, 2.25rem); }
.banner dt { font-size: .8125rem; color: var(--soft); }
.banner dd { font-size: .9375rem; font-weight: 550; }

main { padding-block: 0 1rem; background: var(--paper); }
section { display: grid; grid-template-columns: 8.5rem minmax(0, 1fr); gap: 2.5rem; padding-block: 2.5rem; }
section + section, .notes + section { border-top: 1px solid var(--hair); }
h2 { font-size: 1.0625rem; line-height: 1.35; font-weight: 650; }
h3 { font-size: .9375rem; font-weight: 650; }
.body { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.75rem; min-width: 0; }
.body > * { min-width: 0; }
.lede { font-size: 1.0625rem; }
.notes { padding-block: 1.5rem; display: grid; gap: .5rem; }
.notes p { padding-left: 1rem; border-left: 3px solid var(--unknown); }
footer { padding-block: 1.25rem 3rem; font-size: .8125rem; color: var(--soft); }

@media (max-width: 52rem) {
  section { grid-template-columns: minmax(0, 1fr); gap: 1.1rem; padding-block: 2rem; }
  h2 { font-size: 1.25rem; }
}
@media (max-width: 34rem) { .lead { flex-direction: column-reverse; align-items: flex-start; gap: 1rem; } .gate { width: 84px; height: 68px; } }
`;
