import type { TopLevelSpec } from 'vega-lite';
import { escapeHtml } from '../../escaping.ts';
import { Markup } from '../../markup.ts';

/** Draws a chart as SVG; `label` is what it shows, for readers who do not see it. */
export type Draw = (spec: TopLevelSpec, label: string) => Promise<Markup>;

const FONT_SIZE = 11;

/** Colours are the page’s, so that a chart follows it into the dark. */
const CONFIG = {
  aria: false,
  background: 'transparent',
  font: 'sans-serif',
  view: { stroke: null },
  axis: {
    domain: false,
    ticks: false,
    grid: true,
    gridColor: 'var(--hair)',
    gridWidth: 1,
    labelColor: 'var(--soft)',
    labelFontSize: FONT_SIZE,
    titleColor: 'var(--soft)',
    titleFontSize: FONT_SIZE,
    titleFontWeight: 'normal',
  },
  text: { fontSize: FONT_SIZE },
} as const;

const quiet = { level: () => quiet, error: () => quiet, warn: () => quiet, info: () => quiet, debug: () => quiet };

/**
 * Loads the drawing libraries, which nothing but the page needs, and returns what draws with them. User's texts go in as
 * values of data, never as names of fields or expressions: those are code to the libraries.
 */
export async function loadDraw(): Promise<Draw> {
  const [vega, lite] = await Promise.all([import('vega'), import('vega-lite')]);
  return async (spec, label) => {
    const compiled = lite.compile(spec, { config: CONFIG as never, logger: quiet as never });
    const view = new vega.View(vega.parse(compiled.spec), { renderer: 'none', logLevel: vega.Error });
    const svg = await view.toSVG();
    view.finalize();
    const inner = svg.replace(/ xmlns(?::xlink)?="[^"]*"/g, '').replace(/ version="1\.1"/, '');
    return new Markup(inner.replace('<svg', `<svg role="img" aria-label="${escapeHtml(label)}"`));
  };
}
