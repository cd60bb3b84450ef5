import { join } from 'node:path';
import { type Problem, UserMistake } from '../../errors.ts';
import { renderCanonical } from '../../evidence/canonical.ts';
import type { EvidenceSet } from '../../evidence/document.ts';
import { readEvidence } from '../../evidence/files.ts';
import { EXIT } from '../../failure.ts';
import { git } from '../../github/git.ts';
import { writeReleaseNotes } from '../../pipeline/release/notes.ts';
import { type Run, withRun } from '../../pipeline/run.ts';
import type { ModelStore } from '../../registry/model-store.ts';
import { type Assembled, assemblePackage } from '../../registry/package/assembly.ts';
import type { PlannedVersion, Published } from '../../registry/publish/options.ts';
import { publishVersion } from '../../registry/publish/publish.ts';
import type { BUMPS } from '../../registry/versions/change.ts';
import type { Flags, Terminal } from '../command.ts';
import { type OpenedRegistry, openRegistry, readActor } from '../registry/opening.ts';
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
    const evidence = await readEvidence(runFolder);
    requireCleanCommit(run, evidence);
    const folder = join(temporary, 'package');
    const made = await assemblePackage({ project, evidence, runFolder, temporary: folder, library, signal });
    const registry = await openRegistry(terminal, { repository: flags.repository, folder: project.folder });
    const { client, repository, ledger } = registry;
    const published = await publishVersion({
      ...{ client, repository, ledger, package: made, progress, signal, phase: 'all', run: null },
      created: await readCommitTime(project.folder, made.commit),
      actor: await readActor(terminal, client),
      bump: flags.bump,
      prerelease: flags.prerelease,
      training: evidence.training,
      storage: await openTarget(terminal, run),
      renderNotes: (planned) =>
        renderNotes(run, { evidence, made, registry, planned, environment: terminal.environment }),
      dryRun: flags.dryRun,
    });
    terminal.print(flags.json ? renderCanonical(published).trimEnd() : describe(published));
    return EXIT.pass;
  });
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

/** In whole seconds, UTC: the same for every run on the commit. */
async function readCommitTime(folder: string, commit: string): Promise<string> {
  const seconds = Number(await git(folder, ['show', '--no-patch', '--format=%ct', commit, '--']));
  return new Date(seconds * 1000).toISOString();
}

/** Where the model's files go, by `release.target`; undefined where they become assets. */
async function openTarget({ environment }: Terminal, run: Run): Promise<ModelStore | undefined> {
  const { release } = run.project.config;
  if (release?.target !== 'oci') return undefined;
  const repository = release.oci?.repository;
  if (repository === undefined) {
    const fix = 'Name the repository under `release.oci.repository`.';
    throw new UserMistake({ file: run.project.file, found: '`release.target` is oci, and no registry is named', fix });
  }
  const [{ openOciStore }, { readOciCredentials }] = await Promise.all([
    import('../../registry/oci/store.ts'),
    import('../../registry/oci/credentials.ts'),
  ]);
  const registry = repository.split('/', 1)[0] ?? '';
  const credentials = await readOciCredentials({ registry, own: registry, environment });
  return openOciStore({ repository, credentials, progress: run.progress, signal: run.signal });
}

interface Noted {
  readonly evidence: EvidenceSet;
  readonly made: Assembled;
  readonly registry: OpenedRegistry;
  readonly planned: PlannedVersion;
  readonly environment: NodeJS.ProcessEnv;
}

async function renderNotes(
  { project }: Run,
  { evidence, made, registry, planned, environment }: Noted,
): Promise<string> {
  const { verdict, training } = evidence;
  if (verdict === undefined) throw new Error('A package without a verdict was assembled');
  const { client, repository } = registry;
  const server = environment['GITHUB_SERVER_URL'] || 'https://github.com';
  const repositoryUrl = `${server}/${repository.fullName}`;
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
