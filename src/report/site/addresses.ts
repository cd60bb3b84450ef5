import { html } from '../html/blocks.ts';
import type { Markup } from '../markup.ts';
import type { SiteFacts } from './facts.ts';

/** Longer addresses would be cut by the escaping, and lead nowhere. */
const MAX_ADDRESS = 390;

/** A link to an address of the web; the words alone where the address is anything else. */
export function renderLink(address: string | null | undefined, words: string | Markup): Markup {
  return isWebAddress(address) ? html`<a href="${address}" rel="noopener noreferrer">${words}</a>` : html`${words}`;
}

function isWebAddress(address: string | null | undefined): address is string {
  if (!address || address.length > MAX_ADDRESS || /[^\x21-\x7e]/.test(address)) return false;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return (url?.protocol === 'https:' || url?.protocol === 'http:') && url.username === '' && url.password === '';
}

/** The page of a release, where its assets are. */
export function nameRelease({ address }: SiteFacts, tag: string): string {
  return `${address}/releases/tag/${encodeURIComponent(tag)}`;
}

/** The page of a commit. */
export function nameCommit({ address }: SiteFacts, commit: string): string {
  return `${address}/commit/${encodeURIComponent(commit)}`;
}

/** An event of the ledger as its file on GitHub. */
export function nameEvent({ events }: SiteFacts, sequence: number): string | undefined {
  return events && `${events}/${String(sequence).padStart(8, '0')}.json`;
}

/** Versions that share a page of details. */
export const VERSIONS_PER_PAGE = 50;

/** What the pages of a model are called. Two names that differ in case only would be one file on some disks. */
export interface PageNames {
  readonly model: string;
  readonly stages: string;
  /** The page that describes the version of this place, counted from 0, oldest first. It stays when versions are added. */
  versions(place: number): string;
}

/** Gives every model its pages. An identifier holds no dot, so no model can take the page of another. */
export function namePages(models: readonly string[]): Map<string, PageNames> {
  const taken = new Map<string, number>();
  return new Map(
    models.map((model) => {
      const count = (taken.get(model.toLowerCase()) ?? 0) + 1;
      taken.set(model.toLowerCase(), count);
      const base = count === 1 ? `model-${model}` : `model-${model}.${count}`;
      return [
        model,
        {
          model: `${base}.html`,
          stages: `${base}.stages.html`,
          versions: (place) => `${base}.versions-${Math.floor(place / VERSIONS_PER_PAGE) + 1}.html`,
        },
      ];
    }),
  );
}
