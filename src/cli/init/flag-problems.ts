import { suggest } from '../../config/suggestion.ts';
import type { Problem } from '../../errors.ts';
import { checkWorkflow } from './checks.ts';
import { type InitFlags, listFlags, nameFlag, QUESTIONS, type QuestionName } from './flags.ts';
import { readFlag } from './question.ts';

/** What is wrong with the flags before any question: those that do not exist, and what is no answer to a question. */
export function findFlagProblems(flags: InitFlags, rest: readonly string[]): Problem[] {
  const strays = rest.flatMap((word, index): Problem[] => {
    const [flag = ''] = word.split('=');
    if (word.startsWith('-')) return [{ found: `there is no flag ${flag}`, fix: suggestFlag(flag) }];
    // What follows an unknown flag is its value.
    if (rest[index - 1]?.startsWith('-')) return [];
    return [{ found: `${JSON.stringify(word)} belongs to no flag`, fix: 'Put a value with spaces in quotes.' }];
  });
  const workflow = checkWorkflow(flags.workflow);
  return [...strays, ...(workflow ? [workflow] : [])];
}

function suggestFlag(flag: string): string {
  const [near] = /^Did you mean [^?]+\?/.exec(suggest(flag, listFlags())) ?? [];
  return near ?? 'Run it with --help to see what is allowed.';
}

const REASONS: Readonly<Partial<Record<QuestionName, string>>> = {
  positive: 'only a binary-classification has a positive class',
  modelFile: 'nothing is trained',
  installer: 'on a runner of your own, packages are installed by steps of your own',
};

/** The flags that answer a question which the other answers leave no room for. Whether forks come matters to none. */
export function findIdleFlags(flags: InitFlags, asked: ReadonlySet<QuestionName>): Problem[] {
  const names = (Object.keys(QUESTIONS) as QuestionName[]).filter((name) => name !== 'forks' && !asked.has(name));
  return names
    .filter((name) => readFlag(flags, name) !== undefined)
    .map((name) => ({ found: `${nameFlag(name)} has no use here: ${REASONS[name] ?? ''}`, fix: 'Leave it out.' }));
}
