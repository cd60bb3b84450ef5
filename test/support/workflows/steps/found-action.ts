import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WorkflowError } from '../problems.ts';
import { findRepository } from '../run/library.ts';
import type { Source } from '../run/sources.ts';
import { type Action, readAction } from '../syntax/action.ts';
import type { Frame } from './frame.ts';

/** An action that a step uses, on disk. */
export interface FoundAction {
  readonly action: Action;
  readonly folder: string;
  /** Where `$/` in it points; undefined for an action of the workspace, which is of no commit. */
  readonly source: Source | undefined;
}

/** Whether `uses` names an action in the job's workspace: there is none before the steps run. */
export function isLocal(uses: string): boolean {
  return uses.startsWith('./') || uses.startsWith('../');
}

/**
 * Finds what `uses` names: `./folder` in the job's workspace, `$/folder` in the repository of the file that says so at
 * the commit that runs, and `owner/name[/folder]@ref`.
 */
export function findAction(uses: string, frame: Frame): FoundAction {
  if (isLocal(uses)) return open(uses, join(frame.job.folders.workspace, uses), undefined);
  const { path, source } = resolveSource(uses, frame);
  return open(uses, join(source.locate(), path), source);
}

function resolveSource(uses: string, frame: Frame): { path: string; source: Source } {
  if (uses.startsWith('$/')) {
    if (!frame.source) throw new WorkflowError([`"${uses}": an action of the workspace is of no repository`]);
    return { path: uses.slice(2), source: frame.source };
  }
  const match = /^([^/@]+\/[^/@]+)(?:\/([^@]+))?@(\S+)$/.exec(uses);
  if (!match) throw new WorkflowError([`"${uses}" names no action`]);
  const [, repository = '', path = '.', ref = ''] = match;
  return { path, source: findRepository(repository, ref, frame.job.instance.run.library) };
}

function open(uses: string, folder: string, source: Source | undefined): FoundAction {
  const file = ['action.yml', 'action.yaml'].map((name) => join(folder, name)).find((path) => existsSync(path));
  if (!file) throw new WorkflowError([`Can't find 'action.yml' or 'action.yaml' for "${uses}" under '${folder}'`]);
  return { action: readAction(`${uses}/action.yml`, readFileSync(file, 'utf8')), folder, source };
}
