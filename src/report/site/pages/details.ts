import type { ReleaseEvent } from '../../../evidence/schema/ledger.ts';
import { html, renderSection } from '../../html/blocks.ts';
import { formatAmount } from '../../numbers.ts';
import { type PageNames, VERSIONS_PER_PAGE } from '../addresses.ts';
import type { SiteFacts, SiteModel } from '../facts.ts';
import { renderSitePage } from '../page.ts';
import { computeSpan, renderStageHistory, renderStrip, renderStripLegend } from '../sections/stages.ts';
import { renderVersion } from '../sections/version.ts';
import { createVersionLinks } from '../sections/versions.ts';

/** The page with everything that ever happened in the stages of a model. */
export function renderStagesPage(facts: SiteFacts, model: SiteModel, pages: PageNames): string {
  const link = createVersionLinks(model, pages);
  const span = computeSpan(model);
  return renderSitePage(facts, {
    title: `Stages of ${model.name}`,
    trail: listTrail(facts, model, pages),
    subject: model.name,
    heading: 'What was live when',
    lead: 'Every promotion, rollback and sign of health, newest first.',
    facts: model.stages.map(({ name, events }) => [name, formatAmount(events.length, 'event')] as const),
    content:
      model.stages.length === 0
        ? renderSection('none', 'Stages', [html`<p>No version was put into a stage yet.</p>`])
        : model.stages.map((stage) =>
            renderSection(`stage-${stage.name}`, stage.name, [
              renderStrip(stage, span),
              span && renderStripLegend(),
              renderStageHistory(facts, stage, link),
            ]),
          ),
  });
}

/** The pages with the details of every version, by their names; within a page the newest stands first. */
export function renderVersionPages(
  facts: SiteFacts,
  model: SiteModel,
  pages: PageNames,
): [name: string, page: string][] {
  const count = Math.ceil(model.versions.length / VERSIONS_PER_PAGE);
  const before = findVersionsBefore(model);
  return Array.from({ length: count }, (_, index) => {
    const start = index * VERSIONS_PER_PAGE;
    const shown = model.versions.slice(start, start + VERSIONS_PER_PAGE);
    const range = `${shown[0]?.event.version} to ${shown.at(-1)?.event.version}`;
    const page = renderSitePage(facts, {
      title: `Versions ${range} of ${model.name}`,
      trail: listTrail(facts, model, pages),
      subject: model.name,
      heading: shown.length === 1 ? `Version ${shown[0]?.event.version}` : `Versions ${range}`,
      lead: 'What each was made of, what was decided, and what changed since the version before.',
      facts:
        count === 1
          ? []
          : [
              [
                'Newer',
                index + 1 < count ? html`<a href="${pages.versions(start + VERSIONS_PER_PAGE)}">next page</a>` : 'none',
              ],
              ['Older', index > 0 ? html`<a href="${pages.versions(start - 1)}">page before</a>` : 'none'],
            ],
      content: renderSection(
        'details',
        'Versions',
        shown.toReversed().map((version) => renderVersion(facts, model, version, before.get(version.event))),
      ),
    });
    return [pages.versions(start), page];
  });
}

/** A final version is compared with the final one before it, a pre-release with whatever came before. */
function findVersionsBefore({ versions }: SiteModel): Map<ReleaseEvent, ReleaseEvent | undefined> {
  let any: ReleaseEvent | undefined;
  let final: ReleaseEvent | undefined;
  return new Map(
    versions.map(({ event }) => {
      const before = event.prerelease ? any : (final ?? any);
      any = event;
      if (!event.prerelease) final = event;
      return [event, before];
    }),
  );
}

function listTrail(facts: SiteFacts, model: SiteModel, pages: PageNames): [string, string][] {
  return [
    [facts.title, 'index.html'],
    [model.name, pages.model],
  ];
}
