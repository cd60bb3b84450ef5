import { NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { REPOSITORY_URL } from '../../src/identity.ts';
import { runDist } from '../support/program.ts';
import { CALLERS, findOwn, PINS, read, readAction, type Step } from '../workflows/files.ts';
import { findBlocks, listBlocks, listPages, listSpans, SESSION_PAGES } from './pages.ts';

const PAGES = listPages();

test('every example on a page is of a kind that a test tries', () => {
  const tried = [
    'console',
    'sh',
    'sh digest',
    'yaml',
    ...CALLERS.map((path) => `yaml caller ${path.replace('workflows/', '')}`),
    'yaml modelgate',
    'yaml workflow',
    'mermaid',
    'gitignore',
    'text',
  ];
  for (const page of PAGES) for (const { info } of listBlocks(read(page))) expect(tried, page).toContain(info);
});

describe('a workflow on a page', () => {
  const workflows = PAGES.flatMap((page) => findBlocks(read(page), 'yaml workflow').map((text) => ({ page, text })));

  test('is read by GitHub’s own parser without an error', () => {
    expect(workflows.length).toBeGreaterThan(0);
    for (const { page, text } of workflows) {
      const { context } = parseWorkflow({ name: page, content: text }, new NoOperationTraceWriter());
      expect(context.errors.getErrors().map(({ message }) => message)).toEqual([]);
    }
  });

  test('uses actions of others at a commit that was looked at', () => {
    for (const { text } of workflows) {
      for (const [line, uses = '', version] of text.matchAll(/uses: (\S+)(?: # (\S+))?/g)) {
        if (findOwn(uses) === undefined) expect(version ?? '', line).toBe(PINS[uses]);
      }
    }
  });
});

test('every part of a workflow on a page names files of ours that are there, and inputs that they have', () => {
  for (const page of PAGES) {
    for (const { info, text } of listBlocks(read(page))) {
      if (info !== 'yaml' && info !== 'yaml workflow') continue;
      for (const { uses, with: given = {} } of listUses(parse(text))) {
        const file = findOwn(uses);
        if (!file?.endsWith('action.yml')) continue;
        expect(Object.keys(readAction(file).inputs), page).toEqual(expect.arrayContaining(Object.keys(given)));
      }
    }
  }
});

/** Everything with a `uses:`, however deep. */
function listUses(value: unknown): Step[] {
  if (typeof value !== 'object' || value === null) return [];
  return [...('uses' in value ? [value as Step] : []), ...Object.values(value).flatMap(listUses)];
}

describe('a command on a page', () => {
  /** The flags of each command, by its words. */
  const commands = new Map<string, Set<string>>();

  beforeAll(async () => {
    const top = await readHelp([]);
    for (const name of top.commands) {
      const { commands: inner, flags } = await readHelp([name]);
      if (inner.length === 0) commands.set(name, flags);
      for (const word of inner) commands.set(`${name} ${word}`, (await readHelp([name, word])).flags);
    }
  });

  test('is one that the program has, with flags that it takes', () => {
    let found = 0;
    for (const page of PAGES) {
      // What else is typed in those sessions is typed for real, elsewhere.
      const isTyped = (line: string) => !SESSION_PAGES.includes(page) || /^modelgate |^node \S*cli\.js/.test(line);
      for (const line of listCommandLines(read(page)).filter(isTyped)) {
        const fault = findFault(line, commands);
        expect(fault, `${page}: ${line}`).toBeUndefined();
        found += 1;
      }
    }
    expect(found).toBeGreaterThan(8);
  });

  test('may be any of those that the README lists, which are all', () => {
    const [, listed = ''] =
      /\$ node dist\/cli\.js --help\n```\n\n((?:`[a-z ]+`,\s)*`[a-z ]+`)\./.exec(read('README.md')) ?? [];
    expect(listed.replaceAll('`', '').split(/,\s/).toSorted()).toEqual([...commands.keys()].toSorted());
  });

  test('or a flag alone is a flag of some command', () => {
    const flags = new Set([...commands.values()].flatMap((one) => [...one]));
    for (const page of PAGES) {
      for (const span of listSpans(read(page))) {
        const [, flag] = /^(--[a-z-]+)/.exec(span) ?? [];
        if (flag !== undefined) expect([...flags], `${page}: ${span}`).toContain(flag);
      }
    }
  });
});

async function readHelp(words: readonly string[]): Promise<{ commands: string[]; flags: Set<string> }> {
  const { code, stdout } = await runDist('cli.js', [...words, '--help'], { cwd: process.cwd() });
  expect(code).toBe(0);
  const [options = '', listed = ''] = stdout.split('\nCommands:\n');
  const names = [...listed.matchAll(/^ {2}([a-z]+)/gm)].map(([, name]) => name ?? '').filter((name) => name !== 'help');
  return { commands: names, flags: new Set([...options.matchAll(/--[a-z-]+/g)].map(([flag]) => flag)) };
}

/** Every line that a reader is asked to type, in blocks and in sentences. */
function listCommandLines(page: string): string[] {
  const sessions = findBlocks(page, 'console').flatMap((text) => [...text.matchAll(/^\$ (.*)$/gm)]);
  const scripts = findBlocks(page, 'sh').flatMap((text) => text.trim().split('\n'));
  const spans = listSpans(page).filter((span) => /^(modelgate [a-z]|npm (run|test)|node \S*cli\.js)/.test(span));
  return [...sessions.map(([, line]) => line ?? ''), ...scripts, ...spans].flatMap((line) => line.split(' && '));
}

function findFault(line: string, commands: ReadonlyMap<string, ReadonlySet<string>>): string | undefined {
  const [program = '', ...words] = line.split(' ').filter(Boolean);
  if (program === 'npm') {
    const script = words[0] === 'run' ? words[1] : words[0];
    return Object.keys(JSON.parse(read('package.json')).scripts).includes(script ?? '')
      ? undefined
      : `no script ${script}`;
  }
  if (program === 'git') return words[1] === REPOSITORY_URL ? undefined : `${words[1]} is not ${REPOSITORY_URL}`;
  if (program === 'cd' || program === 'sha256sum') return undefined;
  const isOurs = program === 'modelgate' || (program === 'node' && words.shift()?.endsWith('dist/cli.js'));
  if (!isOurs) return `nobody knows ${program}`;
  if (words[0] === undefined || words[0] === '--help') return undefined;
  const name = [words.slice(0, 2).join(' '), words[0] ?? ''].find((one) => commands.has(one));
  if (name === undefined) return `no command ${words[0]}`;
  const flags = words.flatMap((word) => /^--[a-z-]+/.exec(word) ?? []);
  const unknown = flags.find((flag) => !commands.get(name)?.has(flag));
  return unknown && `${name} takes no ${unknown}`;
}
