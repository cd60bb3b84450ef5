import type { Markup } from '../markup.ts';
import { html } from './blocks.ts';

/** What the marks of a number line mean: the dot, and the diamond where there is one. */
export function renderLegend(dot: string, diamond: string | false): Markup {
  return html`<p class="legend" aria-hidden="true"><span class="key dot"></span>${dot} <span class="key bar"></span>interval ${
    diamond !== false && html`<span class="key diamond"></span>${diamond} `
  }<span class="key barred"></span>not allowed by a rule</p>`;
}
