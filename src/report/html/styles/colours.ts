const LIGHT = `
  --page: #eef1f4; --paper: #ffffff; --ink: #15202b; --soft: #50606f; --hair: #dbe2e8; --shade: #f5f7f9;
  --data: #22589c; --second: #b2580c; --third: #6a4aa5; --barred: #f6dfda; --edge: #b02a1d;
  --pass: #0f6b42; --pass-tint: #dff1e6; --fail: #ac2a1c; --fail-tint: #fae3df;
  --unknown: #7d5000; --unknown-tint: #f9ebcd; --none: #50606f; --none-tint: #e6ebef;`;

const DARK = `
  --page: #0d1217; --paper: #151c23; --ink: #e8edf2; --soft: #a3b2c0; --hair: #2b3742; --shade: #1b242d;
  --data: #7db2f2; --second: #f0a35e; --third: #b9a2f0; --barred: #3d2220; --edge: #ff9483;
  --pass: #74d3a2; --pass-tint: #12301f; --fail: #ff9c8d; --fail-tint: #3c1a16;
  --unknown: #f1bd61; --unknown-tint: #35280c; --none: #a3b2c0; --none-tint: #222d37;`;

/** The palette: one blue for data, one colour for each outcome, and greys; the same names by day and by night. */
export const COLOURS = `
:root { color-scheme: light dark; ${LIGHT} }
@media (prefers-color-scheme: dark) { :root { ${DARK} } }
@media print { :root { color-scheme: light; ${LIGHT} --page: #ffffff; } }
.pass { --tone: var(--pass); --tint: var(--pass-tint); }
.fail { --tone: var(--fail); --tint: var(--fail-tint); }
.cannot-measure, .tolerated { --tone: var(--unknown); --tint: var(--unknown-tint); }
.not-applicable { --tone: var(--none); --tint: var(--none-tint); }
`;
