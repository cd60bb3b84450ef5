import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { GetInput } from '../../src/actions/input-values.ts';
import { readInputs } from '../../src/actions/inputs.ts';
import { computeOutputs } from '../../src/actions/outputs.ts';
import {
  readBaselinesInputs,
  readCandidateInputs,
  readJudgeInputs,
  readPlanInputs,
  readReportInputs,
  readSubjectInputs,
} from '../../src/actions/pull-request/inputs.ts';
import {
  readFetchInputs,
  readPromoteInputs,
  readPublishInputs,
  readRollbackInputs,
  readSiteInputs,
  readVerifyInputs,
} from '../../src/actions/release/inputs.ts';
import { STAGE_ACTIONS } from '../../src/actions/stage-actions.ts';
import { METRICS } from '../../src/config/metrics.ts';
import { UserMistake } from '../../src/errors.ts';
import { keepStages } from '../../src/pipeline/stages.ts';
import { createEvidence } from '../support/evidence.ts';
import { ROOT } from '../support/program.ts';
import { ACTIONS, read, readAction } from '../workflows/files.ts';

/** How each entry reads its inputs. */
const READERS: Readonly<Record<string, (getInput: GetInput) => unknown>> = {
  baselines: readBaselinesInputs,
  candidate: readCandidateInputs,
  fetch: readFetchInputs,
  judge: readJudgeInputs,
  plan: readPlanInputs,
  promote: readPromoteInputs,
  publish: readPublishInputs,
  report: readReportInputs,
  rollback: readRollbackInputs,
  site: readSiteInputs,
  subject: readSubjectInputs,
  verify: readVerifyInputs,
  ...Object.fromEntries(
    Object.entries(STAGE_ACTIONS).map(([name, { stages }]) => [name, (get: GetInput) => readInputs(get, stages)]),
  ),
};
/** What no action does without that asks for it; the second, where it says that it must be given. */
const GIVEN: Readonly<Record<string, string>> = { token: 'a token', reference: 'churn@v1.0.0' };
const REQUIRED: Readonly<Record<string, string>> = { stage: 'production', reason: 'complaints since noon' };
const PHASES: Readonly<Record<string, string>> = { baselines: 'find', report: 'open', promote: 'plan' };

const nameEntry = (path: string) => posix.basename(readAction(path).runs.main, '.js');

describe.each(ACTIONS)('%s', (path) => {
  const { inputs, outputs, runs } = readAction(path);
  const entry = nameEntry(path);
  const readWith = (values: Readonly<Record<string, string>>) => {
    const asked = new Set<string>();
    const wanted = READERS[entry]?.((name) => {
      asked.add(name);
      return values[name] ?? '';
    });
    return { asked, wanted };
  };
  const defaults = Object.fromEntries(
    Object.entries(inputs).map(([name, input]) => {
      const given = name === 'phase' ? PHASES[entry] : (GIVEN[name] ?? (input.required ? REQUIRED[name] : undefined));
      return [name, given ?? input.default ?? ''];
    }),
  );

  test('starts an entry that is built, on Node 24', async () => {
    expect(runs.using).toBe('node24');
    expect(posix.join(posix.dirname(path), runs.main)).toBe(`dist/${entry}.js`);
    expect(await readFile(join(import.meta.dirname, '../../dist', `${entry}.js`), 'utf8')).not.toBe('');
    expect(read(`src/actions/entries/${entry}.ts`)).toMatch(/await (runAction|performAction)\(/);
  });

  test('declares exactly the inputs that its code reads', () => {
    expect([...readWith(defaults).asked].toSorted()).toEqual(Object.keys(inputs).toSorted());
  });

  test('has the defaults that its code takes for an empty input, where it does not refuse one', () => {
    const { wanted } = readWith(defaults);
    for (const [name, input] of Object.entries(inputs)) {
      // What GitHub fills in is nothing that the code could know; a public repository is read without.
      if (input.default?.includes('${{')) continue;
      try {
        expect(readWith({ ...defaults, [name]: '' }).wanted, name).toEqual(wanted);
      } catch (error) {
        if (!(error instanceof UserMistake)) throw error;
        expect(error.message).toMatch(new RegExp(`the input \`${name}\` is empty|neither \`${name}\` nor`));
      }
    }
  });

  test('declares exactly the outputs that its code sets', () => {
    expect(Object.keys(outputs).toSorted()).toEqual([...new Set(listOutputs(entry))].toSorted());
  });

  test('stands in the README, with its page', () => {
    const page = path.replace('action.yml', 'README.md');
    const [, link, words] = /^\| \[([^\]]+)\]\(PAGE\) \| (.+) \|$/m.exec(readTableWith(path, page)) ?? [];
    expect(link).toBe(path === 'action.yml' ? 'modelgate' : path.split('/')[1]);
    expect(words).not.toBe('');
  });
});

test('every entry belongs to an action, or is the command line', async () => {
  const entries = await readdir(join(import.meta.dirname, '../../src/actions/entries'));
  expect(entries.toSorted()).toEqual(ACTIONS.map((path) => `${nameEntry(path)}.ts`).toSorted());
  expect(Object.keys(READERS).toSorted()).toEqual(ACTIONS.map(nameEntry).toSorted());
});

/** Fields without what is handed to functions in them. */
function dropArguments(fields: string): string {
  const shorter = fields.replaceAll(/\([^()]*\)/g, '');
  return shorter === fields ? fields : dropArguments(shorter);
}

function readTableWith(path: string, page: string): string {
  return read('README.md').replaceAll(`](${path === 'action.yml' ? path : page})`, '](PAGE)');
}

/**
 * The outputs of an entry: of stages as they are computed, of the others as they stand in the source. `verdict`, which any
 * action that failed sets, is not looked for.
 */
function listOutputs(entry: string): string[] {
  const stages = STAGE_ACTIONS[entry as keyof typeof STAGE_ACTIONS];
  if (!stages) {
    const room = existsSync(join(ROOT, `src/actions/release/${entry}.ts`)) ? 'release' : 'pull-request';
    const own = read(`src/actions/${room}/${entry}.ts`);
    const beside = [...own.matchAll(/from '\.\/([\w-]+)\.ts'/g)].map(([, name]) =>
      read(`src/actions/${room}/${name}.ts`),
    );
    const source = [own, ...beside].join('\n');
    const calls = [...source.matchAll(/setOutputs\(\{(.*?)\}\);/gs)].map(([, fields]) => dropArguments(fields ?? ''));
    const names = calls.flatMap((fields) => [...fields.matchAll(/(?:^|[{,])\s*'?([\w-]+)'?(?=[:,]|\s*$)/g)]);
    return names.map(([, name]) => name ?? '');
  }
  const { draws } = stages;
  // The gate shows what all stages before it found.
  const all = createEvidence();
  const shown = (stages.stages as readonly string[]).includes('gate') ? all : keepStages(all, stages.stages);
  // A name with a parameter is none that GitHub takes for an output.
  const named = Object.keys(METRICS).filter((name) => METRICS[name]?.parameter?.optional !== false);
  const metrics = shown.evaluation ? named : [];
  const paths = ['report', 'evidence', ...(draws ? ['report-html'] : [])];
  return [...Object.keys(computeOutputs(shown, 'pass')), ...metrics, ...paths];
}
