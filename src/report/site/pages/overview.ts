import type { LedgerEvent } from '../../../evidence/schema/ledger.ts';
import { html, NOTHING, renderFacts, renderSection, renderTable } from '../../html/blocks.ts';
import type { Insertable, Markup } from '../../markup.ts';
import { formatAmount, formatDigest, formatInstant } from '../../numbers.ts';
import { describeEvent, describeReason } from '../../terminal/ledger-wording.ts';
import { nameEvent, type PageNames, renderLink } from '../addresses.ts';
import { findLive, findNewest, findSickness, type SiteFacts, type SiteModel } from '../facts.ts';
import { renderSitePage } from '../page.ts';
import { renderWhat } from '../sections/stages.ts';
import { createVersionLinks } from '../sections/versions.ts';

type Pages = ReadonlyMap<string, PageNames>;

/** The first page of the site: every model, what happened last, and where the ledger stands. */
export function renderOverview(facts: SiteFacts, pages: Pages): string {
  const { models, head, address } = facts;
  const versions = models.reduce((sum, model) => sum + model.versions.length, 0);
  const stages = models.flatMap((model) => model.stages.map((stage) => ({ model, stage, live: findLive(stage) })));
  const live = stages.filter((one) => one.live !== undefined);
  const sick = live.filter(({ stage, live: placing }) => placing && findSickness(stage, placing));
  return renderSitePage(facts, {
    title: facts.title,
    trail: [],
    subject: renderLink(address, facts.title),
    heading:
      models.length === 0 ? 'No model was released yet' : `${formatAmount(models.length, 'model')} in the registry`,
    lead:
      models.length === 0
        ? 'The ledger is empty. The first release of a model writes its first event, and this page shows it.'
        : sick.length > 0
          ? `Seen unhealthy where it is live: ${sick.map(({ model, live: placing }) => `${model.name} ${placing?.version} in ${placing?.stage}`).join(', ')}.`
          : 'What was released, what is live where, and what the numbers were when it was decided.',
    facts: [
      ['Versions', formatAmount(versions, 'version')],
      ['Live', live.length === 0 ? 'nothing' : formatAmount(live.length, 'stage')],
      ['Ledger', head ? formatAmount(head.sequence, 'event') : 'empty'],
      ['Head', head ? html`<code>${formatDigest(head.digest)}</code>` : 'none'],
    ],
    alarm: sick.length > 0,
    content: [renderModels(facts, pages), renderRecent(facts, pages), renderLedger(facts)],
  });
}

function renderModels({ models }: SiteFacts, pages: Pages): Markup | undefined {
  return renderSection('models', 'Models', [
    renderTable({
      caption: 'Every model, its newest version, and what is live',
      rows: models,
      cards: true,
      columns: [
        {
          title: 'Model',
          kind: 'head',
          cell: (model) =>
            html`<a href="${pages.get(model.name)?.model}">${model.name}</a><small>${formatAmount(model.versions.length, 'version')}</small>`,
        },
        { title: 'Newest', cell: (model) => renderNewest(model, pages) },
        { title: 'Live', cell: (model) => renderLive(model, pages) },
      ],
    }),
  ]);
}

function renderNewest(model: SiteModel, pages: Pages): Insertable {
  const names = pages.get(model.name);
  const newest = findNewest(model);
  if (newest === undefined || names === undefined) return html`no version was published yet`;
  return html`${createVersionLinks(model, names)(newest.version)}<small>${formatInstant(newest.created)}</small>`;
}

function renderLive(model: SiteModel, pages: Pages): Insertable {
  const names = pages.get(model.name);
  if (names === undefined || model.stages.length === 0) return html`nothing was put into a stage yet`;
  const link = createVersionLinks(model, names);
  return html`<ul class="plain-list">${model.stages.map((stage) => {
    const live = findLive(stage);
    if (live === undefined) return html`<li>${stage.name}: <span class="soft">never filled</span></li>`;
    const sick = findSickness(stage, live) && html` <span class="badge fail">seen unhealthy</span>`;
    return html`<li>${stage.name}: <b>${link(live.version)}</b> <span class="soft">since ${formatInstant(live.created)}</span>${sick}</li>`;
  })}</ul>`;
}

function renderRecent(facts: SiteFacts, pages: Pages): Markup | undefined {
  const links = new Map(
    facts.models.flatMap((model) => {
      const names = pages.get(model.name);
      return names ? [[model.name, createVersionLinks(model, names)] as const] : [];
    }),
  );
  return renderSection('recent', 'What happened last', [
    renderTable<LedgerEvent>({
      caption: 'The newest events of the ledger',
      rows: facts.recent,
      cards: true,
      columns: [
        {
          title: 'When',
          kind: 'head',
          cell: ({ created }) => html`<span class="nowrap">${formatInstant(created)}</span>`,
        },
        { title: 'Model', cell: ({ model }) => model },
        {
          title: 'What',
          cell: renderEvent,
        },
        {
          title: 'Version',
          cell: (event) => ('version' in event ? (links.get(event.model)?.(event.version) ?? event.version) : NOTHING),
        },
        { title: 'Who', cell: ({ actor }) => html`<bdi>${actor}</bdi>` },
        {
          title: 'Reason',
          cell: (event) => {
            const reason = describeReason(event);
            return reason === '' ? NOTHING : html`<bdi>${reason}</bdi>`;
          },
        },
      ],
    }),
  ]);
}

function renderEvent(event: LedgerEvent): Markup {
  if (event.kind === 'release') return html`<span class="badge pass">released</span>`;
  if (event.kind === 'verdict') return html`<span class="badge ${event.outcome}">${describeEvent(event)}</span>`;
  return html`${renderWhat(event)} ${event.stage}`;
}

function renderLedger(facts: SiteFacts): Markup | undefined {
  const { head } = facts;
  return renderSection('ledger', 'Ledger', [
    html`<p>Everything here was read from the ledger: one file an event on the branch <code>modelgate</code>, each naming the digest of the one before. It can be checked with:</p>
<pre><code>modelgate verify --ledger</code></pre>`,
    facts.unread > 0 &&
      html`<p><b>${formatAmount(facts.unread, 'event')}</b> of a newer Modelgate can not be read by the version that built this site, and ${facts.unread === 1 ? 'is' : 'are'} not shown.</p>`,
    renderFacts([
      ['Events', head ? renderLink(nameEvent(facts, head.sequence), `${head.sequence}`) : 'none yet'],
      ['Digest of the newest', head ? html`<code>${head.digest}</code>` : 'none yet'],
    ]),
  ]);
}
