/** On paper: everything unfolded, nothing cut in two, no colour that paper would waste. */
export const PRINT = `
@media print {
  @page { margin: 16mm 14mm; }
  body { font-size: 10pt; }
  .frame, main, footer { padding-inline: 0; max-width: none; }
  .banner { background: none; border: 0; border-left: 6px solid var(--tone); padding-left: 1rem; }
  .banner .frame { padding-block: 0 .5rem; }
  .word { color: var(--tone); background: none; border: 1px solid var(--tone); }
  .gate .stripe { stroke: #ffffff; }
  section, .body, .problems, details > div { display: block; }
  section { padding-block: 1.1rem; }
  h2, .body > * + *, .problems > * + *, details > div > * + * { margin-top: .9rem; }
  h2 { margin-bottom: .6rem; }
  h2, h3, caption, summary { break-after: avoid; }
  tr, figure, .problems > li, .run { break-inside: avoid; }
  .scroll { overflow: visible; }
  .plain { overflow-wrap: anywhere; }
  .plain td.text { min-width: 0; }
  details::details-content { content-visibility: visible; display: block; block-size: auto; opacity: 1; }
  summary { list-style: none; }
  .icon, .gate, svg.marks, .key, .line { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .skip { display: none; }
  main { padding-block: 0; }
  footer { padding-block: .5rem 0; }
}
`;
