import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { globSync } from 'tinyglobby';
import { parse } from 'yaml';
import { REPOSITORY } from '../../src/identity.ts';
import { ROOT } from '../support/program.ts';

export interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

export type Permissions = Readonly<Record<string, 'read' | 'write'>>;

export interface Job {
  readonly uses?: string;
  readonly if?: string;
  readonly steps?: readonly Step[];
  readonly needs?: string | readonly string[];
  readonly permissions?: Permissions;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly secrets?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number | string;
}

interface Call {
  readonly inputs?: Readonly<Record<string, { readonly type: string; readonly required?: boolean }>>;
  readonly secrets?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, { readonly value: string }>>;
}

export interface Workflow {
  readonly on: {
    readonly workflow_call?: Call;
    readonly workflow_dispatch?: { readonly inputs?: Readonly<Record<string, unknown>> } | null;
  };
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

export interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string; readonly required?: boolean }>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly runs: { readonly using: string; readonly main: string };
}

/** The commits of third-party actions that were looked at, read from the tags of their repositories. */
export const PINS: Readonly<Record<string, string>> = {
  'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1': 'v7.0.1',
  'actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f': 'v7.0.0',
  'actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c': 'v8.0.1',
  'actions/setup-python@5fda3b95a4ea91299a34e894583c3862153e4b97': 'v7.0.0',
  'actions/setup-node@820762786026740c76f36085b0efc47a31fe5020': 'v7.0.0',
  'actions/cache@27d5ce7f107fe9357f9df03efb73ab90386fccae': 'v5.0.5',
  'actions/attest@1e69f48acb82d1966a394da916b4c1698aa569d6': 'v4.2.2',
  'actions/deploy-pages@cd2ce8fcbc39b97be8ca5fce6e763baed58fa128': 'v5.0.0',
  'actions/upload-pages-artifact@fc324d3547104276b827a68afc52ff2a11cc49c9': 'v5.0.0',
  'astral-sh/setup-uv@20cfd1bf945f4377ade1205e4dbc17946fc9a30d': 'v10.0.1',
  'conda-incubator/setup-miniconda@8ee1f361103df19b6f8c8655fd3967a8ecb162d5': 'v4.0.1',
  'github/codeql-action@8aad20d150bbac5944a9f9d289da16a4b0d87c1e': 'v4.36.2',
  'ossf/scorecard-action@2d1146689b8cda280b9bc96326124645441f03bc': 'v2.4.4',
};

const list = (pattern: string) => globSync(pattern, { cwd: ROOT, dot: true }).toSorted();

/** Paths from the root of the repository. */
export const WORKFLOWS = list('.github/workflows/*.yml');
export const REUSABLE = WORKFLOWS.filter((path) => path.includes('/model-'));
export const CALLERS = list('workflows/*/*.yml');
export const ACTIONS = [...list('action.yml'), ...list('actions/*/action.yml')];

export const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
export const readWorkflow = (path: string) => parse(read(path)) as Workflow;
export const readAction = (path: string) => parse(read(path)) as Action;
export const listJobs = (path: string) => Object.entries(readWorkflow(path).jobs);

/** Every step of a workflow, and the workflows that its jobs call. */
export function listSteps(path: string): Step[] {
  return listJobs(path).flatMap(([, { steps = [], uses }]) => [...steps, ...(uses === undefined ? [] : [{ uses }])]);
}

/** The file of ours that `uses:` names, by `$/` or by our address; undefined for what is not ours. */
export function findOwn(uses = ''): string | undefined {
  const prefix = ['$', REPOSITORY].find((one) => uses.startsWith(`${one}/`) || uses.startsWith(`${one}@`));
  if (prefix === undefined) return undefined;
  const [way = ''] = uses.slice(prefix.length).split('@');
  const path = posix.join('.', way, way.endsWith('.yml') ? '' : 'action.yml');
  if (!existsSync(join(ROOT, path))) throw new Error(`${uses} names no file of ours`);
  return path;
}

/** The expressions of a file, without its comments: what stands in `${{ }}`, and in `if:`, which needs none. */
export function listExpressions(path: string): string[] {
  const text = read(path).replaceAll(/(^|\s)#.*$/gm, '');
  const conditions = [...text.matchAll(/^\s+(?:- )?if: (.*)$/gm)].map(([, words]) => words ?? '');
  return [...[...text.matchAll(/\$\{\{(.*?)\}\}/gs)].map(([, words]) => words ?? ''), ...conditions];
}

/** The names after a context in expressions: `inputs.x` gives x. */
export function listNames(path: string, context: string): string[] {
  const pattern = new RegExp(`(?<![\\w.-])${context.replaceAll('.', '\\.')}\\.([\\w-]+)`, 'g');
  const names = listExpressions(path).flatMap((words) => [...words.matchAll(pattern)].map(([, name]) => name ?? ''));
  return [...new Set(names)].toSorted();
}

/** What jobs may do taken together: of two grants of a scope the higher one. */
export function joinPermissions(all: readonly (Permissions | undefined)[]): Permissions {
  const joined: Record<string, 'read' | 'write'> = {};
  for (const [scope, level] of all.flatMap((one) => Object.entries(one ?? {}))) {
    if (joined[scope] !== 'write') joined[scope] = level;
  }
  return joined;
}
