import { join } from 'node:path';
import { readProject } from '../../config/project.ts';
import { UserMistake } from '../../errors.ts';
import type { EvidenceSet } from '../../evidence/document.ts';
import { countVerdict } from '../../pipeline/budget/counting.ts';
import { openLedgerStore } from '../../pipeline/budget/ledger-store.ts';
import { resolveConfigPaths } from '../../pipeline/pull-request/config-paths.ts';
import { copyElsewhere } from '../../pipeline/release/copies.ts';
import { fetchJudged } from '../../pipeline/release/fetched-judgement.ts';
import { writeReleaseNotes } from '../../pipeline/release/notes.ts';
import { packRelease } from '../../pipeline/release/release-package.ts';
import { addSignature } from '../../pipeline/release/signing.ts';
import { MADE } from '../../registry/package/assembly.ts';
import { VERDICT_PREDICATE_TYPE } from '../../registry/package/predicate.ts';
import type { Published, PublishOptions } from '../../registry/publish/options.ts';
import { publishVersion } from '../../registry/publish/publish.ts';
import { escapeMarkdown } from '../../report/escaping.ts';
import type { Shell } from '../shell.ts';
import { describeBundle } from './bundles.ts';
import { readPublishInputs } from './inputs.ts';
import { type OpenedRegistry, openRegistry } from './opening.ts';
import { makeReleaseFolder, type Preparation, readPreparation, writePreparation } from './preparation.ts';
import { findSource, type ReleaseSource } from './source.ts';
import { openLoggedInTarget } from './storage.ts';
import { writeSubjects } from './subjects.ts';

type Inputs = ReturnType<typeof readPublishInputs>;
type Phase = PublishOptions['phase'];

/** Makes a version of a model that a run has accepted: in one go, or in phases around its attestation. */
export async function runPublish(shell: Shell): Promise<void> {
  const inputs = readPublishInputs(shell.getInput);
  const registry = await openRegistry(inputs.token, shell);
  if (inputs.phase === 'finish') {
    const preparation = await readPreparation(inputs.prepared);
    const published = await publish(shell, registry, inputs, preparation, 'finish');
    return await report(shell, preparation, published);
  }
  const source = await findSource(shell, registry, inputs);
  shell.setOutputs({ commit: source.run.commit });
  if (inputs.phase !== 'find') await prepare(shell, registry, inputs, source, inputs.phase);
}

async function prepare(
  shell: Shell,
  registry: OpenedRegistry,
  inputs: Inputs,
  { run, prerelease }: ReleaseSource,
  phase: Phase,
): Promise<void> {
  const { client, repository, context } = registry;
  const { progress, signal, environment, folder: checkout } = shell;
  const [config = ''] = resolveConfigPaths([inputs.config]);
  const temporary = await makeReleaseFolder(shell);
  const judged = await fetchJudged(client, repository, { run, handed: inputs.handed, temporary });
  const { accepted, created, sign, ...packed } = await packRelease({
    ...{ client, repository, defaultBranch: context.defaultBranch, run, judged, config, checkout, temporary },
    library: { environment, progress, ...(inputs.duckdb ? { override: inputs.duckdb } : {}) },
    environment,
    signal,
  });
  const { training, verdict } = accepted.evidence;
  await requireCounted(registry, accepted.evidence);
  const remarks = packed.package.notes;
  for (const remark of remarks) progress.warn(remark);
  const question = { client, repository, ledger: registry.ledger, package: packed.package, prerelease };
  const made = await addSignature(question, { sign, folder: join(temporary, 'signature') });
  const preparation: Preparation = {
    ...{ config, package: made, created, bump: inputs.bump, prerelease, training, verdict, remarks },
    manifest: undefined,
  };
  const published = await publish(shell, registry, inputs, preparation, phase);
  await report(shell, preparation, published);
  if (published.state !== 'prepared') return;
  const { manifest, subjects } = published;
  const attests = inputs.attest === 'always' || (inputs.attest === 'auto' && isPublic(context.payload));
  shell.setOutputs({
    prepared: await writePreparation(temporary, { ...preparation, manifest }),
    attest: String(attests),
    subjects: await writeSubjects(temporary, subjects),
    predicate: join(temporary, 'package', MADE.predicate),
    'predicate-type': VERDICT_PREDICATE_TYPE,
  });
}

/** What is released was judged, and nobody may have posted that verdict: of a push, nothing is. */
async function requireCounted({ ledger, actor, run }: OpenedRegistry, evidence: EvidenceSet): Promise<void> {
  const counting = await countVerdict(openLedgerStore(ledger, { actor, run }), evidence);
  if (counting.state === 'refused')
    throw new UserMistake({ found: `the verdict: ${counting.reason}`, fix: counting.fix });
}

async function publish(
  shell: Shell,
  registry: OpenedRegistry,
  inputs: Inputs,
  preparation: Preparation,
  phase: Phase,
): Promise<Published> {
  const { client, repository, ledger, actor, run, context } = registry;
  const { progress, signal, folder: checkout } = shell;
  const { config, verdict, remarks, ...prepared } = preparation;
  const project = await readProject(join(checkout, config), checkout);
  const repositoryUrl = `${context.serverUrl}/${repository.fullName}`;
  const notes = { client, repository, checkout, repositoryUrl, verdict, remarks, ...prepared };
  const store = await openLoggedInTarget(shell, project.config, inputs.registry);
  const published = await publishVersion({
    ...{ client, repository, ledger, actor, run, ...prepared, checkout, phase, progress, signal },
    storage: store,
    attestations: await Promise.all(inputs.bundles.map(describeBundle)),
    renderNotes: (planned) => writeReleaseNotes(notes, planned),
  });
  if (published.state === 'published' || published.state === 'identical') {
    const { version, tag } = published;
    const about = { config: project.config, package: prepared.package, hubToken: inputs.hubToken };
    const { environment, delays } = shell;
    const room = { environment, progress, signal, delays, ledger, repositoryUrl };
    const url = await copyElsewhere(room, { ...about, version, tag, store, tokenName: 'hub-token' });
    if (url !== undefined) shell.print(`The copy on the Hub: ${url}\n`);
  }
  return published;
}

/** Says what came of it, in the log, as outputs and as the job summary. */
async function report(shell: Shell, { package: made }: Preparation, published: Published): Promise<void> {
  const { version, tag } = published;
  const model = escapeMarkdown(made.model);
  if (published.state === 'identical') {
    const text = `${made.model} is ${version} already: the same model with the same evidence. Nothing is published.`;
    shell.print(`${text}\n`);
    await shell.postSummary(`## ${model}: nothing new\n\n${escapeMarkdown(text)}\n`);
    shell.setOutputs({ skip: 'true', attest: 'false', version: '', tag: '' });
    return;
  }
  shell.setOutputs({ skip: 'false', version, tag });
  if (published.state === 'planned') return;
  shell.setOutputs({ 'manifest-digest': published.manifest });
  if (published.state === 'prepared') {
    shell.print(`${tag} is prepared: ${published.subjects.length} assets in a draft.\n`);
    return;
  }
  shell.print(`${tag} is published: ${published.url}\n`);
  await shell.postSummary(`## ${model} ${version}\n\n[The release](${published.url})\n`);
  shell.setOutputs({ url: published.url });
}

/** Without a word of GitHub's it counts as private: an attestation names the repository to everybody. */
function isPublic(payload: unknown): boolean {
  const { repository } = (payload ?? {}) as { repository?: { private?: unknown } };
  return repository?.private === false;
}
