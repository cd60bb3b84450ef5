import { UserMistake } from '../../errors.ts';
import { computeSha256 } from '../../evidence/digest.ts';
import type { Manifest } from '../../evidence/schema/manifest.ts';
import type { Release } from '../../github/releases.ts';
import { renderManifest } from '../manifest/manifest-file.ts';
import { type Choice, chooseNext } from './choice.ts';
import { findDraft, isStillOurs, openDraft } from './draft.ts';
import { parseMarker } from './draft-marker.ts';
import { appendRelease, type NewEvent, nameReleaseEvent } from './event.ts';
import { finishRelease, refuseForeignTag } from './finish.ts';
import type { Published, PublishOptions, Sent } from './options.ts';
import { composeManifest, computeDraftKey, listWanted, type PlannedFile } from './plan-files.ts';
import { checkBeforehand } from './preflight.ts';
import type { Settled } from './settle.ts';
import type { Survey } from './survey.ts';
import { completeDraft, findAssetFaults } from './upload.ts';
import type { WantedAsset } from './wanted.ts';

interface Making extends Settled {
  readonly files: readonly PlannedFile[];
  /** An empty folder of ours. */
  readonly folder: string;
  /** Whether a draft that another run with other files writes to is left to it for now. */
  readonly waits: boolean;
}

/** A version with everything that belongs to it. */
interface Version extends NewEvent {
  readonly document: Manifest;
  readonly wanted: readonly WantedAsset[];
  readonly key: string;
}

/** Makes a version from nothing, or from what an earlier run left. `again`: somebody else was faster. */
export async function makeVersion(
  options: PublishOptions,
  survey: Survey,
  making: Making,
): Promise<Published | 'again'> {
  const { resumed } = making;
  const choice = await chooseNext(options, survey, making);
  if ('identical' in choice) {
    const { identical: version, tag } = choice;
    return { state: 'identical', version, tag, url: undefined };
  }
  if (resumed) await refuseForeignTag(options, resumed);
  else await checkBeforehand(options, survey, choice.tag);
  for (const { tag } of making.withdrawn)
    options.progress.warn(`${tag} held the same and was withdrawn: this becomes ${choice.tag}`);
  if (options.dryRun) {
    const manifest = composeManifest(options, making.files, choice.version, undefined);
    return { state: 'planned', ...choice, manifest };
  }
  const version = await describeVersion(options, making, choice);
  if (options.phase === 'finish') checkPrepared(options, survey, version);
  const filled = await fillDraft(options, survey, { choice, version, waits: making.waits });
  if (filled === 'taken over') return 'again';
  const { draft, sent } = filled;
  const { faults, assets } = await findAssetFaults(options, draft, version.wanted);
  if (faults.length > 0) {
    if (!(await isStillOurs(options, draft, version.key))) return 'again';
    throw describeFaults(version.tag, faults);
  }
  const subjects = assets.flatMap(({ name, digest }) => (digest === undefined ? [] : [{ name, sha256: digest }]));
  const { tag, manifest } = version;
  const told = { version: version.version, tag, manifest, sent };
  if (options.phase === 'prepare') return { state: 'prepared', release: draft.id, subjects, ...told };
  if (!(await isStillOurs(options, draft, version.key))) return 'again';
  const event = await appendRelease(options, version);
  if (event === 'taken') return refuseWhenPrepared(options, version);
  // Another run with other files had the same content written before: the next turn looks at what became of it.
  if (event.manifest !== manifest || event.version !== version.version) return refuseWhenPrepared(options, version);
  if (!(await verifyAgain(options, draft, version))) return 'again';
  const { url } = await finishRelease(options, event, draft, version.wanted);
  return { state: 'published', url, event, ...told };
}

async function describeVersion(options: PublishOptions, making: Making, choice: Choice): Promise<Version> {
  const { files, folder, resumed, abandoned } = making;
  const { version, tag } = choice;
  const reference = resumed ? (resumed.reference ?? undefined) : await store(options, version);
  const document = composeManifest(options, files, version, reference);
  return {
    id: resumed?.id ?? nameReleaseEvent(options, abandoned),
    version,
    tag,
    manifest: computeSha256(renderManifest(document)),
    reference,
    document,
    wanted: await listWanted(document, files, folder),
    key: computeDraftKey(options, files),
  };
}

/** Puts the model's files into the other storage; what is there already is not sent again. */
async function store(options: PublishOptions, version: string): Promise<string | undefined> {
  const { storage, package: made, created } = options;
  if (storage === undefined) return undefined;
  const files = made.files.filter(({ role }) => role === 'model');
  const { model, commit } = made;
  return (await storage.push(files, { model, version, commit, created })).reference;
}

/** Opens the draft and completes it; `finish` adds to what was prepared, and makes nothing. */
async function fillDraft(
  options: PublishOptions,
  survey: Survey,
  { choice, version, waits }: { choice: Choice; version: Version; waits: boolean },
): Promise<{ draft: Release; sent: Sent } | 'taken over'> {
  const { package: made, run, attestations = [], phase } = options;
  const { key, tag, wanted } = version;
  const marker = { ...describeContent(options), key, run: run?.id ?? null };
  const bundles = attestations.map(({ path: name, size, sha256, mediaType, file }): WantedAsset => {
    return { name, size, sha256, mediaType, source: { file, start: 0 }, last: false };
  });
  const found = findDraft(survey.releases, marker);
  const before = found && parseMarker(found.body);
  const isFinish = phase === 'finish' && found !== undefined;
  if (!isFinish && waits && before !== undefined && before.key !== key) return 'taken over';
  const title = `${made.model} ${choice.version}`;
  const draft = isFinish
    ? found
    : await openDraft(options, { tag, title, commit: made.commit, notes: await options.renderNotes(choice), marker });
  if (draft === undefined) return 'taken over';
  const sent = await completeDraft(options, draft, {
    wanted: isFinish ? bundles : [...wanted, ...bundles],
    // An earlier attempt of the same run is over, and whoever prepared it as well.
    alone: isFinish || (run !== null && before?.run === run.id),
    keepsOthers: isFinish,
    isOurs: () => isStillOurs(options, draft, key),
  });
  return sent === 'taken over' ? sent : { draft, sent };
}

function describeContent({ package: made, prerelease }: PublishOptions) {
  return { content: made.contentDigest, prerelease: prerelease !== undefined };
}

/** Attestations are about one manifest: a draft with another one must not be published with them. */
function checkPrepared(options: PublishOptions, survey: Survey, { manifest, tag }: Version): void {
  const draft = findDraft(survey.releases, describeContent(options));
  const found =
    draft === undefined
      ? `there is no draft of ${tag}`
      : draft.tagName !== tag
        ? `the draft was prepared as ${draft.tagName}, and by now it were ${tag}`
        : options.manifest !== undefined && options.manifest !== manifest
          ? `the draft of ${tag} was prepared with the manifest ${options.manifest}, and by now it were ${manifest}`
          : undefined;
  if (found !== undefined) throw new UserMistake({ found, fix: 'Prepare it again: re-run all jobs of the workflow.' });
}

function refuseWhenPrepared({ phase }: PublishOptions, { tag }: Version): 'again' {
  if (phase !== 'finish') return 'again';
  const found = `another run has published something else while ${tag} was prepared`;
  throw new UserMistake({ found, fix: 'Prepare it again: re-run all jobs of the workflow.' });
}

/** Somebody may have been at the assets until the event was there; from then on only who has these files touches them. */
async function verifyAgain(options: PublishOptions, draft: Release, { wanted, tag, key }: Version): Promise<boolean> {
  const { faults } = await findAssetFaults(options, draft, wanted);
  if (faults.length === 0) return true;
  if (options.phase === 'finish') throw describeFaults(tag, faults);
  const isOurs = () => isStillOurs(options, draft, key);
  return (await completeDraft(options, draft, { wanted, alone: false, isOurs, keepsOthers: true })) !== 'taken over';
}

function describeFaults(tag: string, faults: readonly string[]): UserMistake {
  const shown = faults.length > 10 ? [...faults.slice(0, 10), `and ${faults.length - 10} more`] : faults;
  const found = `the draft of ${tag} is not what was sent: ${shown.join('; ')}`;
  return new UserMistake({ found, fix: 'Nothing was published. Find out who changed it, then run it again.' });
}
