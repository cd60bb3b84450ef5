import { join } from 'node:path';
import type { Config } from '../../config/schema/modelgate.ts';
import { type Problem, UserMistake } from '../../errors.ts';
import { renderCanonical } from '../../evidence/canonical.ts';
import type { EvidenceSet } from '../../evidence/document.ts';
import { readEvidence } from '../../evidence/files.ts';
import { EXIT } from '../../failure.ts';
import { readCommitTime } from '../../github/git.ts';
import { openLedgerStore } from '../../pipeline/budget/ledger-store.ts';
import { countOutside } from '../../pipeline/budget/outside.ts';
import type { BudgetStore } from '../../pipeline/budget/store.ts';
import { copyElsewhere } from '../../pipeline/release/copies.ts';
import { writeReleaseNotes } from '../../pipeline/release/notes.ts';
import { addSignature, findSigner } from '../../pipeline/release/signing.ts';
import { type Run, withRun } from '../../pipeline/run.ts';
import { copySealed } from '../../pipeline/sealing.ts';
import { type Assembled, assemblePackage } from '../../registry/package/assembly.ts';
import type { PlannedVersion, Published } from '../../registry/publish/options.ts';
import { publishVersion } from '../../registry/publish/publish.ts';
import type { BUMPS } from '../../registry/versions/change.ts';
import type { Flags, Terminal } from '../command.ts';
import { refuseAll } from '../registry/mistakes.ts';
import { type OpenedRegistry, openRegistry, readActor } from '../registry/opening.ts';
import { openTarget } from '../registry/storage.ts';
import { readRunFlags } from './run.ts';

export interface PublishFlags extends Flags {
  readonly repository?: string;
  readonly bump?: (typeof BUMPS)[number];
  /** A word or a branch's name. */
  readonly prerelease?: string;
  readonly dryRun?: boolean;
}

/** `modelgate publish`: makes a version of what the run folder holds, where its verdict is pass. */
export async function runPublish(terminal: Terminal, flags: PublishFlags): Promise<number> {
  return withRun({ ...terminal, ...readRunFlags(flags), now: () => new Date() }, async (run) => {
    const { project, runFolder, library, signal, temporary, progress } = run;
    const { environment } = terminal;
    const found = await readEvidence(runFolder);
    const [sign, storage] = await refuseAll(
      () => findSigner(project.config, environment),
      () => openTarget({ environment, progress, signal }, project.config),
      () => requireCleanCommit(run, found),
    );
    const folder = join(temporary, 'package');
    const sealed = join(temporary, 'sealed');
    const evidence = await copySealed(found, sealed);
    const assembled = await assemblePackage({
      ...{ project, evidence, library, signal },
      runFolder: sealed,
      temporary: folder,
    });
    const registry = await openRegistry(terminal, { repository: flags.repository, folder: project.folder });
    const { client, repository, ledger } = registry;
    const { bump, prerelease, dryRun } = flags;
    const question = { client, repository, ledger, package: assembled, prerelease };
    const signing = { sign: dryRun ? undefined : sign, folder: join(temporary, 'signature') };
    const actor = await readActor(terminal, client);
    const made = await addSignature(question, signing);
    const repositoryUrl = `${environment['GITHUB_SERVER_URL'] || 'https://github.com'}/${repository.fullName}`;
    const noted = { evidence, made, registry, repositoryUrl };
    const published = await publishVersion({
      ...{ client, repository, ledger, package: made, progress, signal, phase: 'all', run: null },
      checkout: project.folder,
      created: await readCommitTime(project.folder, made.commit),
      actor,
      ...{ bump, prerelease, dryRun, storage, training: evidence.training },
      // Asked for just before anything is shown.
      async renderNotes(planned) {
        await requireCounted(project.config, found, openLedgerStore(ledger, { actor, run: null }));
        return renderNotes(run, { ...noted, planned });
      },
    });
    terminal.print(flags.json ? renderCanonical(published).trimEnd() : describe(published));
    const { state, version, tag } = published;
    if (dryRun || (state !== 'published' && state !== 'identical')) return EXIT.pass;
    const room = { environment, progress, signal, ledger, repositoryUrl };
    const token = { hubToken: environment['HF_TOKEN'] ?? '', tokenName: 'HF_TOKEN' };
    const copy = { config: project.config, package: made, version, tag, store: storage, ...token };
    const url = await copyElsewhere(room, copy);
    if (url !== undefined) progress.info(`The copy on the Hub: ${url}`);
    return EXIT.pass;
  });
}

/** Whoever sees the release sees its verdict, so a laptop's counts from here on. */
async function requireCounted(config: Config, evidence: EvidenceSet, store: BudgetStore): Promise<void> {
  const counting = await countOutside(config, evidence, store);
  if (counting.state === 'refused')
    throw new UserMistake({ found: `the verdict: ${counting.reason}`, fix: counting.fix });
}

/** The evidence is about a commit; what is published must be that commit, and others must be able to read it. */
function requireCleanCommit({ git: state, project }: Run, { verdict }: EvidenceSet): void {
  const file = project.file;
  const problems: (Problem | false)[] = [
    state.commit === null && { file, found: 'this folder is not in a git repository', fix: 'Commit and push first.' },
    state.dirty && { file, found: 'files differ from the commit', fix: 'Commit them, and run the stages again.' },
    verdict !== undefined &&
      state.commit !== null &&
      verdict.subject.commit !== state.commit && {
        file,
        found: `the verdict is about ${verdict.subject.commit?.slice(0, 12) ?? 'no commit'}, and this is ${state.commit.slice(0, 12)}`,
        fix: 'Check that commit out, or run the stages again (`modelgate run`).',
      },
  ];
  const all = problems.filter((problem) => problem !== false);
  if (all.length > 0) throw new UserMistake(all);
}

interface Noted {
  readonly evidence: EvidenceSet;
  readonly made: Assembled;
  readonly registry: OpenedRegistry;
  readonly planned: PlannedVersion;
  /** The address of the repository's page. */
  readonly repositoryUrl: string;
}

async function renderNotes({ project }: Run, noted: Noted): Promise<string> {
  const { evidence, made, registry, planned, repositoryUrl } = noted;
  const { verdict, training } = evidence;
  if (verdict === undefined) throw new Error('A package without a verdict was assembled');
  const { client, repository } = registry;
  const source = { client, repository, repositoryUrl, checkout: project.folder, verdict, remarks: made.notes };
  return await writeReleaseNotes({ ...source, package: made, training }, planned);
}

function describe(published: Published): string {
  const { tag, state } = published;
  if (state === 'identical') return `${tag} has the same model with the same evidence: nothing to publish.`;
  if (state === 'planned') return `${tag} would be published (${published.bump}). ${published.reason}`;
  if (state === 'prepared') return `${tag} is prepared as the draft ${published.release}.`;
  const { event, url } = published;
  return `${tag} is published: ${url}\nEvent ${event.sequence} of the ledger, manifest ${published.manifest}.`;
}
