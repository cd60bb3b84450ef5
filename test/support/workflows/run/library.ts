import { WorkflowError } from '../problems.ts';
import type { Workflow } from '../syntax/model.ts';
import { readWorkflow } from '../syntax/workflow.ts';
import { createFolderSource, type Source } from './sources.ts';

/** Folders of repositories other than the caller's, by `owner/name`; every ref is the folder as it is. */
export type Library = Readonly<Record<string, string>>;

// https://docs.github.com/en/actions/reference/workflows-and-actions/reusing-workflow-configurations
const MAX_DEPTH = 10;
const MAX_WORKFLOWS = 50;

/** Reads a workflow and all that it calls. Throws a `WorkflowError` for a circle and for more than GitHub allows. */
export function loadWorkflow(path: string, source: Source, library: Library): Workflow {
  const unique = new Set<string>();

  function load(path: string, source: Source, chain: readonly string[]): Workflow {
    const id = `${source.repository}/${path}@${source.ref}`;
    if (chain.includes(id)) throw new WorkflowError([`${path}: calls itself`]);
    if (chain.length >= MAX_DEPTH) throw new WorkflowError([`${path}: more than ${MAX_DEPTH} levels of workflows`]);
    unique.add(id);
    if (unique.size > MAX_WORKFLOWS) throw new WorkflowError([`more than ${MAX_WORKFLOWS} workflows in one run`]);
    const content = source.readFile(path);
    if (content === undefined) throw new WorkflowError([`${id}: workflow was not found`]);
    return readWorkflow({ source, path, content }, (uses, caller) => {
      const found = resolveWorkflow(uses, caller, library);
      const called = load(found.path, found.source, [...chain, id]);
      if (!called.call) throw new WorkflowError([`${uses}: has no workflow_call trigger`]);
      return called;
    });
  }
  return load(path, source, []);
}

function resolveWorkflow(uses: string, caller: Source, library: Library): { source: Source; path: string } {
  const own = /^(?:\.|\$)\/(\.github\/workflows\/[^/@]+\.ya?ml)$/.exec(uses);
  if (own?.[1]) return { source: caller, path: own[1] };
  const other = /^([^/@]+\/[^/@]+)\/(\.github\/workflows\/[^/@]+\.ya?ml)@(\S+)$/.exec(uses);
  if (!other) throw new WorkflowError([`"${uses}" names no workflow: they lie directly in .github/workflows`]);
  const [, repository = '', path = '', ref = ''] = other;
  return { source: findRepository(repository, ref, library), path };
}

/** A repository of the library. Throws a `WorkflowError` for one that it does not have. */
export function findRepository(repository: string, ref: string, library: Library): Source {
  const folder = library[repository.toLowerCase()] ?? library[repository];
  if (folder === undefined) throw new WorkflowError([`${repository}@${ref}: repository not found`]);
  return createFolderSource(repository, ref, folder);
}
