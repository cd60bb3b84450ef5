import type { ReleaseEvent } from '../../../evidence/schema/ledger.ts';
import { html, renderFacts, renderOutcome, renderTable } from '../../html/blocks.ts';
import type { Insertable, Markup } from '../../markup.ts';
import { formatCommit, formatCount, formatDigest, formatInstant, formatLevel, formatSize } from '../../numbers.ts';
import { nameCommit, nameEvent, nameRelease, renderLink } from '../addresses.ts';
import { computeDifference, describeMetric } from '../difference.ts';
import type { SiteFacts, SiteModel, SiteVersion } from '../facts.ts';
import { NO_NUMBERS, nameMetric } from '../metrics.ts';
import { renderDifference } from './comparison.ts';
import { renderBadges } from './versions.ts';

const STATE_WORDS = {
  listed: undefined,
  withdrawn: 'This version was withdrawn: a tag says that it should not be used any more.',
  unfinished: 'This version stands in the ledger and was never published. Running the release again finishes it.',
} as const;

/** Everything that the ledger says of a version. */
export function renderVersion(
  facts: SiteFacts,
  model: SiteModel,
  version: SiteVersion,
  before: ReleaseEvent | undefined,
): Markup {
  const { event, state } = version;
  const words = STATE_WORDS[state];
  return html`<article id="${event.version}" aria-labelledby="${event.version}-title">
<h3 id="${event.version}-title">${event.version} ${renderBadges(model, version)}</h3>
${words !== undefined && html`<p><b>${words}</b></p>`}
${renderFacts(listFacts(facts, event))}
${state !== 'unfinished' && renderDownload(facts, event)}
${renderFiles(event)}
${event.metrics.length === 0 && html`<p>${NO_NUMBERS}</p>`}
${renderMetrics(event)}
${renderJudged('Rules', 'Rule', event.rules)}
${event.controls.length > 0 ? renderJudged('Controls', 'Control', event.controls) : html`<p class="soft">No control was asked for.</p>`}
${renderWaivers(event)}
${renderTable({
  caption: 'Data sets',
  rows: event.data,
  cards: true,
  columns: [
    { title: 'Data set', kind: 'head', cell: ({ name }) => name },
    { title: 'sha256', cell: ({ sha256 }) => html`<code>${sha256.replace('sha256:', '')}</code>` },
  ],
})}
<h4>${before ? `What changed since ${before.version}` : 'The first version: there is nothing to compare it with'}</h4>
${before && renderDifference(computeDifference(before, event, nameMetric), false)}
</article>
`;
}

function listFacts(facts: SiteFacts, event: ReleaseEvent): [string, Insertable][] {
  const { run } = event;
  return [
    ['Released', html`${formatInstant(event.created)} by <bdi>${event.actor}</bdi>`],
    ['Verdict', html`${renderOutcome(event.outcome)} <code>${formatDigest(event.verdict)}</code>`],
    ['Commit', renderLink(nameCommit(facts, event.commit), html`<code>${formatCommit(event.commit)}</code>`)],
    ...(run ? [['Run', renderLink(run.url, `run ${run.id}, attempt ${run.attempt}`)] as [string, Insertable]] : []),
    ['manifest.json', html`<code>${formatDigest(event.manifest)}</code>`],
    ['Model', html`<code>${formatDigest(event.modelDigest)}</code>`],
    ['Ledger', renderLink(nameEvent(facts, event.sequence), `event ${event.sequence}`)],
  ];
}

function renderDownload(facts: SiteFacts, { tag, reference }: ReleaseEvent): Markup {
  return html`<p>${renderLink(nameRelease(facts, tag), html`<b>Release ${tag} with its assets</b>`)}${reference !== null && html`; the model’s files lie in <code>${reference}</code>`}</p>
<pre><code>modelgate fetch ${tag}</code></pre>`;
}

function renderFiles({ files }: ReleaseEvent): Markup | undefined {
  return renderTable({
    caption: 'Files of the model',
    rows: files,
    cards: true,
    columns: [
      { title: 'File', kind: 'head', cell: ({ path }) => path },
      { title: 'Size', kind: 'number', cell: ({ size }) => formatSize(size) },
      { title: 'sha256', cell: ({ sha256 }) => html`<code>${sha256.replace('sha256:', '')}</code>` },
    ],
  });
}

function renderMetrics({ metrics }: ReleaseEvent): Markup | undefined {
  return renderTable({
    caption: 'Metrics',
    rows: metrics,
    cards: true,
    columns: [
      { title: 'Metric', kind: 'head', cell: ({ name }) => nameMetric(name).title },
      { title: 'Value', kind: 'number', cell: (metric) => describeMetric(metric) },
      {
        title: 'Interval',
        cell: ({ interval }) => (interval ? `${formatLevel(interval.level)} ${interval.method}` : 'none'),
      },
      { title: 'Rows', kind: 'number', cell: ({ n }) => formatCount(n) },
    ],
  });
}

function renderJudged(caption: string, title: string, rows: ReleaseEvent['rules']): Markup | undefined {
  return renderTable({
    caption,
    rows,
    cards: true,
    columns: [
      { title, kind: 'head', cell: ({ id }) => id },
      {
        title: 'Outcome',
        cell: ({ outcome, waived }) => html`${renderOutcome(outcome, waived)}${waived && ' (waived)'}`,
      },
    ],
  });
}

function renderWaivers({ waivers }: ReleaseEvent): Markup | undefined {
  return renderTable({
    caption: 'Waivers',
    rows: waivers,
    cards: true,
    columns: [
      { title: 'Waives', kind: 'head', cell: ({ waives }) => waives },
      { title: 'Reason', cell: ({ reason }) => html`<bdi>${reason}</bdi>` },
      { title: 'Approved by', cell: ({ approver }) => html`<bdi>${approver}</bdi>` },
      { title: 'Until', cell: ({ expires }) => expires },
    ],
  });
}
