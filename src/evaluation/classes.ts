import type { Task } from '../config/schema/modelgate.ts';
import type { Engine } from '../engine/connection.ts';
import { renderClassNames } from './class-names.ts';
import type { ScoreColumns } from './score-columns.ts';
import type { Unmeasured } from './sources.ts';

/** More classes than this are taken for a column of numbers or names. */
export const MAX_CLASSES = 1000;
const MAX_LISTED = 12;

/** The classes of the loaded sides, each with where it occurs. */
export async function fetchClasses(engine: Engine): Promise<ClassUse[] | Unmeasured> {
  const rows = await engine.rows<ClassUse>(
    `SELECT name, bool_or(side = 0) AS "inLabels", bool_or(side = 1) AS "inPredictions" FROM (
       SELECT DISTINCT truth AS name, 0 AS side FROM labels UNION ALL SELECT DISTINCT predicted, 1 FROM predictions)
     GROUP BY name LIMIT ${MAX_CLASSES + 1}`,
  );
  if (rows.length > MAX_CLASSES) return { reason: `there are more than ${MAX_CLASSES} classes: is this a regression?` };
  return rows.sort((a, b) => (a.name < b.name ? -1 : 1));
}

interface ClassUse {
  readonly name: string;
  readonly inLabels: boolean;
  readonly inPredictions: boolean;
}

/** Why these classes cannot be compared, or scored, under the task; undefined when they can. */
export function findClassFault(
  classes: readonly ClassUse[],
  task: Task,
  scores: ScoreColumns | undefined,
): string | undefined {
  const ofLabels = classes.filter(({ inLabels }) => inLabels);
  const ofPredictions = classes.filter(({ inPredictions }) => inPredictions);
  if (!ofPredictions.some(({ inLabels }) => inLabels)) {
    return `no predicted class is a class of the labels, which must be written alike: predicted ${list(ofPredictions)}; labels ${list(ofLabels)}`;
  }
  if (task === 'binary-classification' && classes.length > 2) {
    return `a binary classification has two classes, and there are ${classes.length}: labels ${list(ofLabels)}; predicted ${list(ofPredictions)}`;
  }
  if (!scores) return undefined;
  const named = new Set(scores.columns.map(({ className }) => className));
  const unnamed = classes.filter(({ name }) => !named.has(name));
  if (scores.single) {
    if (classes.length < 2 || unnamed.length < classes.length) return undefined;
    return `\`positive\` is \`${[...named][0]}\`, and the classes are ${list(classes)}: name the one that the scores are the probability of`;
  }
  return unnamed.length === 0 ? undefined : `\`scores\` names no column for the class ${list(unnamed)}`;
}

function list(classes: readonly ClassUse[]): string {
  return renderClassNames(
    classes.map(({ name }) => name),
    MAX_LISTED,
  );
}
