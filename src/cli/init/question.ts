import { suggest } from '../../config/suggestion.ts';
import type { Problem } from '../../errors.ts';
import { type InitFlags, nameFlag, QUESTIONS, type QuestionName } from './flags.ts';

/** Why an answer will not do, and what would. */
export interface Fault {
  readonly found: string;
  readonly fix: string;
}

/** One thing to know. */
export interface Question {
  readonly name: QuestionName;
  /** What was found or is usual; undefined where nothing is. */
  readonly guess?: string | undefined;
  /** All that can be answered, where that is known. */
  readonly choices?: readonly string[] | undefined;
  /** Whether an empty answer is one. */
  readonly optional?: boolean;
  /** Where there is no guess: why, and what to do. */
  readonly hint?: string | undefined;
  readonly check?: (answer: string) => Fault | undefined;
}

/** Answers a question; undefined when it could not. */
export type Ask = (question: Question) => Promise<string | undefined>;

/** What is wrong with an answer; undefined when nothing is. */
export function findAnswerFault(question: Question, answer: string): Fault | undefined {
  const [, words] = QUESTIONS[question.name];
  if (answer === '') return question.optional ? undefined : { found: 'this is empty', fix: `Name ${words}.` };
  if (/\p{Cc}/u.test(answer)) return { found: 'a control character is in it', fix: 'Remove it.' };
  const { choices } = question;
  if (choices && !choices.includes(answer)) return { found: `it is ${quote(answer)}`, fix: suggest(answer, choices) };
  return question.check?.(answer);
}

/** Whether something is a fault and not a value. */
export function isFault(value: object): value is Fault {
  return 'found' in value && 'fix' in value;
}

function quote(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 79)}…` : text);
}

/** What becomes of a question without its flag: it is a problem, its guess is taken, or somebody will be asked later. */
export type Missing = 'refuse' | 'guess' | 'leave';

/** Answers from the flags, and adds what is wrong or missing to `problems`, so that everything is found at once. */
export function askFlags(flags: InitFlags, missing: Missing, problems: Problem[]): Ask {
  return async (question) => {
    const { name, guess } = question;
    const given = readFlag(flags, name);
    const fault = findAnswerFault(question, given ?? guess ?? '');
    if (given !== undefined) {
      if (!fault) return given;
      problems.push({ found: `${nameFlag(name)}: ${fault.found}`, fix: fault.fix });
      return undefined;
    }
    if (missing === 'leave') return guess;
    if (guess === undefined || missing === 'refuse' || fault) problems.push(describeMissing(question, fault));
    return guess;
  };
}

/** The value of a question's flag as text. */
export function readFlag(flags: InitFlags, name: QuestionName): string | undefined {
  if (name !== 'forks') return flags[name];
  return flags.forks === undefined ? undefined : flags.forks ? 'yes' : 'no';
}

function describeMissing({ name, guess, hint }: Question, fault: Fault | undefined): Problem {
  const [, words] = QUESTIONS[name];
  const found = `${nameFlag(name)} is missing: ${words}`;
  if (guess === undefined) return { found, ...(hint === undefined ? {} : { fix: hint }) };
  if (fault) return { found: `${found}. Found was ${JSON.stringify(guess)}, but ${fault.found}`, fix: fault.fix };
  return { found, fix: `Suggested: ${renderFlag(name, guess)}.` };
}

function renderFlag(name: QuestionName, value: string): string {
  if (name === 'forks') return value === 'yes' ? '--forks' : '--no-forks';
  return `${nameFlag(name)} ${/^[\w./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`}`;
}
