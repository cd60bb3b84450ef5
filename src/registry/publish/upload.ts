import { UserMistake } from '../../errors.ts';
import { deleteAsset, findAssets, type ReleaseAsset, uploadAsset } from '../../github/assets.ts';
import type { Release } from '../../github/releases.ts';
import { doInParallel } from '../fetch/pool.ts';
import { addDigests } from './digested.ts';
import type { PublishOptions, Sent } from './options.ts';
import { compareAssets, type Difference, listAssetFaults, type WantedAsset } from './wanted.ts';

/** Uploads at a time; each holds some hundred KiB. */
const WIDTH = 4;
/** How often we look and send what is missing. */
const PASSES = 6;
/** Seconds between looks, and looks without any change, after which an unfinished upload of another counts as dead. */
const LOOK_S = 5;
const QUIET_LOOKS = 12;

type Room = Pick<PublishOptions, 'client' | 'repository' | 'progress' | 'signal'>;

/** What is sent, and whether assets that nobody asked for are deleted. */
export interface Upload {
  readonly wanted: readonly WantedAsset[];
  /** Unfinished uploads are of a run that is over: they need no waiting for. */
  readonly alone: boolean;
  /** Assets beside the wanted ones stay. */
  readonly keepsOthers?: boolean;
  /** Asked before anything is deleted or sent: whether the draft is still this run's. */
  readonly isOurs: () => Promise<boolean>;
}

/**
 * Sends what a draft lacks, after looking: an asset with the right size and digest is done; one that is wrong or broke
 * off is deleted and sent again. Ends when a look finds everything there, or when another run has taken the draft over.
 * Throws UserMistake when neither comes.
 */
export async function completeDraft(room: Room, release: Release, upload: Upload): Promise<Sent | 'taken over'> {
  const sent = { assets: 0, bytes: 0 };
  const ours = new Set<string>();
  let fault: unknown;
  for (let pass = 0; ; pass++) {
    room.signal?.throwIfAborted();
    if (pass > 0) await room.client.pause(2 ** Math.min(pass, 4));
    const difference = await lookUntilQuiet(room, release, upload, ours);
    const { missing, wrong, unfinished } = difference;
    const extra = upload.keepsOthers ? [] : difference.extra;
    if (missing.length === 0 && extra.length === 0) return sent;
    if (!(await upload.isOurs())) return 'taken over';
    if (pass === PASSES) throw fault ?? describeIncomplete(release, difference);
    for (const { id } of [...wrong, ...unfinished, ...extra]) await deleteAsset(room.client, room.repository, id);
    const first = missing.filter(({ last }) => !last);
    const told = await sendAll(room, release, first.length > 0 ? first : missing, { sent, ours });
    if (told?.until !== undefined) throw describeLimit(release, told.until, told.fault);
    fault = told?.fault;
  }
}

/** Whether the release has exactly the wanted assets: the phrases say what is wrong. Looks again where a list lags. */
export async function findAssetFaults(
  room: Room,
  release: Release,
  wanted: readonly WantedAsset[],
): Promise<{ readonly faults: readonly string[]; readonly assets: readonly ReleaseAsset[] }> {
  for (const seconds of [1, 2, 4]) {
    const listed = (await findAssets(room.client, room.repository, release.id)) ?? [];
    const assets = await addDigests(room, listed, wanted);
    const faults = listAssetFaults(compareAssets(wanted, assets));
    if (faults.length === 0 || seconds === 4) return { faults, assets };
    await room.client.pause(seconds);
  }
  throw new Error('unreachable');
}

/**
 * Compares, and waits while somebody else is at it: an upload that is under way looks like one that broke off. Two runs
 * that delete each other's would never end.
 */
async function lookUntilQuiet(
  room: Room,
  release: Release,
  { wanted, alone }: Upload,
  ours: ReadonlySet<string>,
): Promise<Difference> {
  let [before, quiet] = ['', 0];
  for (;;) {
    // Of a draft that another run has deleted everything is missing; whose it is then decides.
    const listed = (await findAssets(room.client, room.repository, release.id)) ?? [];
    const difference = compareAssets(wanted, await addDigests(room, listed, wanted));
    const foreign = difference.unfinished.filter(({ name }) => !ours.has(name));
    if (alone || foreign.length === 0 || quiet === QUIET_LOOKS) return difference;
    const now = JSON.stringify(listed.map(({ id, state }) => [id, state]));
    quiet = now === before ? quiet + 1 : 0;
    before = now;
    await room.client.pause(LOOK_S);
  }
}

/**
 * Sends assets side by side, each once. Answers with the last fault: the next look shows what became of it. From the
 * first refusal because of a limit on, nothing more is begun; what is under way goes on to its end.
 */
async function sendAll(
  room: Room,
  release: Release,
  assets: readonly WantedAsset[],
  { sent, ours }: { sent: { assets: number; bytes: number }; ours: Set<string> },
): Promise<Told | undefined> {
  let told: Told | undefined;
  await doInParallel(assets, WIDTH, room.signal, async (asset, signal) => {
    if (told?.until !== undefined) return;
    const { name, mediaType, size, source } = asset;
    if (source === undefined) throw new Error(`${name} is not on this machine`);
    const { repository } = room;
    const step = room.progress.start(`Sending ${name}`);
    const asked = { repository, release, name, mediaType, ...source, length: size, signal };
    const uploaded = await uploadAsset(room.client, asked);
    if (uploaded.state === 'sent') {
      sent.assets += 1;
      sent.bytes += size;
      step.done();
    } else {
      if (uploaded.began) ours.add(name);
      told = { fault: uploaded.fault, until: uploaded.until ?? told?.until };
      step.fail();
    }
  });
  return told;
}

/** What went wrong with an upload, and when a limit that refused it ends. */
interface Told {
  readonly fault: unknown;
  readonly until: Date | undefined;
}

function describeLimit({ tagName }: Release, until: Date, cause: unknown): UserMistake {
  // The minute after: GitHub's own clock is seconds off at times.
  const after = new Date(until.getTime() + 60_000).toISOString();
  const found = `GitHub’s limit on requests is used up, and the draft of ${tagName} is not complete`;
  const fix = `Run it again after ${after.slice(11, 16)} UTC (${after.slice(0, 10)}). What is sent is kept.`;
  return new UserMistake({ found, fix }, { cause });
}

function describeIncomplete({ tagName }: Release, difference: Difference): UserMistake {
  const found = `the draft of ${tagName} does not get complete: ${listAssetFaults(difference).slice(0, 10).join('; ')}`;
  return new UserMistake({ found, fix: 'See whether another run publishes the same, then run it again.' });
}
