import type { Markup } from '../../markup.ts';
import { formatCount } from '../../numbers.ts';
import type { Summary } from '../../view/summary.ts';
import { html, renderSection } from '../blocks.ts';
import type { Draw } from '../charts/canvas.ts';
import { drawCurvePanel, nameCurve } from '../charts/curve-panel.ts';

/** Curves that are drawn; the rest is in the evidence. */
const MAX_CURVES = 12;

/** ROC, precision-recall and calibration curves, as the evidence keeps them: thinned. */
export async function renderScoreCurves({ curves }: Summary, draw: Draw): Promise<Markup | undefined> {
  const shown = curves.filter(({ points }) => points.length > 0).slice(0, MAX_CURVES);
  const panels = await Promise.all(
    shown.map(
      async (curve) =>
        html`<figure><figcaption>${nameCurve(curve)}</figcaption>${await drawCurvePanel(draw, curve)}</figure>`,
    ),
  );
  const left = curves.length - shown.length;
  return renderSection('curves', 'Curves', [
    panels.length > 0 && html`<div class="panels">${panels}</div>`,
    left > 0 && panels.length > 0 && html`<p class="soft">${formatCount(left)} more in the evidence.</p>`,
  ]);
}
