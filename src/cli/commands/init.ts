import { basename, join, posix, relative } from 'node:path';
import { type Problem, UserMistake } from '../../errors.ts';
import { EXIT } from '../../failure.ts';
import { git } from '../../github/git.ts';
import type { Terminal } from '../command.ts';
import { type Answers, collectAnswers, type Profile } from '../init/answers.ts';
import { writeFiles } from '../init/file-writing.ts';
import { findFlagProblems, findIdleFlags } from '../init/flag-problems.ts';
import type { InitFlags, QuestionName } from '../init/flags.ts';
import { profileLabels } from '../init/labels-profile.ts';
import { planFiles } from '../init/plan.ts';
import { inspectFiles, type PlannedFile } from '../init/planned-files.ts';
import type { LabelsProfile } from '../init/profile.ts';
import { askPerson, confirm, findSeat, type Seat } from '../init/prompts.ts';
import { type Ask, askFlags, readFlag } from '../init/question.ts';
import { readScene, type Scene } from '../init/scene.ts';
import { renderFiles, renderNextSteps, renderPlan, type Surroundings } from '../init/summary.ts';

/**
 * Writes a first modelgate.yml, a data contract and the workflows into a repository: asks what it must know, or takes
 * flags. `rest` is what the command line has beside known flags. Everything that is wrong is thrown as one UserMistake
 * before anything is written.
 */
export async function runInit(
  terminal: Terminal,
  flags: InitFlags,
  rest: readonly string[],
  seat: Seat | undefined = findSeat(terminal),
): Promise<number> {
  const problems = findFlagProblems(flags, rest);
  const scene = await readScene(flags.folder, problems);
  const look = createProfiler(terminal, scene, flags);
  const person = flags.yes ? undefined : seat;
  const answers = person
    ? await answerInPerson(scene, flags, person, look, problems)
    : await answerByFlags(scene, flags, look, problems);
  const files = answers
    ? await planFiles(scene, answers, (await look(answers.labels, problems)) ?? { columns: [] }, flags.workflow)
    : listFixedFiles(scene, flags);
  const states = await inspectFiles(scene.root, files, flags.force === true || flags.dryRun === true, problems);
  if (!answers || problems.length > 0) throw new UserMistake(problems);

  terminal.progress.info(renderPlan(answers, states));
  if (flags.dryRun) {
    terminal.print(renderFiles(files));
    return EXIT.pass;
  }
  if (person && !(await confirm('Write these files?', person))) {
    terminal.progress.info('Nothing was written.');
    return EXIT.pass;
  }
  terminal.signal.throwIfAborted();
  await writeFiles(scene.root, states);
  terminal.print(renderNextSteps(answers, await readSurroundings(scene, answers, flags.workflow)));
  return EXIT.pass;
}

async function answerByFlags(scene: Scene, flags: InitFlags, look: Look, problems: Problem[]) {
  const asked = new Set<QuestionName>();
  const ask = note(asked, askFlags(flags, flags.yes ? 'guess' : 'refuse', problems));
  const answers = await collectAnswers(scene, ask, (labels) => look(labels, problems));
  if (answers) problems.push(...findIdleFlags(flags, asked));
  if (!flags.yes && [...asked].some((name) => readFlag(flags, name) === undefined)) problems.push(NOBODY);
  return answers;
}

const NOBODY: Problem = {
  found: 'nobody can be asked: this is no terminal',
  fix: 'Give the flags, or --yes to take what is suggested.',
};

/** Mistakes among the flags are told before the first question. */
async function answerInPerson(scene: Scene, flags: InitFlags, seat: Seat, look: Look, problems: Problem[]) {
  const asked = new Set<QuestionName>();
  const check = note(asked, askFlags(flags, 'leave', problems));
  if (await collectAnswers(scene, check, (labels) => look(labels, []))) problems.push(...findIdleFlags(flags, asked));
  await inspectFiles(scene.root, listFixedFiles(scene, flags), flags.force === true || flags.dryRun === true, problems);
  if (problems.length > 0) throw new UserMistake(problems);
  return collectAnswers(scene, await askPerson(flags, seat), async (labels) => {
    const profile = await look(labels, problems);
    if (problems.length > 0) throw new UserMistake(problems);
    return profile;
  });
}

function note(asked: Set<QuestionName>, ask: Ask): Ask {
  return (question) => {
    asked.add(question.name);
    return ask(question);
  };
}

/**
 * What is known of the files before everything is answered: that a modelgate.yml that is there is in the way, and whether
 * workflows can be written at all.
 */
function listFixedFiles({ way }: Scene, { workflow }: InitFlags): PlannedFile[] {
  return [
    { path: posix.join(way, 'modelgate.yml'), content: '' },
    { path: `.github/workflows/${workflow}.yml`, content: '', adds: true },
  ];
}

type Look = (labels: string, problems: Problem[]) => ReturnType<Profile>;

/** Looks at a file of labels once, however often it is asked for. */
function createProfiler({ environment, progress, signal }: Terminal, scene: Scene, flags: InitFlags): Look {
  const library = { environment, progress, ...(flags.duckdb ? { override: flags.duckdb } : {}) };
  const known = new Map<string, LabelsProfile | UserMistake>();
  return async (labels, problems) => {
    let found = known.get(labels);
    if (!found) {
      found = await profileLabels(join(scene.folder, labels), labels, { library, signal }).catch((error: unknown) => {
        if (error instanceof UserMistake) return error;
        throw error;
      });
      known.set(labels, found);
      if ('unseen' in found && found.unseen) progress.warn(`Less can be suggested: ${found.unseen}`);
    }
    if (!(found instanceof UserMistake)) return found;
    problems.push(...found.problems);
    return undefined;
  };
}

async function readSurroundings(scene: Scene, { labels }: Answers, workflow: string): Promise<Surroundings> {
  const started = process.argv[1] ?? '';
  const isLinked = basename(started) === 'modelgate';
  const ask = (...args: string[]) => git(scene.folder, [...args, '--', labels]).catch(() => undefined);
  return {
    program: isLinked ? 'modelgate' : `node ${relative(process.cwd(), started)}`,
    folder: relative(process.cwd(), scene.folder) || '.',
    workflow,
    labelsIgnored: (await ask('check-ignore')) !== undefined,
    labelsInLfs: (await ask('check-attr', 'filter'))?.endsWith(': lfs') === true,
  };
}
