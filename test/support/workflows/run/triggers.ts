import type { Filters, Triggers } from '../syntax/triggers.ts';
import { readRecord } from './contexts.ts';
import type { RunEvent } from './run.ts';

// https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows
const DEFAULT_TYPES: Readonly<Record<string, readonly string[]>> = {
  pull_request: ['opened', 'synchronize', 'reopened'],
  pull_request_target: ['opened', 'synchronize', 'reopened'],
  merge_group: ['checks_requested'],
};

/** Why an event starts no run of a workflow with these triggers; undefined when it starts one. */
export function describeMismatch(triggers: Triggers, event: RunEvent): string | undefined {
  const filters = triggers.get(event.name);
  if (!filters) return `on: does not name ${event.name}`;
  const action = event.payload['action'];
  const types = filters['types'] ?? DEFAULT_TYPES[event.name];
  if (types && typeof action === 'string' && !types.includes(action)) {
    return `on.${event.name}: ${action} is none of ${types.join(', ')}`;
  }
  return describeRefMismatch(filters, event) ?? describeWorkflowMismatch(filters, event);
}

function describeRefMismatch(filters: Filters, event: RunEvent): string | undefined {
  const isTag = event.name === 'push' && event.ref.startsWith('refs/tags/');
  const kinds = isTag ? ['tags', 'branches'] : ['branches', 'tags'];
  const [own = '', other = ''] = kinds;
  const ref = findRef(event);
  const [included, ignored] = [filters[own], filters[`${own}-ignore`]];
  // A push is filtered by either kind; naming only the other leaves this one out.
  const onlyOther = event.name === 'push' && (filters[other] ?? filters[`${other}-ignore`]) && !included && !ignored;
  if (onlyOther) return `on.push: names only ${other}`;
  if (included && !matchesPatterns(included, ref)) return `on.${event.name}.${own}: ${ref} does not match`;
  if (ignored && matchesPatterns(ignored, ref)) return `on.${event.name}.${own}-ignore: ${ref} matches`;
  return undefined;
}

function describeWorkflowMismatch(filters: Filters, event: RunEvent): string | undefined {
  const workflows = filters['workflows'];
  if (event.name !== 'workflow_run') return undefined;
  const name = String(readRecord(event.payload['workflow_run'])?.['name'] ?? '');
  return workflows?.includes(name) ? undefined : `on.workflow_run.workflows: ${name} is not among them`;
}

/** The branch or tag that filters look at. */
function findRef(event: RunEvent): string {
  const { payload } = event;
  if (event.name.startsWith('pull_request')) {
    return String(readRecord(readRecord(payload['pull_request'])?.['base'])?.['ref'] ?? '');
  }
  if (event.name === 'workflow_run') return String(readRecord(payload['workflow_run'])?.['head_branch'] ?? '');
  const ref = event.name === 'merge_group' ? readRecord(payload['merge_group'])?.['base_ref'] : event.ref;
  return String(ref ?? '').replace(/^refs\/(heads|tags)\//, '');
}

/** Whether a name matches a list of patterns, of which later ones and those with `!` take away and add again. */
export function matchesPatterns(patterns: readonly string[], name: string): boolean {
  return patterns.reduce((matched, pattern) => {
    if (pattern.startsWith('!')) return matched && !compilePattern(pattern.slice(1)).test(name);
    return matched || compilePattern(pattern).test(name);
  }, false);
}

// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#filter-pattern-cheat-sheet
function compilePattern(pattern: string): RegExp {
  const parts = pattern.match(/\*\*|\[[^\]]*\]|\\.|./gs) ?? [];
  const source = parts.map((part) => {
    if (part === '**') return '.*';
    if (part === '*') return '[^/]*';
    if (part === '?' || part === '+' || part.startsWith('[')) return part;
    return part.replace(/^\\/, '').replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  });
  return new RegExp(`^${source.join('')}$`);
}
