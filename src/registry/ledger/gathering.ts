import type { Client } from '../../github/client.ts';
import { type Deployment, listDeployments } from '../../github/deployments.ts';
import { listReleases, type Release } from '../../github/releases.ts';
import type { Repository } from '../../github/repository.ts';
import { fetchTagMessages, listTagMessages, type TagMessage } from '../../github/tag-messages.ts';
import { formatStageTag, parseStageTag, parseVersionTag } from '../versions/grammar.ts';
import { parseAnchor } from './anchor.ts';
import type { Anchor, RegistryFacts } from './verification.ts';

/** A token of GitHub Actions has 1,000 requests an hour for a repository: some are left for what else has to be asked. */
const TAGS_AT_MOST = 800;

/** Everything that a ledger can be compared with. */
export interface Surroundings {
  readonly anchors: readonly Anchor[];
  readonly facts: RegistryFacts;
}

/**
 * Reads what stands beside the ledger: tags, published releases, deployments. With the folder of a clone, the tags cost one
 * fetch; without, one request a tag, and UserMistake where there are more than 800. Releases and deployments cost a request
 * for each hundred of them.
 */
export async function gatherSurroundings(
  client: Client,
  repository: Repository,
  clone?: { readonly folder: string; readonly signal?: AbortSignal | undefined },
): Promise<Surroundings> {
  const [tags, releases, deployments] = await Promise.all([
    clone
      ? fetchTagMessages(clone.folder, isOurs, clone.signal)
      : listTagMessages(client, repository, isOurs, TAGS_AT_MOST),
    listReleases(client, repository),
    listDeployments(client, repository),
  ]);
  return describeSurroundings(tags, releases, deployments);
}

/** The heads that tags, releases and deployments remember. Costs what `gatherSurroundings` costs. */
export async function gatherAnchors(client: Client, repository: Repository): Promise<readonly Anchor[]> {
  return (await gatherSurroundings(client, repository)).anchors;
}

function isOurs(name: string): boolean {
  return parseVersionTag(name) !== undefined || parseStageTag(name) !== undefined;
}

/** Finds the anchors in what was read. A draft counts for nothing. */
export function describeSurroundings(
  tags: readonly TagMessage[],
  releases: readonly Release[],
  deployments: readonly Deployment[],
): Surroundings {
  const ofTags = tags.map((tag) => ({ tag, anchor: findAnchor(`the tag ${tag.name}`, tag.message, tag.name) }));
  const ofReleases = releases
    .filter(({ draft, tagName }) => !draft && isOurs(tagName))
    .map((release) => {
      const { body, tagName } = release;
      return { release, anchor: findAnchor(`the release ${tagName}`, body, tagName) };
    });
  const all = [...ofTags, ...ofReleases].map(({ anchor }) => anchor);
  return {
    anchors: [...all, ...deployments.map(readDeployment)].filter((anchor) => anchor !== undefined),
    facts: {
      tags: ofTags.map(({ tag: { name, commit }, anchor }) => ({ name, commit, anchored: anchor !== undefined })),
      releases: ofReleases.map(({ release: { tagName, published = '' }, anchor }) => {
        return { tagName, published, anchored: anchor !== undefined };
      }),
    },
  };
}

function findAnchor(where: string, text: string, tag: string): Anchor | undefined {
  const head = parseAnchor(text);
  return head && { where, head, tag };
}

/** The payload of a deployment of ours: `{model, stage, counter, ledger: {sequence, digest}}`, among others. */
function readDeployment({ id, payload }: Deployment): Anchor | undefined {
  const { model, stage, counter, ledger } = (payload ?? {}) as Record<string, unknown>;
  const { sequence, digest } = (ledger ?? {}) as Record<string, unknown>;
  const head = parseAnchor(`Modelgate-Ledger: ${sequence} ${digest}`);
  const tag = formatStageTag(String(model), String(stage), Number(counter));
  return head && { where: `the deployment ${id}`, head, tag: parseStageTag(tag) ? tag : undefined };
}
