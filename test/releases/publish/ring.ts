import type { Package } from '../../../src/registry/package/package.ts';
import { publishVersion } from '../../../src/registry/publish/publish.ts';
import { Place } from '../../registry/publish/place.ts';
import type { FaultRequest } from '../../support/github/faults.ts';
import { readGit } from '../../support/github/git/commands.ts';

const FILES = { 'a.bin': 'aaaa', 'evidence/verdict.json': '{}' };

/** Somewhere to publish one package, and the requests that it takes when nothing befalls them. */
export interface Ring extends AsyncDisposable {
  readonly place: Place;
  readonly made: Package;
  readonly requests: readonly { readonly method: string; readonly operation: string }[];
}

export async function openRing(): Promise<Ring> {
  const place = await Place.open();
  const made = await place.pack(FILES);
  const before = place.github.requests.length;
  await publishVersion(place.options(made));
  const requests = place.github.requests.slice(before);
  return { place, made, requests, [Symbol.asyncDispose]: () => place[Symbol.asyncDispose]() };
}

/**
 * Every request with every fault of its sort. What is lost after a request that only reads is the same to everybody as
 * what is lost before it, so that is tried once.
 */
export function listHits(
  { requests }: Ring,
  { reads, writes }: { readonly reads: readonly FaultRequest[]; readonly writes: readonly FaultRequest[] },
): FaultRequest[] {
  return requests.flatMap(({ method }, index) =>
    (method === 'GET' ? reads : writes).map((fault) => ({ ...fault, nth: index + 1 })),
  );
}

/** Publishes, and answers with what it threw. */
export async function attempt({ place, made }: Ring): Promise<unknown> {
  return await publishVersion(place.options(made)).then(
    () => undefined,
    (error: unknown) => error,
  );
}

/** Everything that a next run can find, but for ids and times: from two places with one text it goes on in one way. */
export async function describeState({ place }: Ring): Promise<string> {
  const refs = await readGit(place.repository.folder, ['for-each-ref', '--format=%(refname) %(objecttype)']);
  const releases = place.releases.all.map(({ tag, target, name, body, draft, prerelease, assets }) => {
    const listed = assets.map((one) => `${one.name} ${one.state} ${one.content?.sha256}`).sort();
    return { tag, target, name, draft, prerelease, listed, body: body?.replace(/^.*Modelgate-Ledger.*$/m, 'anchor') };
  });
  return JSON.stringify([refs, releases]);
}
