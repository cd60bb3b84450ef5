import semver from 'semver';
import { html, NOTHING } from '../../html/blocks.ts';
import type { Insertable, Markup } from '../../markup.ts';
import { formatInstant, formatInterval, formatMetric } from '../../numbers.ts';
import { OUTCOME_WORDING } from '../../wording.ts';
import { nameRelease, type PageNames, renderLink } from '../addresses.ts';
import { listLiveStages, type SiteFacts, type SiteModel, type SiteVersion } from '../facts.ts';
import { findMetric, nameMetric } from '../metrics.ts';

/** Columns of metrics that the table of versions has room for; the details have all. */
const MAX_METRICS = 8;

/** Rows beyond which a browser lays the table out only when it comes into sight. */
const MANY = 100;

/** Links versions to their details from any page of the site. */
export function createVersionLinks(model: SiteModel, pages: PageNames): (version: string) => Insertable {
  const places = new Map(model.versions.map(({ event }, place) => [event.version, place]));
  return (version) => {
    const place = places.get(version);
    return place === undefined ? version : html`<a href="${pages.versions(place)}#${version}">${version}</a>`;
  };
}

/** What a version is, in badges. */
export function renderBadges(model: SiteModel, { event, state }: SiteVersion): Insertable {
  return [
    listLiveStages(model, event.version).map((stage) => html`<span class="badge registry">live in ${stage}</span>`),
    event.prerelease && html`<span class="badge cannot-measure">pre-release</span>`,
    event.outcome !== 'pass' &&
      html`<span class="badge ${event.outcome}">verdict: ${OUTCOME_WORDING[event.outcome].word}</span>`,
    state === 'withdrawn' && html`<span class="badge fail">withdrawn</span>`,
    state === 'unfinished' && html`<span class="badge not-applicable">not published</span>`,
  ];
}

/** All versions in one table, newest first. The script sorts it by the `data-key` of its cells, and filters it. */
export function renderVersionTable(facts: SiteFacts, model: SiteModel, pages: PageNames, metrics: string[]): Markup {
  const link = createVersionLinks(model, pages);
  const ranks = rankVersions(model);
  const shown = metrics.slice(0, MAX_METRICS);
  const head = (title: string, kind: string): Markup => html`<th scope="col" class="${kind}" data-sort>${title}</th>`;
  const rows = model.versions.toReversed();
  const row = (version: SiteVersion): Markup => {
    const { event } = version;
    return html`<tr${event.prerelease && html` data-early`}><th scope="row" data-key="${ranks.get(event.version) ?? 0}">${link(event.version)}</th><td data-key="${event.sequence}">${formatInstant(event.created)}</td><td>${renderBadges(model, version)}</td>${shown.map(
      (name) => renderNumber(findMetric(event, name)),
    )}<td>${version.state === 'unfinished' ? NOTHING : renderLink(nameRelease(facts, event.tag), html`release<span class="hidden"> ${event.version}</span>`)}</td></tr>\n`;
  };
  return html`<div class="scroll tall ${rows.length > MANY && 'many'}" tabindex="0" role="region" aria-label="All versions"><table class="plain versions" id="versions-table">
<caption>All versions</caption>
<thead><tr>${head('Version', 'text')}${head('Released', 'text')}<th scope="col">State</th>${shown.map((name) => head(nameMetric(name).title, 'number'))}<th scope="col">Download</th></tr></thead>
<tbody>
${rows.map(row)}</tbody>
</table></div>${metrics.length > MAX_METRICS && html`<p class="soft">${metrics.length - MAX_METRICS} more metrics are on the pages of the versions.</p>`}`;
}

function renderNumber(metric: ReturnType<typeof findMetric>): Markup {
  if (metric?.value == null) return html`<td class="number">${NOTHING}</td>`;
  const { value, interval } = metric;
  return html`<td class="number" data-key="${value}">${formatMetric(value)}${interval && html`<small>${formatInterval(interval)}</small>`}</td>`;
}

/** Places in the order of semantic versions. */
function rankVersions(model: SiteModel): Map<string, number> {
  const versions = model.versions.map(({ event }) => event.version).sort((a, b) => semver.compare(a, b));
  return new Map(versions.map((version, rank) => [version, rank]));
}

/** What filters the table; hidden until the script is there to do it. */
export function renderVersionControls(): Markup {
  return html`<div class="controls" id="versions-controls" hidden>
<div class="field"><label for="filter">Filter</label><input type="search" id="filter" autocomplete="off" spellcheck="false" aria-describedby="filtered"></div>
<label class="tick"><input type="checkbox" id="early" checked> Pre-releases</label>
<p class="soft" id="filtered" role="status"></p>
</div>`;
}
