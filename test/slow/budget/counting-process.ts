import { once } from 'node:events';
import { countVerdict } from '../../../src/pipeline/budget/counting.ts';
import { openBudgetFile } from '../../../src/pipeline/budget/file-store.ts';
import { createJudged } from '../../pipeline/budget/evidence.ts';

/** Counts its own verdicts in a file as soon as it hears so, and prints what came of each. */
const [path = '', verdicts = '', ...names] = process.argv.slice(2);
const budget = { verdicts: Number(verdicts), whenSpent: 'cannot-measure' } as const;
process.stdout.write('ready\n');
await once(process.stdin, 'data');
const states: string[] = [];
for (const name of names) states.push((await countVerdict(openBudgetFile(path), createJudged(name, budget))).state);
process.stdout.write(`${JSON.stringify(states)}\n`);
process.exit();
