import { Markup } from '../markup.ts';
import type { Summary } from '../view/summary.ts';
import { html } from './blocks.ts';
import { COLOURS } from './styles/colours.ts';
import { LAYOUT } from './styles/layout.ts';
import { PARTS } from './styles/parts.ts';
import { PRINT } from './styles/print.ts';

/** The page may load nothing and run nothing, whatever comes to stand in it. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/** Puts the parts of a report into one self-contained page. */
export function renderPage(summary: Summary, banner: Markup, parts: readonly (Markup | undefined)[]): string {
  const { headline, lineage } = summary;
  const styles = new Markup(`<style>${COLOURS}${LAYOUT}${PARTS}${PRINT}</style>`);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${headline.model}: ${headline.title}</title>
<link rel="icon" href="data:,">
${styles}
</head>
<body>
<a class="skip" href="#report">To the report</a>
${banner}<main id="report">
${parts}</main>
<footer>${lineage.tool ? html`Written by ${lineage.tool} from the evidence of this run.` : 'There is no evidence in this run.'}</footer>
</body>
</html>
`.text;
}
