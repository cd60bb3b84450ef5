import { mkdtemp, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { decodeConfig, parseConfig } from '../config/project.ts';
import { findRowEvaluation } from '../config/row-evaluation.ts';
import type { EvaluateConfig } from '../config/schema/modelgate.ts';
import { describeFound, UserMistake } from '../errors.ts';
import { computeDigest } from '../evidence/digest.ts';
import { readDocument } from '../evidence/files.ts';
import type { Subject } from '../evidence/schema/envelope.ts';
import type { EvaluationEvidence } from '../evidence/schema/evaluation.ts';
import type { ReleaseEvent } from '../evidence/schema/ledger.ts';
import type { Manifest } from '../evidence/schema/manifest.ts';
import type { BaselineLookup, BaselinePredictions } from '../gate/baseline.ts';
import { locateFileCache } from '../registry/fetch/cache.ts';
import { type FetchVersion, fetchVersion } from '../registry/fetch/fetch.ts';
import { findReleaseEvent, listReleaseEvents, readStages } from '../registry/ledger/queries.ts';
import { openReferenced } from '../registry/oci/opening.ts';
import { parseStageTag, parseVersionTag } from '../registry/versions/grammar.ts';
import { measureAgain } from './baseline-run/measure-again.ts';
import type { BaselineRegistry } from './registry-opening.ts';
import { isMeasuredAsAsked, tellReason } from './rescoring.ts';
import type { Run } from './run.ts';

/**
 * The baseline of a stage: the version that the ledger put there last, which must not be older than the newest tag of the
 * stage. Whatever cannot be read is unavailable, with its reason.
 */
export function findStageBaseline(run: Run, stage: string, tag: string): Promise<BaselineLookup> {
  return search(run, stage, `${stage} holds ${tag}`, async (registry) => {
    const { model } = run.project.config;
    const ledger = await registry.ledger.read();
    const placing = readStages(ledger, model).get(stage);
    const newest = parseStageTag(tag)?.counter ?? 0;
    if (!placing || placing.counter < newest) {
      return unavailable(stage, `the tag ${tag} is not in the ledger, so nobody can say which version it stands for`);
    }
    const event = findReleaseEvent(ledger, model, placing.version);
    if (!event) return unavailable(stage, `${stage} holds ${model}@${placing.version}, which is not in the ledger`);
    return readReleased(run, registry, stage, event, `${describeVersion(event)}, in ${stage} by ${placing.tag}`);
  });
}

/** The baseline that a rule names as `name@v1.2.3`. One that is not there is a mistake, and never `none-yet`. */
export function findVersionBaseline(run: Run, name: string): Promise<BaselineLookup> {
  return search(run, name, `the evidence of ${name} is not at hand`, async (registry) => {
    const tag = parseVersionTag(name);
    const event = tag && findReleaseEvent(await registry.ledger.read(), tag.model, tag.version);
    if (!event) return unavailable(name, `there is no version ${name} in the ledger of ${registry.repository.name}`);
    return readReleased(run, registry, name, event, describeVersion(event));
  });
}

/** The nearest release of some commits, the nearest first; undefined where there is none and where nothing can be asked. */
export async function findReleasedBase(run: Run, ancestors: readonly string[]): Promise<BaselineLookup | undefined> {
  if (!run.openRegistry) return undefined;
  const lookup = await search(run, 'base', 'its releases cannot be looked up', async (registry) => {
    const releases = listReleaseEvents(await registry.ledger.read(), run.project.config.model);
    const near = ancestors.flatMap((commit, distance) => {
      const event = releases.filter((release) => release.commit === commit).at(-1);
      return event ? [{ event, distance }] : [];
    });
    const [nearest] = near;
    if (!nearest)
      return { name: 'base', state: 'none-yet', text: 'no release is of the base or one of its first parents' };
    const found = await readReleased(run, registry, 'base', nearest.event, describeVersion(nearest.event));
    return found.state === 'found' ? { ...found, distance: nearest.distance } : found;
  });
  return lookup.state === 'none-yet' ? undefined : lookup;
}

async function search(
  run: Run,
  name: string,
  unasked: string,
  work: (registry: BaselineRegistry) => Promise<BaselineLookup>,
): Promise<BaselineLookup> {
  try {
    const registry = await run.openRegistry?.();
    if (registry) return await work(registry);
    return unavailable(
      name,
      `${unasked}, and no repository of GitHub can be asked. Bring its run folder: --baseline ${name}=FOLDER`,
    );
  } catch (error) {
    run.signal.throwIfAborted();
    if (!(error instanceof UserMistake)) throw error;
    const help = `Set GITHUB_TOKEN to a token with contents: read, or bring its run folder: --baseline ${name}=FOLDER`;
    return unavailable(name, `${unasked}: ${describeFound(error)}. ${help}`);
  }
}

/** Reads what a release holds, verified down from the ledger's event, and scores it again where that is needed. */
async function readReleased(
  run: Run,
  { client, repository }: BaselineRegistry,
  name: string,
  event: ReleaseEvent,
  text: string,
): Promise<BaselineLookup> {
  const folder = await mkdtemp(join(run.temporary, 'baseline-'));
  const roles = ['evidence', 'predictions', 'config'] as const;
  const { progress, signal, provenance } = run;
  const wanted = { client, repository, event, folder, roles, signal, progress, now: provenance.now };
  const { manifest } = await fetchVersion(wanted);
  const evaluation = await readDocument(folder, 'evaluation');
  const fault = evaluation && findStrangeness(evaluation, manifest);
  if (fault !== undefined) return unavailable(name, `${text}: ${fault}`);
  if (evaluation && evaluation.outcome !== 'pass') {
    return unavailable(name, `${text}: ${tellReason(run, evaluation)}`);
  }
  const predictions = await findReleased(folder, manifest, evaluation);
  if (evaluation && (await isMeasuredAsAsked(run, name, evaluation))) {
    return { name, state: 'found', text, evaluation, predictions };
  }
  const cause = evaluation ? "it was not measured as today's rules and test set ask" : 'its numbers are withheld';
  const model = {
    subject: evaluation?.subject ?? describeSubject(manifest, event),
    threshold: evaluation?.operatingPoint?.threshold,
    bring: () => fetchModel(run, wanted),
  };
  const again = await measureAgain(run, name, { predictions, model, former: evaluation });
  if ('refused' in again) return unavailable(name, `${text}: ${cause}, and ${again.refused}`);
  const { how, ...measured } = again;
  return { name, state: 'found', text: `${text}, ${how}`, ...measured };
}

/** The files of a released model, verified, by their paths. */
async function fetchModel(run: Run, wanted: FetchVersion): Promise<ReadonlyMap<string, string>> {
  const { reference } = wanted.event;
  const own = run.project.config.release?.oci?.repository ?? '';
  const store = reference === null ? undefined : await openReferenced(run, own, reference);
  const cache = locateFileCache(run.environment);
  const { manifest } = await fetchVersion({ ...wanted, roles: ['model'], cache, store });
  const files = manifest.files.filter(({ role }) => role === 'model');
  return new Map(files.map(({ path }) => [path, join(wanted.folder, path)]));
}

/** The released copy of the predictions that were scored: their columns of id, prediction and scores. */
async function findReleased(
  folder: string,
  manifest: Manifest,
  evaluation: EvaluationEvidence | undefined,
): Promise<BaselinePredictions | { readonly reason: string }> {
  const released = manifest.files.find(({ role }) => role === 'predictions');
  if (!released) return { reason: 'its predictions are not released' };
  const config = await readReleasedConfig(folder, manifest);
  const threshold = evaluation?.operatingPoint?.threshold;
  if (threshold === undefined && !evaluation && config?.['operating-point']) {
    return { reason: 'its operating point is withheld' };
  }
  return {
    path: join(folder, released.path),
    sha256: released.sha256,
    ...(config ? { columns: config.predictions } : {}),
    ...(threshold === undefined ? {} : { threshold }),
  };
}

/** The manifest names documents by their digests; the files' own digests were compared before. */
function findStrangeness(evaluation: EvaluationEvidence, manifest: Manifest): string | undefined {
  const named = manifest.evidence.find(({ kind }) => kind === 'evaluation')?.sha256;
  if (named !== computeDigest(evaluation)) return 'its evaluation is not the one that the manifest names';
  if (evaluation.model !== manifest.model) return `its evaluation speaks of another model, ${evaluation.model}`;
  return evaluation.subject.commit === manifest.commit ? undefined : 'its evaluation speaks of another commit';
}

/** How the version was evaluated; undefined where the released modelgate.yml cannot be read any more. */
async function readReleasedConfig(folder: string, manifest: Manifest): Promise<EvaluateConfig | undefined> {
  const config = manifest.files.find(({ role }) => role === 'config');
  if (!config) return undefined;
  try {
    const file = basename(config.path);
    const text = decodeConfig(await readFile(join(folder, config.path)), file);
    // Deep enough that no path of it leaves the repository.
    return findRowEvaluation(parseConfig(text, `${'folder/'.repeat(64)}${file}`).config);
  } catch (error) {
    if (!(error instanceof UserMistake)) throw error;
    return undefined;
  }
}

function describeSubject(manifest: Manifest, { commit, files, contentDigest }: ReleaseEvent): Subject {
  const config = manifest.files.find(({ role }) => role === 'config')?.sha256 ?? contentDigest;
  return { commit, dirty: false, config, modelFiles: files };
}

function describeVersion({ tag, commit }: ReleaseEvent): string {
  return `the release ${tag} of ${commit.slice(0, 12)}`;
}

function unavailable(name: string, text: string): BaselineLookup {
  return { name, state: 'unavailable', text };
}
