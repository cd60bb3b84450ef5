import type { Finding } from './finding.ts';
import type { GovernanceFile } from './sources.ts';
import { parseTasks, type Task } from './task-list.ts';
import { parseTickEvidence } from './tick-evidence.ts';

/** How many faulty items a message lists. */
const MAX_LISTED = 10;

/**
 * Decides whether every item of a checklist is ticked, and every tick carries a link or a path that exists.
 * `existing` holds the paths of the ticks that are there. A list without items asks for nothing and proves nothing.
 */
export function decideChecklist(source: GovernanceFile, existing: ReadonlySet<string>): Finding {
  if (source.state === 'missing') {
    return { outcome: 'fail', reason: `There is no file ${source.path}; write it and commit it.` };
  }
  if (source.state === 'unreadable') {
    return { outcome: 'cannot-measure', reason: `${source.path} cannot be read: ${source.reason}.` };
  }
  const tasks = parseTasks(source.text);
  if (tasks.length === 0) {
    const reason = `${source.path} holds no task list; write items such as \`- [x] reviewed: https://…\`.`;
    return { outcome: 'cannot-measure', reason };
  }
  const faults = tasks.flatMap((task) => {
    const fault = findTaskFault(task, existing);
    return fault === undefined ? [] : [`line ${task.line} ${fault}`];
  });
  if (faults.length > 0) return { outcome: 'fail', reason: renderFaults(source.path, faults, tasks.length) };
  const reason =
    tasks.length === 1
      ? 'The item is ticked, with its evidence.'
      : `All ${tasks.length} items are ticked, with evidence.`;
  return { outcome: 'pass', reason };
}

function findTaskFault(task: Task, existing: ReadonlySet<string>): string | undefined {
  const name = `(${shorten(task.text)})`;
  if (task.state === 'malformed') return `${name} has a box that is none; write [ ] or [x]`;
  if (task.state === 'open') return `${name} is not ticked`;
  const { links, paths } = parseTickEvidence(task.text);
  if (links.length > 0 || paths.some((path) => existing.has(path))) return undefined;
  if (paths.length === 0) return `${name} is ticked without evidence; add a link, or a path in backticks`;
  return `${name} is ticked with a path that is not in the repository: ${paths.slice(0, 3).map(shorten).join(', ')}`;
}

function renderFaults(path: string, faults: readonly string[], items: number): string {
  const listed = faults.slice(0, MAX_LISTED).join('; ');
  const more = faults.length - MAX_LISTED;
  return `${path}: ${faults.length} of ${items} items: ${listed}${more > 0 ? `; and ${more} more` : ''}.`;
}

function shorten(text: string): string {
  const line = text.split('\n', 1)[0]?.trim() || 'no text';
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
