import { describeMetric } from '../difference.ts';
import { type PackedModel, unpackVersion } from '../packed.ts';
import type { PageDocument, PageElement } from './dom.ts';

/** Says below a chart which version the pointer is at, and its number. The tables say the same to everyone. */
export function readPoints(document: PageDocument, model: PackedModel): void {
  for (const chart of Array.from(document.querySelectorAll('svg[data-metric]'))) {
    const readout = chart.closest('figure')?.querySelector('[data-readout]');
    if (readout) readChart(document, chart, readout, model);
  }
}

function readChart(document: PageDocument, chart: PageElement, readout: PageElement, model: PackedModel): void {
  const name = model.texts.indexOf(chart.dataset['metric'] ?? '');
  let found: string[] | undefined;
  // Only for whom points at it: with many versions this is most of the work.
  const list = (): string[] =>
    model.versions.flatMap((packed) => {
      if (!packed.metrics.some(([key, value]) => key === name && value !== null)) return [];
      const { version, metrics } = unpackVersion(packed, model.texts);
      const metric = metrics.find((one) => one.name === model.texts[name]);
      return [`${version}: ${describeMetric(metric)}${packed.p ? ', a pre-release' : ''}`];
    });
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  line.setAttribute('class', 'pointer');
  chart.addEventListener('pointermove', ({ clientX }) => {
    found ??= list();
    const { left, width } = chart.getBoundingClientRect();
    const place = Math.min(found.length - 1, Math.max(0, Math.floor(((clientX - left) / width) * found.length)));
    readout.textContent = found[place] ?? '';
    line.setAttribute('d', `M${((place + 0.5) / found.length) * 1000} 0V100`);
    chart.append(line);
  });
  chart.addEventListener('pointerleave', () => {
    readout.textContent = '';
    line.setAttribute('d', '');
  });
}
