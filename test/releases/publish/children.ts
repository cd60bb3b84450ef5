import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Package } from '../../../src/registry/package/package.ts';
import type { Place } from '../../registry/publish/place.ts';
import type { Order, Outcome } from './child.ts';

const JSON_IMPORTS = new URL('../../support/json-imports.mjs', import.meta.url).href;

/** A process that has started and waits for its order. */
export interface Child {
  readonly process: ChildProcess;
  readonly ended: Promise<unknown>;
  readonly outcome: Promise<Outcome>;
}

/** Starts a process that will publish. */
export async function startChild(): Promise<Child> {
  const child = fork(new URL('./child.ts', import.meta.url), [], {
    execArgv: ['--import', JSON_IMPORTS],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', (code) => reject(new Error(`The child ended with ${code} before it was ready`)));
  });
  const outcome = new Promise<Outcome>((resolve, reject) => {
    child.once('message', (message) => resolve(message as Outcome));
    child.once('exit', () => reject(new Error('The child ended without an answer')));
  });
  outcome.catch(() => {});
  return { process: child, ended, outcome };
}

/** What a child is to publish. */
export async function order(place: Place, made: Package, partBytes?: number): Promise<Order> {
  const file = join(place.folder, `${randomUUID()}.json`);
  await writeFile(file, JSON.stringify(made));
  const { repository, github } = place;
  const { owner, name, fullName, id } = repository;
  const token = github.createToken({ repository, permissions: { contents: 'write' } });
  const parts = partBytes === undefined ? {} : { partBytes };
  return { apiUrl: github.apiUrl, token, repository: { owner, name, fullName, id }, made: file, ...parts };
}
