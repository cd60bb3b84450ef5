import type { Readable, Writable } from 'node:stream';
import { UserMistake } from '../../errors.ts';
import type { Terminal } from '../command.ts';
import { isLively } from '../terminal.ts';
import { type InitFlags, nameFlag, QUESTIONS } from './flags.ts';
import { type Ask, findAnswerFault, type Question, readFlag } from './question.ts';

/** Where a person is. */
export interface Seat {
  readonly input: Readable;
  readonly output: Writable;
  readonly signal: AbortSignal;
}

/** Where the person at the terminal is; undefined where nobody can be asked. */
export function findSeat({ environment, signal }: Terminal): Seat | undefined {
  const { stdin, stderr } = process;
  return stdin.isTTY && isLively(stderr, environment) ? { input: stdin, output: stderr, signal } : undefined;
}

type Clack = typeof import('@clack/prompts');

/** Lists longer than this are scrolled. */
const MAX_SHOWN = 10;

/** Asks a person for what no flag says. Throws an AbortError when that person leaves. The flags must have been checked. */
export async function askPerson(flags: InitFlags, seat: Seat): Promise<Ask> {
  const clack = await import('@clack/prompts');
  return async (question) => {
    const given = readFlag(flags, question.name);
    if (given !== undefined && findAnswerFault(question, given) === undefined) return given;
    const answer = question.choices ? await choose(clack, question, seat) : await write(clack, question, seat);
    return leaveIf<string>(clack, answer).trim();
  };
}

/** Asks whether to go on. */
export async function confirm(message: string, seat: Seat): Promise<boolean> {
  const clack = await import('@clack/prompts');
  return leaveIf<boolean>(clack, await clack.confirm({ message, ...seat }));
}

/** Only what will do can be chosen. Throws UserMistake where nothing will. */
function choose(clack: Clack, question: Question, seat: Seat): Promise<string | symbol> {
  const { name, guess, choices = [], hint } = question;
  const options = choices
    .filter((choice) => findAnswerFault(question, choice) === undefined)
    .map((value) => ({ value, label: clean(value) }));
  if (options.length === 0) {
    const [, words] = QUESTIONS[name];
    throw new UserMistake({ found: `nothing can be chosen for ${words}`, ...(hint ? { fix: hint } : {}) });
  }
  const initial = guess === undefined ? {} : { initialValue: guess };
  return clack.select({ message: renderMessage(name), options, maxItems: MAX_SHOWN, ...initial, ...seat });
}

function write(clack: Clack, question: Question, seat: Seat): Promise<string | symbol> {
  const { name, guess } = question;
  return clack.text({
    message: renderMessage(name),
    ...(guess === undefined ? {} : { initialValue: guess }),
    validate(value = '') {
      const fault = findAnswerFault(question, value.trim());
      return fault && clean(`${fault.found}. ${fault.fix}`);
    },
    ...seat,
  });
}

function renderMessage(name: Question['name']): string {
  const [, words] = QUESTIONS[name];
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} (${nameFlag(name)})`;
}

/** Names of columns and classes come from data, and a terminal would obey what is in them. */
function clean(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '\uFFFD');
}

function leaveIf<T>(clack: Clack, answer: T | symbol): T {
  if (clack.isCancel(answer)) throw new DOMException('the questions were left', 'AbortError');
  return answer as T;
}
