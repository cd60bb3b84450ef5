import { Command, CommanderError, Option } from 'commander';
import { describeFailure, EXIT } from '../failure.ts';
import { NAME, VERSION } from '../identity.ts';
import { isRunner, neutraliseCommands } from '../log.ts';
import { STAGES } from '../pipeline/stages.ts';
import { type Act, addCommand, DATA_FLAGS, type Load } from './command-line.ts';
import type { DataInferFlags } from './commands/data-infer.ts';
import type { DataProfileFlags } from './commands/data-profile.ts';
import { type InitFlags, QUESTIONS, SETTINGS } from './init/flags.ts';
import { addRegistryCommands } from './registry/commands.ts';

/** For commands that read no modelgate.yml. */
const NO_CONFIG = { config: '' };

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
    const text = isRunner(environment) ? neutraliseCommands(failure.text) : failure.text;
    process.stderr.write(`${text}\n`);
    return failure.code;
  }
}

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

  const run = addCommand(program, 'run', 'run all stages that modelgate.yml asks for, and decide', DATA_FLAGS);
  addDeciding(run)
    .addOption(new Option('--from <stage>', 'the first stage to run').choices(STAGES).default(STAGES[0]))
    .addOption(new Option('--to <stage>', 'the last stage to run').choices(STAGES).default(STAGES.at(-1)))
    .action(act(async () => (await import('./commands/run.ts')).runStages));

  const data = program.command('data').description('work with data sets');
  addDataCommands(data, act);
  const stages = [
    [addCommand(data, 'check', 'check the data sets against their contracts', DATA_FLAGS), ['data', 'data']],
    [addCommand(program, 'train', 'train the model'), ['train', 'train']],
    [addCommand(program, 'predict', "run the candidate's code on the test set"), ['predict', 'predict']],
    [addCommand(program, 'score', 'join predictions with labels and compute the metrics'), ['score', 'score']],
    [addCommand(program, 'evaluate', 'predict and score'), ['predict', 'score']],
    [addSelfTest(addDeciding(addCommand(program, 'gate', 'decide on the evidence that is there'))), ['gate', 'gate']],
  ] as const;
  for (const [command, [from, to]] of stages) {
    const load: Load = async () => {
      const { runStages } = await import('./commands/run.ts');
      return async (terminal, flags) => {
        if (!flags.selfTest) return runStages(terminal, { ...flags, from, to });
        return (await import('./commands/self-test.ts')).runSelfTest(terminal, flags);
      };
    };
    command.action(act(load));
  }
  addPlanning(program, act);
  addCommand(program, 'report', 'write the reports again from the evidence', ['config', 'runFolder', 'json'])
    .option('--post', 'post the verdict on a pull request too, with GITHUB_TOKEN')
    .option('--pull-request <number>', 'the pull request to post on')
    .action(act(async () => (await import('./commands/report.ts')).runReport));
  addCommand(program, 'validate', 'check modelgate.yml, contracts and waivers, and that the data is there', [
    'config',
    'json',
  ]).action(act(async () => (await import('./commands/validate.ts')).runValidate));
  addRegistryCommands(program, act);
  return program;
}

/** What looks at one file, without modelgate.yml. */
function addDataCommands(data: Command, act: Act): void {
  const many = (value: string, before: string[] = []) => [...before, value];
  const profile = addCommand(data, 'profile', 'print how the columns of a csv, parquet or jsonl file are distributed', [
    'duckdb',
    'memory',
  ]).argument('<file>', 'the file');
  profile
    .option('--column <name>', 'describe this column only; may be repeated', many)
    .option('--json', 'print the profile as JSON, which a check of drift can be held against')
    .action((file: string, flags: DataProfileFlags) => {
      const load: Load = async () => {
        const { runDataProfile } = await import('./commands/data-profile.ts');
        return (terminal) => runDataProfile(terminal, file, flags);
      };
      return act(load)(NO_CONFIG);
    });
  const infer = addCommand(data, 'infer', 'write a first data contract that a file keeps', ['duckdb', 'memory']);
  infer
    .argument('<file>', 'a csv, parquet or jsonl file')
    .option('--output <path>', 'write it to this file (default: print it)')
    .option('--force', 'with --output, replace a file that is there')
    .action((file: string, flags: DataInferFlags) => {
      const load: Load = async () => {
        const { runDataInfer } = await import('./commands/data-infer.ts');
        return (terminal) => runDataInfer(terminal, file, flags);
      };
      return act(load)(NO_CONFIG);
    });
}

/** Only of the gate: what it decides is put to the test in place of being decided. */
function addSelfTest(command: Command): Command {
  return command
    .option(
      '--self-test',
      'say how often each rule would decide otherwise on copies of the rows; no verdict is written',
    )
    .option('--copies <number>', 'with --self-test, how many copies are drawn (default: 200)')
    .option('--seed <number>', 'with --self-test, what they are drawn from (default: 1)');
}

/** What the rows at hand can show, before anybody is judged by them. */
function addPlanning(program: Command, act: Act): void {
  const words = 'print what each rule can see with the rows at hand, and how many verdicts the test set still has';
  addCommand(program, 'plan', words)
    .option('--rows <number>', 'plan for so many rows instead of those at hand')
    .option('--budget-file <file>', 'where verdicts are counted, if not in the ledger')
    .action(act(async () => (await import('./commands/plan.ts')).runPlan));
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

/** What the commands that decide take beside the others. */
function addDeciding(command: Command): Command {
  return command
    .option(
      '--baseline <name=folder>',
      'the run folder of a baseline, by the name that `against` uses; may be repeated',
      (value: string, before: string[] = []) => [...before, value],
    )
    .option('--budget-file <file>', 'count the verdict in this file, in a trusted job where there is no ledger');
}
