import type { HealthEvent, PlacingEvent } from '../../../evidence/schema/ledger.ts';
import { html } from '../../html/blocks.ts';
import type { Markup } from '../../markup.ts';
import { formatInstant } from '../../numbers.ts';
import type { SiteStage } from '../facts.ts';

/** Per cent of the strip that a version's name needs at least, and that a tooltip is worth. */
const NAMED = 7;
const POINTED = 0.3;

/** A version for as long as it was in the stage. */
interface Held {
  readonly event: PlacingEvent;
  readonly start: number;
  readonly end: number;
}

/** The time that the strips of a model share: from the first event to the last, with a bit behind it. */
export interface Span {
  readonly first: string;
  readonly last: string;
}

/** Draws what a stage held over time; rollbacks look different, and what was seen unhealthy has a dashed line. */
export function drawStageStrip(stage: SiteStage, { first, last }: Span): Markup {
  const start = Date.parse(first);
  const length = Math.max(1, (Date.parse(last) - start) * 1.06);
  const place = (instant: string): number => Math.min(100, Math.max(0, ((Date.parse(instant) - start) / length) * 100));
  const placings = stage.events.filter((event): event is PlacingEvent => event.kind !== 'health');
  const held = placings.map(
    (event, index): Held => ({
      event,
      start: place(event.created),
      end: index + 1 < placings.length ? place(placings[index + 1]?.created ?? last) : 100,
    }),
  );
  const sick = stage.events.filter((event): event is HealthEvent => event.kind === 'health' && !event.healthy);
  return html`<figure class="strip">
<figcaption>${stage.name}</figcaption>
<svg class="lane" role="img" aria-label="${describe(stage.name, placings)}">${held.map(renderHeld)}${sick.map(
    ({ created }) =>
      html`<line class="sick" x1="${percent(place(created))}" x2="${percent(place(created))}" y1="0" y2="100%"/>`,
  )}</svg>
<div class="span" aria-hidden="true"><span>${formatInstant(first)}</span><span>now</span></div>
</figure>
`;
}

function percent(value: number): string {
  return `${Number(value.toFixed(3))}%`;
}

function renderHeld({ event, start, end }: Held): Markup {
  const width = end - start;
  const back = event.kind === 'rollback';
  const words = `${event.version} since ${formatInstant(event.created)}${back ? ', by a rollback' : ''}`;
  const title = width > POINTED && html`<title>${words}</title>`;
  return html`<rect class="held ${back ? 'back' : 'forth'}" x="${percent(start)}" width="${percent(width)}" y="1" height="32">${title}</rect>${
    width >= NAMED &&
    html`<svg x="${percent(start)}" width="${percent(width)}" height="36"><text x="8" y="21" class="${back ? 'back' : 'forth'}">${back && html`↩ `}${event.version}</text></svg>`
  }`;
}

function describe(stage: string, placings: readonly PlacingEvent[]): string {
  const back = placings.filter(({ kind }) => kind === 'rollback').length;
  const live = placings.at(-1);
  return `${stage} over time: ${placings.length} placings, ${back} of them rollbacks, ${live ? `${live.version} now` : 'nothing now'}`;
}
