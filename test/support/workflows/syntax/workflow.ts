import { readPermissions } from '../run/permissions.ts';
import type { Source } from '../run/sources.ts';
import { readDefaults, readJob } from './job.ts';
import { fail, readKeys, readPairs } from './keys.ts';
import type { Job, Workflow } from './model.ts';
import { parseFile } from './parsed-file.ts';
import { readTriggers } from './triggers.ts';

/**
 * Reads a workflow with every workflow that it calls. Throws a `WorkflowError` for what GitHub's parser refuses, for a
 * key that this runner does not know, and for `needs` that name no job or go in a circle.
 */
export function readWorkflow(
  file: { readonly source: Source; readonly path: string; readonly content: string },
  loadCalled: (uses: string, caller: Source) => Workflow,
): Workflow {
  const { source, path } = file;
  const parsed = parseFile('workflow', path, file.content);
  return readKeys(parsed.root, path, (keys) => {
    const [on, jobsToken] = [keys.find('on'), keys.find('jobs')];
    if (!on || !jobsToken) return keys.fail('`on` and `jobs` are required');
    const load = (uses: string) => loadCalled(uses, source);
    const jobs = new Map<string, Job>();
    for (const [id, token] of readPairs(jobsToken)) jobs.set(id, readJob(id, token, parsed, load));
    for (const job of jobs.values()) checkNeeds(job, jobs, (message) => fail(jobsToken, path, message));
    keys.text('description');
    return {
      source,
      path,
      name: keys.text('name'),
      runName: keys.find('run-name'),
      ...readTriggers(on, parsed),
      permissions: readPermissions(keys.find('permissions')),
      env: keys.find('env'),
      defaults: readDefaults(keys, parsed),
      concurrency: keys.find('concurrency'),
      jobs,
    };
  });
}

/** Every job that a job waits for, directly or not. */
export function findAncestors(job: Job, jobs: ReadonlyMap<string, Job>): Set<string> {
  const found = new Set<string>();
  const visit = (id: string) => {
    if (found.has(id)) return;
    found.add(id);
    jobs.get(id)?.needs.forEach(visit);
  };
  job.needs.forEach(visit);
  return found;
}

function checkNeeds(job: Job, jobs: ReadonlyMap<string, Job>, refuse: (message: string) => never): void {
  const unknown = job.needs.find((id) => !jobs.has(id));
  if (unknown !== undefined) refuse(`Job '${job.id}' depends on unknown job '${unknown}'.`);
  if (findAncestors(job, jobs).has(job.id)) refuse(`Job '${job.id}' depends on itself.`);
}
