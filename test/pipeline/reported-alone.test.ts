import { afterEach, expect, test } from 'vitest';
import { renderHtml } from '../../src/report/html.ts';
import { renderTerminal } from '../../src/report/terminal.ts';
import { openSmallProject, type SmallProject } from './small-project.ts';

const open: SmallProject[] = [];
afterEach(async () => {
  for (const project of open.splice(0)) await project.remove();
});

/** A model of which only files of numbers are known, and rules on them. */
async function report(files: Readonly<Record<string, string>>, reported: readonly string[], rules: readonly string[]) {
  const config = [
    ...['version: 1', 'model: small', 'evaluate:', '  reported:', ...reported.map((entry) => `    - ${entry}`)],
    ...['gates:', '  rules:', ...rules.map((rule) => `    - ${rule}`)],
  ];
  const project = await openSmallProject({ 'modelgate.yml': `${config.join('\n')}\n`, ...files });
  open.push(project);
  return project;
}

const HARNESS = JSON.stringify({
  results: { mmlu: { 'acc,none': 0.7, 'acc_stderr,none': 0.01 } },
  'n-samples': { mmlu: { effective: 2000 } },
});
const REPORT = JSON.stringify({ accuracy: 0.9, 'weighted avg': { support: 200 }, 'macro avg': { support: 200 } });
const RUN = JSON.stringify({ run: { data: { metrics: [{ key: 'auc', value: 0.88, step: 1, timestamp: 2 }] } } });

test('numbers of every format are judged where there are no rows, and always stand as reported', async () => {
  const project = await report(
    {
      'flat.json': '{"loss": 0.2}',
      'dvc.yaml': 'eval:\n  f1: 0.8\n',
      'report.json': REPORT,
      'harness.json': HARNESS,
      'run.json': RUN,
    },
    [
      '{ path: flat.json, metrics: { loss: { key: loss, direction: lower } } }',
      '{ path: dvc.yaml, metrics: { f-one: { key: eval.f1, direction: higher } } }',
      '{ path: report.json, format: classification-report, metrics: { acc: { key: accuracy, direction: higher } } }',
      '{ path: harness.json, format: lm-evaluation-harness, metrics: { mmlu: { key: mmlu.acc, direction: higher } } }',
      '{ path: run.json, format: mlflow, metrics: { auc-val: { key: auc, direction: higher } } }',
    ],
    [
      '{ id: low-loss, metric: loss, max: 0.3 }',
      '{ id: good-f1, metric: f-one, min: 0.9 }',
      '{ id: accurate, metric: acc, min: 0.8, confidence: 0.95 }',
      '{ id: knows, metric: mmlu, min: 0.69, confidence: 0.95 }',
      '{ id: ranks, metric: auc-val, min: 0.8 }',
    ],
  );
  const evidence = await project.execute(['score', 'gate']);
  const { evaluation, verdict } = evidence;
  expect(evaluation).toMatchObject({ outcome: 'pass', testSet: null, predictions: null, join: null, confusion: null });
  expect(evaluation?.reason).toBe('5 numbers, reported and not measured here; no command of this run wrote them.');
  expect(new Set(evaluation?.metrics.map(({ source }) => source))).toEqual(new Set(['reported']));
  expect(evaluation?.metrics.map(({ noInterval }) => noInterval === undefined)).toEqual([
    false,
    false,
    true,
    true,
    false,
  ]);
  const outcomes = verdict?.rules.map(({ id, outcome }) => [id, outcome]);
  expect(outcomes).toEqual([
    ['low-loss', 'pass'],
    ['good-f1', 'fail'],
    ['accurate', 'pass'],
    ['knows', 'cannot-measure'],
    ['ranks', 'pass'],
  ]);
  const reasons = Object.fromEntries(verdict?.rules.map(({ id, reason }) => [id, reason]) ?? []);
  expect(reasons['low-loss']).toContain(
    'the number is the file’s own claim (`loss` of `flat.json`), checked by nobody',
  );
  for (const id of ['accurate', 'knows'])
    expect(reasons[id]).toContain('number and certainty are the file’s own claim');
  const page = await renderHtml(evidence);
  expect(page).toContain('its interval is the file’s own claim');
  expect(page).toContain('no interval: files of this format do not tell how sure a number is');
  const text = renderTerminal(evidence, { color: false, width: 200 });
  expect(text).toContain('The interval of acc, mmlu is the file’s own claim.');
  expect(text).toContain('No interval of loss, f-one, auc-val: files of this format');
});

test.each<[what: string, files: Readonly<Record<string, string>>, reason: RegExp]>([
  ['a file that is not there', {}, /`m\.json`: it cannot be read/],
  ['a number that is not in it', { 'm.json': '{"other": 1}' }, /`m\.json` has no `acc`/],
  ['NaN', { 'm.json': '{"acc": NaN}' }, /is NaN, which is no number|not a number/],
])('%s cannot be measured, and no rule on it passes', async (_what, files, reason) => {
  const entry = '{ path: m.json, metrics: { acc: { key: acc, direction: higher } } }';
  const project = await report(files, [entry], ['{ id: good, metric: acc, min: 0 }']);
  const { evaluation, verdict } = await project.execute(['score', 'gate']);
  expect(evaluation).toMatchObject({ outcome: 'cannot-measure', reason: expect.stringMatching(reason) });
  expect(verdict).toMatchObject({ outcome: 'cannot-measure', blocks: true });
  expect(verdict?.rules[0]?.outcome).toBe('cannot-measure');
});

test('a file that changed between the score and the gate is not judged', async () => {
  const entry = '{ path: m.json, metrics: { acc: { key: acc, direction: higher } } }';
  const project = await report({ 'm.json': '{"acc": 0.5}' }, [entry], ['{ id: good, metric: acc, min: 0.4 }']);
  await project.execute(['score']);
  await project.write('m.json', '{"acc": 0.9}');
  const { verdict } = await project.execute(['gate']);
  expect(verdict).toMatchObject({ outcome: 'cannot-measure', blocks: true });
  expect(JSON.stringify(verdict?.stages)).toContain('m.json has changed since');
});

test('the command must write the files: what lay there before does not count', async () => {
  const entry = '{ path: m.json, metrics: { acc: { key: acc, direction: higher } } }';
  const project = await report({ 'm.json': '{"acc": 1}' }, [entry], ['{ id: good, metric: acc, min: 0.4 }']);
  const text = await project.read('modelgate.yml');
  await project.write('modelgate.yml', text.replace('evaluate:\n', 'evaluate:\n  run: "true"\n'));
  const { prediction, verdict } = await project.execute(['predict', 'score', 'gate']);
  expect(prediction).toMatchObject({ outcome: 'fail', reason: expect.stringContaining('there are no numbers') });
  expect(verdict?.outcome).not.toBe('pass');
  await project.write(
    'modelgate.yml',
    text.replace('evaluate:\n', `evaluate:\n  run: "echo '{\\"acc\\": 0.5}' > m.json"\n`),
  );
  const again = await project.execute(['predict', 'score', 'gate']);
  expect(again.verdict).toMatchObject({ outcome: 'pass' });
  expect(again.prediction?.outputs.map(({ path }) => path)).toEqual(['m.json']);
});
