import type { HealthEvent, PlacingEvent } from '../../../evidence/schema/ledger.ts';
import { html, NOTHING, renderTable } from '../../html/blocks.ts';
import type { Insertable, Markup } from '../../markup.ts';
import { formatAmount, formatInstant } from '../../numbers.ts';
import { nameEvent, renderLink } from '../addresses.ts';
import { drawStageStrip, type Span } from '../charts/stage-strip.ts';
import type { SiteFacts, SiteModel, SiteStage } from '../facts.ts';

type StageEvent = PlacingEvent | HealthEvent;

/** Rows of one table: a longer history is told in several. */
const CHUNK = 500;

/** What happened in a stage, newest first, as far as `most` allows. */
export function renderStageHistory(
  facts: SiteFacts,
  stage: SiteStage,
  link: (version: string) => Insertable,
  most: number = Number.POSITIVE_INFINITY,
): Insertable {
  const events = stage.events.toReversed().slice(0, most);
  const chunks = Array.from({ length: Math.ceil(events.length / CHUNK) }, (_, index) =>
    events.slice(index * CHUNK, (index + 1) * CHUNK),
  );
  const more = stage.events.length > events.length ? `, the newest ${events.length}` : '';
  return chunks.map((rows, index) =>
    renderTable<StageEvent>({
      caption: `What happened in ${stage.name}${chunks.length > 1 ? `, part ${index + 1}` : more}`,
      rows,
      cards: true,
      columns: [
        {
          title: 'When',
          kind: 'head',
          cell: ({ created }) => html`<span class="nowrap">${formatInstant(created)}</span>`,
        },
        { title: 'What', cell: renderWhat },
        {
          title: 'Version',
          cell: (event) =>
            html`${link(event.version)}${event.kind !== 'health' && event.from !== null && html`<small>after ${event.from}</small>`}`,
        },
        { title: 'Who', cell: renderWho },
        { title: 'Reason', cell: ({ reason }) => (reason === '' ? NOTHING : html`<bdi>${reason}</bdi>`) },
        {
          title: 'Ledger',
          cell: ({ sequence }) => renderLink(nameEvent(facts, sequence), `event ${sequence}`),
        },
      ],
    }),
  );
}

/** What an event did to its stage, in a word and a colour. */
export function renderWhat(event: StageEvent): Markup {
  if (event.kind === 'promotion') return html`<span class="badge registry">promoted</span>`;
  if (event.kind === 'rollback') return html`<span class="badge fail">rolled back to</span>`;
  return event.healthy
    ? html`<span class="badge pass">seen healthy</span>`
    : html`<span class="badge fail">seen unhealthy</span>`;
}

function renderWho(event: StageEvent): Markup {
  const approvals = event.kind === 'promotion' ? event.approvals : [];
  const asker = event.kind === 'health' ? event.actor : event.requestedBy;
  return html`<bdi>${asker}</bdi>${approvals.map(
    ({ login, by, url }) =>
      html`<small>approved by ${renderLink(url, login)} (${by === 'issue' ? 'in an issue' : 'in the environment'})</small>`,
  )}`;
}

/** The time that all strips of a model share; undefined where nothing was ever put into a stage. */
export function computeSpan({ stages }: SiteModel): Span | undefined {
  const times = stages.flatMap(({ events }) => events.map(({ created }) => created)).sort();
  const [first, last] = [times[0], times.at(-1)];
  return first !== undefined && last !== undefined ? { first, last } : undefined;
}

/** What a stage held over time as a picture, or that it held nothing. */
export function renderStrip(stage: SiteStage, span: Span | undefined): Markup {
  const filled = stage.events.some(({ kind }) => kind !== 'health');
  return span && filled
    ? drawStageStrip(stage, span)
    : html`<p><b>${stage.name}</b>: no version was ever put into this stage.</p>`;
}

/** What the marks on a strip mean. */
export function renderStripLegend(): Markup {
  return html`<p class="legend items" aria-hidden="true"><span><span class="key held"></span>promoted</span><span><span class="key back"></span>↩ by a rollback</span><span><span class="key sick"></span>seen unhealthy</span></p>`;
}

/** How much happened in a stage: `12 events`. */
export function countEvents({ events }: SiteStage): string {
  return formatAmount(events.length, 'event');
}
