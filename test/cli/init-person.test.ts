import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { Terminal } from '../../src/cli/command.ts';
import { runInit } from '../../src/cli/commands/init.ts';
import type { InitFlags } from '../../src/cli/init/flags.ts';
import { UserMistake } from '../../src/errors.ts';
import { describeFailure, EXIT } from '../../src/failure.ts';
import { SILENT } from '../../src/progress.ts';
import { createRepository } from './repository.ts';

const ENTER = '\r';
const ESCAPE = String.fromCharCode(27);
const DOWN = `${ESCAPE}[B`;
const UP = `${ESCAPE}[A`;
const RIGHT = `${ESCAPE}[C`;
const LEAVE = '\u0003';
/** A sequence that stands for one key, or one character. */
const KEYS = new RegExp(`${ESCAPE}\\[.|.`, 'gs');
const CLEAR = '\u007f'.repeat(60);

/** A terminal at which somebody answers by the words of the question; Enter where nothing is said of it. */
function sitDown(folder: string, keys: Readonly<Record<string, string>>, flags: Partial<InitFlags> = {}) {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => input });
  const output = Object.assign(new PassThrough(), { isTTY: true, columns: 200, rows: 50 });
  const questions: string[] = [];
  let shown = '';
  output.setEncoding('utf8').on('data', (chunk: string) => {
    const text = stripVTControlCharacters(chunk);
    shown += text;
    const question = /(?:\((--[a-z-]+)\)|(Write these files\?))\s*$/m.exec(text)?.find((part, at) => at > 0 && part);
    if (question === undefined || questions.at(-1) === question) return;
    questions.push(question);
    const [, pressed] = Object.entries(keys).find(([name]) => question === name) ?? [];
    const typed = pressed?.includes(LEAVE) ? pressed : `${pressed ?? ''}${ENTER}`;
    // One key at a time, and not before the prompt listens: it draws itself first.
    setImmediate(() => {
      for (const key of typed.match(KEYS) ?? []) input.write(key);
    });
  });
  const signal = new AbortController().signal;
  const printed: string[] = [];
  const print = (text: string) => void printed.push(text);
  const terminal: Terminal = { environment: process.env, progress: SILENT, signal, color: false, width: 100, print };
  const given: InitFlags = { folder, workflow: 'model', ...flags };
  const end = runInit(terminal, given, [], { input, output, signal });
  return { end, questions, printed, read: () => shown };
}

describe('somebody at a terminal', () => {
  test('is offered what was found, and Enter takes it', async () => {
    const { folder, read } = await createRepository();
    const { end, questions, printed } = sitDown(folder, {});
    expect(await end).toBe(0);
    expect(questions).toEqual([
      '--model',
      '--labels',
      '--id',
      '--label',
      '--task',
      '--positive',
      '--train',
      '--predict',
      '--predictions',
      '--prediction',
      '--train-runner',
      '--installer',
      '--forks',
      '--default-branch',
      'Write these files?',
    ]);
    expect(await read('modelgate.yml')).toContain('positive: "yes"');
    expect(printed.join('')).toContain('Try it now');
  });

  test('can choose and write something else', async () => {
    const { folder, read, list } = await createRepository();
    const answers = { '--model': `${CLEAR}leavers`, '--positive': DOWN, '--forks': UP, '--train': CLEAR };
    expect(await sitDown(folder, answers).end).toBe(0);
    const text = await read('modelgate.yml');
    expect(text).toContain('model: leavers');
    expect(text).toContain('positive: "no"');
    expect(list()).toContain('.github/workflows/model-report.yml');
  });

  test('is asked only for what no flag says', async () => {
    const { folder } = await createRepository();
    const flags = { model: 'x', labels: 'data/test.csv', id: 'id', label: 'churned', forks: false, train: '' };
    const { end, questions } = sitDown(folder, {}, flags);
    expect(await end).toBe(0);
    for (const name of Object.keys(flags)) expect(questions).not.toContain(`--${name}`);
  });

  test('is told what is wrong with the flags before the first question', async () => {
    const { folder } = await createRepository();
    const { end, questions } = sitDown(folder, {}, { task: 'x', id: 'plan' });
    const mistake = await end.catch((error: unknown) => error);
    expect(mistake).toBeInstanceOf(UserMistake);
    expect(describeFailure(mistake).text).toMatch(/--id:.*--task:/s);
    expect(questions).toEqual([]);
  });

  test('is told what is wrong with an answer, and asked again', async () => {
    const { folder, read } = await createRepository();
    const model = `${CLEAR}a b${ENTER}${CLEAR}ab`;
    const { end, read: readShown } = sitDown(folder, { '--model': model });
    expect(await end).toBe(0);
    expect(readShown()).toContain('the name "a b" has something else in it');
    expect(await read('modelgate.yml')).toContain('model: ab\n');
  });

  test('may say no at the end, or leave in the middle, and nothing is written', async () => {
    const { folder, list } = await createRepository();
    const before = list();
    expect(await sitDown(folder, { 'Write these files?': RIGHT }).end).toBe(0);
    expect(list()).toEqual(before);
    const left = await sitDown(folder, { '--predict': LEAVE }).end.catch((error: unknown) => error);
    expect(describeFailure(left).code).toBe(EXIT.interrupted);
    expect(list()).toEqual(before);
  });
});
