import type { Task } from '../config/schema/modelgate.ts';
import type { Engine } from '../engine/connection.ts';
import { renderClassNames } from './class-names.ts';
import type { Side } from './joined-table.ts';
import { nameAnswers } from './loading.ts';
import type { Opened } from './opening.ts';
import type { ScoreColumns } from './score-columns.ts';
import type { Unmeasured } from './sources.ts';

/** More classes than this are taken for a column of numbers or names. */
const MAX_CLASSES = 1000;
const MAX_LISTED = 12;

/** A class, and which files name it. */
export interface ClassUse {
  readonly name: string;
  readonly inLabels: boolean;
  /** By side. A side whose class follows from a score names none of its own. */
  readonly inAnswers: readonly boolean[];
}

/** The classes of the loaded tables, in the order of their code units. */
export async function fetchClasses(engine: Engine, opened: Opened): Promise<ClassUse[] | Unmeasured> {
  const answers = opened.sides.flatMap(({ threshold }, at) =>
    threshold === undefined ? [`SELECT DISTINCT predicted, ${at} FROM ${nameAnswers(at as Side)}`] : [],
  );
  const rows = await engine.rows<{ name: string; inLabels: boolean; first: boolean; second: boolean }>(
    `SELECT name, bool_or(file = -1) AS "inLabels", bool_or(file = 0) AS first, bool_or(file = 1) AS second FROM (
       ${['SELECT DISTINCT truth AS name, -1 AS file FROM labels', ...answers].join(' UNION ALL ')})
     WHERE name IS NOT NULL GROUP BY name LIMIT ${MAX_CLASSES + 1}`,
  );
  if (rows.length > MAX_CLASSES) return { reason: `there are more than ${MAX_CLASSES} classes: is this a regression?` };
  if (rows.some(({ name }) => name.includes('\0'))) return { reason: 'a class has a NUL character in its name' };
  return rows
    .map(({ name, inLabels, first, second }) => ({ name, inLabels, inAnswers: [first, second] }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Why these classes cannot be compared, or scored, under the task; undefined when they can. */
export function findClassFault(
  classes: readonly ClassUse[],
  { task, scores, sides }: Pick<Opened, 'task' | 'scores' | 'sides'>,
): string | undefined {
  const ofLabels = classes.filter(({ inLabels }) => inLabels);
  for (const [at, { threshold }] of sides.entries()) {
    if (threshold !== undefined) continue;
    const own = classes.filter(({ inAnswers }) => inAnswers[at]);
    const fault = findAnswerFault(ofLabels, own, task, at === 0 ? 'predicted' : 'predicted by the baseline');
    if (fault !== undefined) return fault;
  }
  if (task === 'binary-classification' && classes.length > 2) {
    return `a binary classification has two classes, and there are ${classes.length}: ${list(classes)}`;
  }
  return findScoreFault(classes, scores) ?? findThresholdFault(classes, sides);
}

function findAnswerFault(
  ofLabels: readonly ClassUse[],
  own: readonly ClassUse[],
  task: Task,
  predicted: string,
): string | undefined {
  if (!own.some(({ inLabels }) => inLabels)) {
    const subject = predicted === 'predicted' ? 'no predicted class' : `no class ${predicted}`;
    return `${subject} is a class of the labels, which must be written alike: ${predicted} ${list(own)}; labels ${list(ofLabels)}`;
  }
  const all = new Set([...ofLabels, ...own]);
  if (task !== 'binary-classification' || all.size <= 2) return undefined;
  return `a binary classification has two classes, and there are ${all.size}: labels ${list(ofLabels)}; ${predicted} ${list(own)}`;
}

function findScoreFault(classes: readonly ClassUse[], scores: ScoreColumns | undefined): string | undefined {
  if (!scores) return undefined;
  const named = new Set(scores.columns.map(({ className }) => className));
  const unnamed = classes.filter(({ name }) => !named.has(name));
  if (scores.single) {
    if (classes.length < 2 || unnamed.length < classes.length) return undefined;
    return `\`positive\` is \`${[...named][0]}\`, and the classes are ${list(classes)}: name the one that the scores are the probability of`;
  }
  return unnamed.length === 0 ? undefined : `\`scores\` names no column for the class ${list(unnamed)}`;
}

/** A threshold needs to know the class below it. */
function findThresholdFault(classes: readonly ClassUse[], sides: Opened['sides']): string | undefined {
  if (classes.length === 2 || sides.every(({ threshold }) => threshold === undefined)) return undefined;
  return `a threshold parts two classes, and there ${classes.length === 1 ? 'is' : 'are'} ${list(classes)}`;
}

function list(classes: readonly ClassUse[]): string {
  return renderClassNames(
    classes.map(({ name }) => name),
    MAX_LISTED,
  );
}
