import type { LedgerEvent } from '../../evidence/schema/ledger.ts';
import { NAME, VERSION } from '../../identity.ts';
import { LEDGER_BRANCH, type Ledger } from '../../registry/ledger/ledger.ts';
import { isOfStage, listModels, listReleaseEvents } from '../../registry/ledger/queries.ts';
import { isWithdrawn } from '../../registry/versions/withdrawal.ts';
import type { SiteFacts, SiteModel, SiteStage, VersionState } from '../../report/site/facts.ts';

/** Events of all models on the first page. */
const RECENT = 20;

/** What a site is made from, beside the ledger. */
export interface SiteSources {
  readonly ledger: Ledger;
  /** `owner/name` */
  readonly repository: string;
  /** Where the web pages are, such as `https://github.com`. */
  readonly serverUrl: string;
  readonly built: Date;
  /** What the site is called; the repository’s name without. */
  readonly title?: string | undefined;
  /** The names of all tags. */
  readonly tags: ReadonlySet<string>;
  /** The tags of all published releases; undefined where nobody asked. */
  readonly published: ReadonlySet<string> | undefined;
  /** The stages of the models whose modelgate.yml is at hand, in their order. */
  readonly stages: ReadonlyMap<string, readonly string[]>;
}

/** Everything that the site shows, from the ledger: models, versions and stages, each oldest first. */
export function gatherSiteFacts({ ledger, stages, ...sources }: SiteSources): SiteFacts {
  const address = `${sources.serverUrl.replace(/\/+$/, '')}/${sources.repository}`;
  const names = [...new Set([...listModels(ledger), ...stages.keys()])].sort();
  return {
    title: sources.title || sources.repository,
    repository: sources.repository,
    address,
    events: ledger.head && `${address}/blob/${ledger.commit ?? LEDGER_BRANCH}/events`,
    built: `${sources.built.toISOString().slice(0, 19)}Z`,
    tool: `${NAME} ${VERSION}`,
    head: ledger.head,
    unread: ledger.newer?.length ?? 0,
    models: names.map((name) => gatherModel(ledger, name, sources, stages.get(name) ?? [])),
    recent: ledger.events.slice(-RECENT).reverse(),
  };
}

function gatherModel(
  ledger: Pick<Ledger, 'events'>,
  name: string,
  sources: Pick<SiteSources, 'tags' | 'published'>,
  known: readonly string[],
): SiteModel {
  const versions = listReleaseEvents(ledger, name).map((event) => ({ event, state: readState(event.tag, sources) }));
  return { name, versions, stages: gatherStages(ledger.events, name, known) };
}

/** A version exists when its release is published; its tag is there before that. */
function readState(tag: string, { tags, published }: Pick<SiteSources, 'tags' | 'published'>): VersionState {
  if (published?.has(tag) === false) return 'unfinished';
  return isWithdrawn(tag, tags) ? 'withdrawn' : 'listed';
}

/** The stages of modelgate.yml first, then those that only the ledger knows. */
function gatherStages(events: readonly LedgerEvent[], model: string, known: readonly string[]): SiteStage[] {
  const stages = new Map<string, SiteStage['events'][number][]>(known.map((name) => [name, []]));
  for (const event of events) {
    if (event.model !== model || !isOfStage(event)) continue;
    const stage = stages.get(event.stage);
    if (stage) stage.push(event);
    else stages.set(event.stage, [event]);
  }
  return [...stages].map(([name, stageEvents]) => ({ name, events: stageEvents }));
}
