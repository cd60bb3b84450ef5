import { namePages } from './addresses.ts';
import type { SiteFacts } from './facts.ts';
import { renderStagesPage, renderVersionPages } from './pages/details.ts';
import { renderModelPage } from './pages/model.ts';
import { renderOverview } from './pages/overview.ts';

/**
 * The files of a static site, by their names in one folder. Each page stands on its own and loads nothing. Same facts, same
 * bytes; every text of a user's is escaped.
 */
export function renderSite(facts: SiteFacts): Map<string, string> {
  const pages = namePages(facts.models.map(({ name }) => name));
  const files = new Map([['index.html', renderOverview(facts, pages)]]);
  for (const model of facts.models) {
    const names = pages.get(model.name);
    if (names === undefined) continue;
    files.set(names.model, renderModelPage(facts, model, names));
    files.set(names.stages, renderStagesPage(facts, model, names));
    for (const [name, page] of renderVersionPages(facts, model, names)) files.set(name, page);
  }
  // GitHub Pages would otherwise take the files for the sources of a site of Jekyll's.
  return files.set('.nojekyll', '');
}
