import { type MarkdownLine, parseMarkdownLines } from './markdown-lines.ts';

/** One item of a GitHub task list, `- [ ] …` or `- [x] …`. */
export interface Task {
  readonly line: number;
  /** `malformed`: brackets that were meant as a box and are none, such as `[]` or `[x ]`; GitHub shows them as text. */
  readonly state: 'ticked' | 'open' | 'malformed';
  /** The item's own text with its continuation lines, without its nested tasks. */
  readonly text: string;
}

interface OpenTask extends Task {
  readonly parts: string[];
  readonly indent: number;
}

const ITEM = /^((?:[ \t]|>){0,200}(?:(?:[-*+]|\d{1,9}[.)])[ \t]{1,8}){1,8})(.*)$/u;
const BOX = /^\[([ xX])\](?=\s|$)/;
const NEAR_BOX = /^\[[^[\]]{0,3}\](?![([:])/;

/** Lists the tasks of a Markdown file, nested ones too, outside code and comments. Takes linear time. */
export function parseTasks(text: string): Task[] {
  const tasks: OpenTask[] = [];
  // The item that the following lines belong to.
  let open: OpenTask | undefined;
  let afterBlank = false;
  for (const line of parseMarkdownLines(text)) {
    const item = line.code ? null : ITEM.exec(line.text);
    const task = item ? startTask(line, item[1] ?? '', item[2] ?? '') : undefined;
    const indent = countLeading(line.text);
    if (task) {
      tasks.push(task);
      open = task;
    } else if (open && line.text.trim() !== '') {
      const leaves = item || afterBlank || /^ {0,3}#{1,6}(?:[ \t]|$)/.test(line.text);
      if (leaves && indent <= open.indent) open = undefined;
      else if (!line.code) open.parts.push(line.text.trim());
    }
    afterBlank = line.text.trim() === '';
  }
  return tasks.map(({ line, state, parts }) => ({ line, state, text: parts.join('\n') }));
}

function startTask(line: MarkdownLine, lead: string, rest: string): OpenTask | undefined {
  const box = BOX.exec(rest);
  const near = box ?? NEAR_BOX.exec(rest);
  if (!near) return undefined;
  const state = !box ? 'malformed' : box[1] === ' ' ? 'open' : 'ticked';
  const text = rest.slice(near[0].length).trim();
  return { line: line.number, state, text, parts: [text], indent: countLeading(lead) };
}

/** White space and quote marks before the first other character. */
function countLeading(text: string): number {
  return /^[\s>]*/.exec(text)?.[0].length ?? 0;
}
