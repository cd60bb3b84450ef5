import { MEMORY_FIX, parseMemory } from '../config/quantities.ts';
import { type Problem, UserMistake } from '../errors.ts';

/** Reads an input by its name in action.yml; empty when it was not given. */
export type GetInput = (name: string) => string;

/** Reads inputs one by one and keeps every mistake, so that all are told together. */
export interface InputValues {
  readonly problems: readonly Problem[];
  text(name: string): string;
  /** One path; undefined when it was not given. */
  path(name: string): string | undefined;
  /** One of some words; the first is what an empty input means. */
  choice<T extends string>(name: string, allowed: readonly [T, ...T[]]): T;
  /** One path, or a JSON list of several; never empty. */
  paths(name: string): string[];
  /** A JSON list of names; empty when it was not given. */
  names(name: string): string[];
  /** JSON that `runs-on` takes, as it was written: a label, a list of labels, or an object with group and labels. */
  runner(name: string): string;
  /** Text that matches, which the empty one need not. */
  form(name: string, pattern: RegExp, fix: string): string;
  /** Bytes of memory; undefined when it was not given. */
  memory(name: string): number | undefined;
  /** Adds a mistake that several inputs make together. */
  refuse(found: string, fix: string): void;
  /** Throws UserMistake with every mistake so far. */
  check(): void;
}

/** Opens the inputs of an action. */
export function openInputs(getInput: GetInput): InputValues {
  const problems: Problem[] = [];
  const text = (name: string) => getInput(name).trim();
  const refuse = (found: string, fix: string) => void problems.push({ found, fix });
  return {
    problems,
    text,
    path(name) {
      const value = text(name);
      if (/[\r\n]/.test(value)) refuse(`the input \`${name}\` has several lines`, 'Give one path.');
      return value === '' ? undefined : value;
    },
    choice(name, allowed) {
      const value = text(name);
      const known = allowed.find((word) => word === value);
      if (known === undefined && value !== '') {
        refuse(`the input \`${name}\` is \`${value}\``, `Allowed: ${allowed.join(', ')}.`);
      }
      return known ?? allowed[0];
    },
    paths(name) {
      const value = text(name);
      if (!value.startsWith('[')) {
        if (/[\r\n]/.test(value)) refuse(`the input \`${name}\` has several lines`, LIST_FIX);
        return [value === '' ? 'modelgate.yml' : value];
      }
      const list = parseJson(value);
      if (isList(list) && new Set(list).size === list.length) return list;
      refuse(`the input \`${name}\` is \`${value}\``, LIST_FIX);
      return [];
    },
    names(name) {
      const value = text(name);
      if (value === '') return [];
      const list = parseJson(value);
      if (isList(list)) return list;
      refuse(`the input \`${name}\` is \`${value}\``, 'Give a JSON list such as ["main", "release"].');
      return [];
    },
    runner(name) {
      const value = text(name);
      const runner = parseJson(value);
      if (!isRunner(runner)) refuse(`the input \`${name}\` is ${show(value)}`, RUNNER_FIX);
      return value;
    },
    form(name, pattern, fix) {
      const value = text(name);
      if (!pattern.test(value)) refuse(`the input \`${name}\` is ${show(value)}`, fix);
      return value;
    },
    memory(name) {
      const value = text(name);
      const bytes = parseMemory(value);
      if (value !== '' && bytes === undefined) refuse(`the input \`${name}\` is ${JSON.stringify(value)}`, MEMORY_FIX);
      return bytes;
    },
    refuse,
    check() {
      if (problems.length > 0) throw new UserMistake(problems);
    },
  };
}

const LIST_FIX = 'Give one path, or a JSON list of different paths such as ["a/modelgate.yml", "b/modelgate.yml"].';
const RUNNER_FIX = 'Give JSON: "ubuntu-latest", ["self-hosted", "gpu"], or {"group": "gpus", "labels": ["a100"]}.';

function show(value: string): string {
  return value === '' ? 'empty' : `\`${value}\``;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isPath(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '' && !/[\r\n]/.test(value);
}

function isRunner(value: unknown): boolean {
  if (Array.isArray(value)) return isList(value);
  if (typeof value !== 'object' || value === null) return isPath(value);
  const { group, labels, ...others } = value as Record<string, unknown>;
  const named = [group, labels].filter((part) => part !== undefined);
  return Object.keys(others).length === 0 && named.length > 0 && named.every((part) => isPath(part) || isList(part));
}

function isList(value: unknown): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every(isPath);
}

/** Reads inputs by `read`. Throws UserMistake with every mistake that it found. */
export function readInputs<T>(getInput: GetInput, read: (inputs: InputValues) => T): T {
  const inputs = openInputs(getInput);
  const wanted = read(inputs);
  inputs.check();
  return wanted;
}

/** The input `token`, which must not be empty. */
export function readToken(inputs: InputValues): string {
  return inputs.form('token', /./, 'Leave it out, or give it `github.token`.');
}
