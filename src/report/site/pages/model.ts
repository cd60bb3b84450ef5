import { html, NOTHING, renderSection, renderTable } from '../../html/blocks.ts';
import type { Insertable, Markup } from '../../markup.ts';
import { formatAmount, formatInstant } from '../../numbers.ts';
import type { PageNames } from '../addresses.ts';
import { drawMetricHistory } from '../charts/metric-history.ts';
import { findLive, findNewest, findSickness, type SiteFacts, type SiteModel } from '../facts.ts';
import { computeHistory, listMetrics, NO_NUMBERS, nameMetric } from '../metrics.ts';
import { packModel, renderEmbeddedJson } from '../packed.ts';
import { renderSitePage } from '../page.ts';
import { renderChooser } from '../sections/comparison.ts';
import { computeSpan, countEvents, renderStageHistory, renderStrip, renderStripLegend } from '../sections/stages.ts';
import { createVersionLinks, renderVersionControls, renderVersionTable } from '../sections/versions.ts';

/** Charts of one page, and events of a stage on it; the other pages of the model have all. */
const MAX_CHARTS = 24;
const RECENT_EVENTS = 8;

/** The page of a model. */
export function renderModelPage(facts: SiteFacts, model: SiteModel, pages: PageNames): string {
  const { name, versions, stages } = model;
  const metrics = listMetrics(model);
  const newest = findNewest(model);
  const link = createVersionLinks(model, pages);
  const filled = stages.filter((stage) => findLive(stage));
  const last = filled.find((stage) => stage.name === 'production') ?? filled.at(-1);
  const live = last && findLive(last);
  const sick = last && live && findSickness(last, live);
  return renderSitePage(facts, {
    title: `${name} in ${facts.repository}`,
    trail: [[facts.title, 'index.html']],
    subject: name,
    heading: live
      ? `${live.version} is live in ${live.stage}`
      : versions.length === 0
        ? 'No version yet'
        : 'Nothing is live yet',
    lead: sick
      ? html`It was seen unhealthy on ${formatInstant(sick.created)}: <bdi>${sick.reason}</bdi>`
      : newest
        ? html`The newest version is ${link(newest.version)}, released ${formatInstant(newest.created)}.`
        : 'A release writes the first version.',
    facts: [
      ['Versions', formatAmount(versions.length, 'version')],
      ['Stages', stages.length === 0 ? 'none' : stages.map((stage) => stage.name).join(', ')],
      ['Metrics', metrics.length === 0 ? 'no numbers' : formatAmount(metrics.length, 'metric')],
    ],
    alarm: sick !== undefined,
    content: [
      renderJumps(),
      renderSection('live', 'Live now', [renderLive(model, link)]),
      renderSection('metrics', 'Metric history', renderCharts(model, metrics)),
      renderSection('timeline', 'What was live when', renderTimeline(facts, model, pages, link)),
      renderSection('versions', 'Versions', [
        versions.length === 0 ? html`<p>There is no version of this model yet.</p>` : renderVersionControls(),
        versions.length > 0 && renderVersionTable(facts, model, pages, metrics),
      ]),
      renderSection('compare', 'Compare', [
        versions.length < 2 ? html`<p>There are no two versions to compare yet.</p>` : renderChooser(),
      ]),
    ],
    data: renderEmbeddedJson(packModel(model, nameMetric)),
  });
}

const JUMPS = [
  ['live', 'Live now'],
  ['metrics', 'Metric history'],
  ['timeline', 'What was live when'],
  ['versions', 'Versions'],
  ['compare', 'Compare'],
] as const;

function renderJumps(): Markup {
  return html`<nav class="jump" aria-label="On this page"><ul>${JUMPS.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>\n`;
}

function renderLive({ stages }: SiteModel, link: (version: string) => Insertable): Insertable {
  if (stages.length === 0) return html`<p>No version was put into a stage yet.</p>`;
  return renderTable({
    caption: 'What each stage holds',
    rows: stages.map((stage) => ({ stage, live: findLive(stage) })),
    cards: true,
    columns: [
      { title: 'Stage', kind: 'head', cell: ({ stage }) => stage.name },
      {
        title: 'Version',
        cell: ({ stage, live }) =>
          live
            ? html`<b class="value">${link(live.version)}</b>${findSickness(stage, live) && html` <span class="badge fail">seen unhealthy</span>`}`
            : 'never filled: no version was put into it yet',
      },
      { title: 'Since', cell: ({ live }) => (live ? formatInstant(live.created) : NOTHING) },
      {
        title: 'How',
        cell: ({ live }) =>
          live
            ? html`${live.kind === 'rollback' ? 'rolled back' : 'promoted'} for <bdi>${live.requestedBy}</bdi>${live.reason !== '' && html`<small><bdi>${live.reason}</bdi></small>`}`
            : NOTHING,
      },
    ],
  });
}

function renderCharts(model: SiteModel, metrics: readonly string[]): Insertable[] {
  const drawn = metrics.map((name) => ({ name, points: computeHistory(model, name) }));
  const charts = drawn.filter(({ points }) => points.length > 0).slice(0, MAX_CHARTS);
  if (charts.length === 0)
    return [html`<p>${model.versions.length === 0 ? 'There are no numbers yet.' : NO_NUMBERS}</p>`];
  const silent = model.versions.filter(({ event }) => event.metrics.length === 0).length;
  return [
    silent > 0 && html`<p class="soft">${formatAmount(silent, 'version')} without numbers in the ledger.</p>`,
    html`<div>${charts.map(({ name, points }) => drawMetricHistory(nameMetric(name), name, points))}</div>`,
    html`<p class="legend items" aria-hidden="true"><span><span class="key dot"></span>version</span><span><span class="key early"></span>pre-release</span><span><span class="key live"></span>live now</span><span><span class="key bar"></span>interval</span></p>`,
    drawn.length > charts.length && html`<p class="soft">The other metrics are on the pages of the versions.</p>`,
  ];
}

function renderTimeline(
  facts: SiteFacts,
  model: SiteModel,
  pages: PageNames,
  link: (version: string) => Insertable,
): Insertable[] {
  const { stages } = model;
  const span = computeSpan(model);
  if (span === undefined) return [html`<p>No version was put into a stage yet.</p>`];
  return [
    ...stages.map((stage) => renderStrip(stage, span)),
    renderStripLegend(),
    ...stages.flatMap((stage) => [
      renderStageHistory(facts, stage, link, RECENT_EVENTS),
      stage.events.length > RECENT_EVENTS &&
        html`<p><a href="${pages.stages}#stage-${stage.name}">All ${countEvents(stage)} of ${stage.name}</a></p>`,
    ]),
  ];
}
