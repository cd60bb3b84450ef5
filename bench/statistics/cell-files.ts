import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cell } from './cell.ts';

/** What one run of a group of rules found. */
export interface GroupResult extends Head {
  readonly cells: readonly Cell[];
  /** Undefined where the run did not come to its end. */
  readonly seconds?: number;
}

interface Head {
  readonly group: string;
  readonly title: string;
  readonly node: string;
  readonly grid: 'quick' | 'whole';
}

const SUFFIX = '.jsonl';

/** A file of one group, begun anew, so that groups can be run one by one: a line about the run, one for each cell, and the end. */
export function openGroup(folder: string, head: Head): { add(cell: Cell): void; close(seconds: number): void } {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${head.group}${SUFFIX}`);
  const append = (line: object) => appendFileSync(file, `${JSON.stringify(line)}\n`);
  writeFileSync(file, '');
  append(head);
  return { add: append, close: (seconds) => append({ seconds }) };
}

/** All groups in a folder, in the order of `names`; those that it does not name come last. */
export function readGroups(folder: string, names: readonly string[]): GroupResult[] {
  const place = ({ group }: GroupResult) => (names.includes(group) ? names.indexOf(group) : names.length);
  return readdirSync(folder)
    .filter((name) => name.endsWith(SUFFIX))
    .sort()
    .map((name) => readGroup(readFileSync(join(folder, name), 'utf8')))
    .sort((a, b) => place(a) - place(b));
}

function readGroup(text: string): GroupResult {
  const lines = text.trimEnd().split('\n');
  const [head, ...rest] = lines.map((line) => JSON.parse(line));
  const cells = rest.filter((line): line is Cell => 'rule' in line);
  return { ...head, ...rest.find((line) => 'seconds' in line), cells };
}
