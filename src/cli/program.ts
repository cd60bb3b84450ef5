import { Command, CommanderError, Option } from 'commander';
import { describeFailure, EXIT } from '../failure.ts';
import { NAME, VERSION } from '../identity.ts';
import { STAGES } from '../pipeline/stages.ts';
import type { Flags, Perform, Terminal } from './command.ts';
import type { FetchFlags } from './commands/fetch.ts';
import type { PromoteFlags } from './commands/promote.ts';
import type { PublishFlags } from './commands/publish.ts';
import type { RollbackFlags } from './commands/rollback.ts';
import type { SiteFlags } from './commands/site.ts';
import type { VerifyFlags } from './commands/verify.ts';
import { type InitFlags, QUESTIONS, SETTINGS } from './init/flags.ts';

/** Runs the command line and returns its exit code. Everything goes to standard output and standard error. */
export async function main(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  let code: number = EXIT.pass;
  const program = createProgram((load) => async (flags) => {
    const [{ openTerminal }, perform] = await Promise.all([import('./terminal.ts'), load()]);
    code = await openTerminal(environment, flags, perform);
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.pass : EXIT.mistake;
    const failure = describeFailure(error);
    process.stderr.write(`${failure.text}\n`);
    return failure.code;
  }
}

type Load = () => Promise<Perform>;
type Act = (load: Load) => (flags: Flags) => Promise<void>;

function createProgram(act: Act): Command {
  const program = new Command(NAME)
    .description('Makes a machine-learning model earn its merge.')
    .version(VERSION)
    .exitOverride()
    .showHelpAfterError('Run it with --help to see what is allowed.')
    .addHelpText('after', '\nExit codes: 0 the verdict is pass, 1 it is not, 2 a mistake of yours, 3 a bug of ours.');

  addCommand(program, 'demo', 'train, evaluate and gate the penguins example in a folder of its own', [
    'duckdb',
    'json',
  ])
    .option('--folder <folder>', 'where the example is copied to', '.modelgate-demo')
    .action(act(async () => (await import('./commands/demo.ts')).runDemo));

  addInit(program, act);

  const run = addCommand(program, 'run', 'run all stages that modelgate.yml asks for, and decide');
  addBaselines(run)
    .addOption(new Option('--from <stage>', 'the first stage to run').choices(STAGES).default(STAGES[0]))
    .addOption(new Option('--to <stage>', 'the last stage to run').choices(STAGES).default(STAGES.at(-1)))
    .action(act(async () => (await import('./commands/run.ts')).runStages));

  const data = program.command('data').description('work with data sets');
  const stages = [
    [addCommand(data, 'check', 'check the data sets against their contracts'), ['data', 'data']],
    [addCommand(program, 'train', 'train the model'), ['train', 'train']],
    [addCommand(program, 'predict', "run the candidate's code on the test set"), ['predict', 'predict']],
    [addCommand(program, 'score', 'join predictions with labels and compute the metrics'), ['score', 'score']],
    [addCommand(program, 'evaluate', 'predict and score'), ['predict', 'score']],
    [addBaselines(addCommand(program, 'gate', 'decide on the evidence that is there')), ['gate', 'gate']],
  ] as const;
  for (const [command, [from, to]] of stages) {
    const load: Load = async () => {
      const { runStages } = await import('./commands/run.ts');
      return (terminal, flags) => runStages(terminal, { ...flags, from, to });
    };
    command.action(act(load));
  }
  addCommand(program, 'report', 'write the reports again from the evidence', ['config', 'runFolder', 'json'])
    .option('--post', 'post the verdict on a pull request too, with GITHUB_TOKEN')
    .option('--pull-request <number>', 'the pull request to post on')
    .action(act(async () => (await import('./commands/report.ts')).runReport));
  addCommand(program, 'validate', 'check modelgate.yml, contracts and waivers, and that the data is there', [
    'config',
    'json',
  ]).action(act(async () => (await import('./commands/validate.ts')).runValidate));
  addLedgerCommands(program, act);
  addTrustCommands(program, act);
  addPublish(program, act);
  addStageCommands(program, act);
  addSite(program, act);
  return program;
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
      const load = async () => (await import('./commands/history.ts')).runHistory;
      return act(load)({ ...flags, ...(model !== undefined && { model }) });
    });
  addCommand(program, 'stages', 'print which version is in which stage', flags)
    .argument('[model]', 'one model; without it all')
    .option('--at <time>', `what was in them at ${AT}`)
    .action((model: string | undefined, flags: Flags) => {
      const load = async () => (await import('./commands/stages.ts')).runStageList;
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
      const { runSite } = await import('./commands/site.ts');
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
        const { runPublish } = await import('./commands/publish.ts');
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
        const { runPromote } = await import('./commands/promote.ts');
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
        const { runRollback } = await import('./commands/rollback.ts');
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
        const { runFetch } = await import('./commands/fetch.ts');
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
    .option('--public-key <file>', 'verify model.sig by this key')
    .action((reference: string | undefined, given: Omit<VerifyFlags, 'reference'>) => {
      const load = async () => {
        const { runVerify } = await import('./commands/verify.ts');
        return (terminal: Terminal) => runVerify(terminal, { ...given, reference });
      };
      return act(load)({ config: given.config });
    });
}

/** `init` has flags of its own, and tells a misspelt one together with everything else that is wrong. */
function addInit(program: Command, act: Act): void {
  const command = program
    .command('init')
    .description('write a first modelgate.yml, a data contract and the workflows into a repository')
    .allowUnknownOption()
    .allowExcessArguments();
  for (const [syntax, words] of Object.values(QUESTIONS)) command.option(syntax, words);
  for (const [syntax, words, standard] of SETTINGS) command.option(syntax, words, standard);
  command.action(async (flags: InitFlags) => {
    const load: Load = async () => {
      const { runInit } = await import('./commands/init.ts');
      return (terminal) => runInit(terminal, flags, command.args);
    };
    await act(load)({ config: flags.folder });
  });
}

/** Each command takes the flags that it reads, and no others. */
const FLAGS = {
  config: ['--config <path>', 'modelgate.yml, or its folder', 'modelgate.yml'],
  runFolder: ['--run-folder <folder>', 'where evidence and reports go (default: .modelgate beside modelgate.yml)'],
  duckdb: ['--duckdb <folder>', "a folder with DuckDB's library, for machines without a registry"],
  repository: [
    '--repository <owner/name>',
    'the repository on GitHub (default: GITHUB_REPOSITORY, or what origin names)',
  ],
  json: ['--json', 'print the evidence on standard output'],
} as const;
type FlagName = keyof typeof FLAGS;
const RUN_FLAGS: readonly FlagName[] = ['config', 'runFolder', 'duckdb', 'json'];

function addCommand(parent: Command, name: string, description: string, flags = RUN_FLAGS): Command {
  const command = parent.command(name).description(description);
  for (const flag of flags) {
    const [syntax, words, standard] = FLAGS[flag];
    command.option(syntax, words, standard);
  }
  return command;
}

function addBaselines(command: Command): Command {
  return command.option(
    '--baseline <name=folder>',
    'the run folder of a baseline, by the name that `against` uses; may be repeated',
    (value: string, before: string[] = []) => [...before, value],
  );
}
