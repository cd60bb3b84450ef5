import { type Command, Option } from 'commander';
import type { Flags, Terminal } from '../command.ts';
import { type Act, addCommand, type Load } from '../command-line.ts';
import type { FetchFlags } from '../commands/fetch.ts';
import type { PromoteFlags } from '../commands/promote.ts';
import type { PublishFlags } from '../commands/publish.ts';
import type { RollbackFlags } from '../commands/rollback.ts';
import type { SiteFlags } from '../commands/site.ts';
import type { VerifyFlags } from '../commands/verify.ts';

/** The commands that work with versions, stages and the ledger. */
export function addRegistryCommands(program: Command, act: Act): void {
  addLedgerCommands(program, act);
  addTrustCommands(program, act);
  addPublish(program, act);
  addStageCommands(program, act);
  addSite(program, act);
}

const AT = 'an instant (2026-03-01T09:00:00Z), or a day (2026-03-01), which means its end in UTC';

/** What only reads the ledger: git's own credentials do in a clone. */
function addLedgerCommands(program: Command, act: Act): void {
  const flags = ['config', 'repository', 'json'] as const;
  const words = 'print what happened to the models: releases, promotions, rollbacks; newest first';
  addCommand(program, 'history', words, flags)
    .argument('[model]', 'one model; without it all')
    .option('--stage <stage>', 'only what happened in this stage, and what was in it')
    .option('--at <time>', `up to ${AT}`)
    .option('--limit <number>', 'how many events at most (default: 50; with --json all)')
    .action((model: string | undefined, flags: Flags) => {
      const load = async () => (await import('../commands/history.ts')).runHistory;
      return act(load)({ ...flags, ...(model !== undefined && { model }) });
    });
  addCommand(program, 'stages', 'print which version is in which stage', flags)
    .argument('[model]', 'one model; without it all')
    .option('--at <time>', `what was in them at ${AT}`)
    .action((model: string | undefined, flags: Flags) => {
      const load = async () => (await import('../commands/stages.ts')).runStageList;
      return act(load)({ ...flags, ...(model !== undefined && { model }) });
    });
}

/** The registry as pages; several models may each have a modelgate.yml. */
function addSite(program: Command, act: Act): void {
  const command = addCommand(
    program,
    'site',
    'write the registry as a static site: models, versions, what was live when',
    ['repository', 'json'],
  )
    .option('--to <folder>', 'where the pages go', 'site')
    .option('--title <text>', 'what the site is called (default: the name of the repository)');
  const words = 'a modelgate.yml whose stages are shown in their order; may be repeated (default: the one here)';
  command.option('--config <path>', words, (value: string, before: string[] = []) => [...before, value]);
  command.action(async (flags: SiteFlags) => {
    const load: Load = async () => {
      const { runSite } = await import('../commands/site.ts');
      return (terminal) => runSite(terminal, flags);
    };
    await act(load)({ config: 'modelgate.yml' });
  });
}

/** What makes a version. */
function addPublish(program: Command, act: Act): void {
  const command = addCommand(program, 'publish', 'make a version of what the run folder holds, with GITHUB_TOKEN', [
    'config',
    'repository',
    'runFolder',
    'duckdb',
    'json',
  ]);
  command
    .addOption(
      new Option('--bump <number>', 'raise this number, whatever changed').choices(['major', 'minor', 'patch']),
    )
    .option('--prerelease <name>', 'make a pre-release with this label, such as the name of a branch')
    .option('--dry-run', 'say what would be published, and write nothing')
    .action(async (flags: PublishFlags) => {
      const load: Load = async () => {
        const { runPublish } = await import('../commands/publish.ts');
        return (terminal) => runPublish(terminal, flags);
      };
      await act(load)(flags);
    });
}

/** What decides which version is live. */
function addStageCommands(program: Command, act: Act): void {
  const flags = ['config', 'repository', 'json'] as const;
  const dry = ['--dry-run', 'decide and verify, and write nothing'] as const;
  addCommand(program, 'promote', 'put a version into a stage, with GITHUB_TOKEN', flags)
    .argument('<version>', 'such as churn@v1.4.0')
    .argument('<stage>', 'a stage of modelgate.yml')
    .option('--reason <text>', 'why; it stands in the ledger')
    .option(...dry)
    .action((version: string, stage: string, given: Omit<PromoteFlags, 'version' | 'stage'>) => {
      const load = async () => {
        const { runPromote } = await import('../commands/promote.ts');
        return (terminal: Terminal) => runPromote(terminal, { ...given, version, stage });
      };
      return act(load)({ config: given.config });
    });
  addCommand(program, 'rollback', 'take a stage back to the last version that was healthy in it', flags)
    .argument('<model>', 'such as churn')
    .argument('<stage>', 'a stage of modelgate.yml')
    .requiredOption('--reason <text>', 'why; it stands in the ledger and in the incident issue')
    .option('--to <version>', 'a version that was in the stage, such as v1.3.0')
    .option(...dry)
    .action((model: string, stage: string, given: Omit<RollbackFlags, 'model' | 'stage'>) => {
      const load = async () => {
        const { runRollback } = await import('../commands/rollback.ts');
        return (terminal: Terminal) => runRollback(terminal, { ...given, model, stage });
      };
      return act(load)({ config: given.config });
    });
}

/** What brings a version to a machine, and what says whether it is what was released. */
function addTrustCommands(program: Command, act: Act): void {
  const flags = ['config', 'repository', 'json'] as const;
  addCommand(program, 'fetch', 'download a version of a model and verify every byte of it', flags)
    .argument('<version>', 'churn@v1.4.0, churn@^1.2, churn@latest, or what is in a stage: churn@production')
    .option('--to <folder>', 'where the files go (default: a folder with the name of the model)')
    .addOption(new Option('--only <files>', 'the files of the model, or all of the release').choices(['model', 'all']))
    .option('--force', 'replace files that are there already and differ')
    .action((reference: string, given: Omit<FetchFlags, 'reference'>) => {
      const load = async () => {
        const { runFetch } = await import('../commands/fetch.ts');
        return (terminal: Terminal) => runFetch(terminal, { ...given, reference });
      };
      return act(load)({ config: given.config });
    });
  const words = 'compare a version, a downloaded release or the ledger with everything that speaks of it';
  addCommand(program, 'verify', words, flags)
    .argument('[version]', 'as `fetch` takes it')
    .option('--folder <folder>', 'a downloaded release; asks nobody')
    .option('--ledger', 'the ledger, with all tags, releases and deployments that remember it')
    .option('--listed', 'believe the digests that GitHub tells, instead of reading every byte')
    .option('--trusted-root <file>', 'verify attestations by this trusted root of Sigstore’s; asks nobody else for it')
    .option('--attestations', 'verify attestations by the trusted root that is fetched from tuf-repo-cdn.sigstore.dev')
    .option('--require-attestations', 'without attestations it does not verify; fetches the trusted root as well')
    .option('--signer-workflow <workflow>', 'who must have signed (default: the model-release.yml of this project)')
    .option('--source-ref <ref>', 'where final versions come from (default: the default branch; of a folder, name it)')
    .option('--manifest-digest <sha256>', 'the digest that manifest.json must have, known from elsewhere')
    .option('--event-digest <sha256>', 'the digest that its event in the ledger must have, as its tag tells it')
    .option('--public-key <file>', 'model.sig must be there, and be signed by this key')
    .action((reference: string | undefined, given: Omit<VerifyFlags, 'reference'>) => {
      const load = async () => {
        const { runVerify } = await import('../commands/verify.ts');
        return (terminal: Terminal) => runVerify(terminal, { ...given, reference });
      };
      return act(load)({ config: given.config });
    });
}
