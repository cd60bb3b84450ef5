import { afterEach, expect, test } from 'vitest';
import { renderHtml } from '../../src/report/html.ts';
import { renderTerminal } from '../../src/report/terminal.ts';
import { openSmallProject, type SmallProject } from './small-project.ts';

const open: SmallProject[] = [];
afterEach(async () => {
  for (const project of open.splice(0)) await project.remove();
});

async function start(lines: readonly string[], files: Readonly<Record<string, string>> = {}): Promise<SmallProject> {
  const project = await openSmallProject({ 'modelgate.yml': `${lines.join('\n')}\n`, ...files });
  open.push(project);
  return project;
}

const REPORTED = (path: string) => `  reported: [{ path: ${path}, metrics: { acc: { key: acc, direction: higher } } }]`;
const RULE = ['gates:', '  rules:', '    - { id: good, metric: acc, min: 0.9 }'];
const WRITE = (path: string) => `mkdir -p out && echo '{"acc":0.95}' > ${path}`;
/** Everything but the numbers. */
const MODEL = 'mkdir -p out && echo m > out/model.bin';

function train(outputs: string, run: string): string[] {
  return ['train:', `  run: |`, `    ${run}`, `  outputs: ${outputs}`];
}

test('the numbers of an earlier training do not count: what the training declares must be of this run', async () => {
  const head = ['version: 1', 'model: small'];
  const outputs = '{ model: out/model.bin, metrics: ./out/m.json }';
  const rest = ['evaluate:', REPORTED('out//m.json'), ...RULE];
  const project = await start([...head, ...train(outputs, `${MODEL} && ${WRITE('out/m.json')}`), ...rest]);
  const first = await project.execute(['train', 'score', 'gate']);
  expect(first.verdict?.outcome).toBe('pass');
  await project.write('modelgate.yml', `${[...head, ...train(outputs, MODEL), ...rest].join('\n')}\n`);
  const { verdict } = await project.execute(['train', 'score', 'gate']);
  expect(verdict?.outcome).toBe('fail');
});

test('numbers that were put beside a training’s evidence do not count', async () => {
  const outputs = '{ model: out/model.bin, metrics: out/m.json }';
  const rest = ['evaluate:', REPORTED('out/m.json'), ...RULE];
  const project = await start([
    ...['version: 1', 'model: small'],
    ...train(outputs, `${MODEL} && ${WRITE('out/m.json')}`),
    ...rest,
  ]);
  await project.execute(['train']);
  await project.write('out/m.json', '{"acc": 0.99}');
  const { evaluation, verdict } = await project.execute(['score', 'gate']);
  expect(evaluation?.reason).toContain('it has another content than the training of this run wrote');
  expect(verdict?.outcome).toBe('cannot-measure');
});

test('beside predictions, too, the command must write the numbers', async () => {
  const config = (run: string) => [
    ...['version: 1', 'model: small', 'task: binary-classification', 'evaluate:', '  run: |', `    ${run}`],
    '  predictions: { path: out/p.csv, id: id, prediction: p }',
    '  labels: { path: labels.csv, id: id, label: label }',
    '  metrics: [accuracy]',
    ...[REPORTED('./out/m.json'), ...RULE],
  ];
  const predict = 'mkdir -p out && sed s/label/p/ labels.csv > out/p.csv';
  const labels = 'id,label\na,yes\nb,no\n';
  const files = { 'labels.csv': labels, 'out/m.json': '{"acc":0.95}' };
  const project = await start(config(predict), files);
  const stale = await project.execute(['predict', 'score', 'gate']);
  expect(stale.prediction).toMatchObject({ outcome: 'fail', reason: expect.stringContaining('not all outputs') });
  expect(stale.verdict?.outcome).not.toBe('pass');
  await project.write('modelgate.yml', `${config(`${predict} && ${WRITE('out/m.json')}`).join('\n')}\n`);
  const fresh = await project.execute(['predict', 'score', 'gate']);
  expect(fresh.verdict?.outcome).toBe('pass');
  expect(fresh.prediction?.outputs.map(({ path }) => path)).toEqual(['out/p.csv', 'out/m.json']);
});

test('a pass by reported numbers alone says so first, and that no command wrote them', async () => {
  const lines = ['version: 1', 'model: small', 'evaluate:', REPORTED('m.json'), ...RULE];
  const evidence = await (await start(lines, { 'm.json': '{"acc":0.95}' })).execute(['score', 'gate']);
  expect(evidence.evaluation?.reason).toBe(
    '1 number, reported and not measured here; no command of this run wrote them.',
  );
  expect(evidence.verdict?.reason).toContain('has passed, by numbers that nobody here measured.');
  expect(await renderHtml(evidence)).toContain('reported (m.json: acc), written by no command of this run');
  const screen = renderTerminal(evidence, { color: false, width: 200 }).split('\n').slice(0, 4).join(' ');
  expect(screen).toContain('by numbers that nobody here measured');
});

test('why a reported number has no limits is told by the rule, and no method is named', async () => {
  const entry =
    '  reported: [{ path: h.json, format: lm-evaluation-harness, metrics: { acc: { key: t.acc, direction: higher } } }]';
  const rule = ['gates:', '  rules:', '    - { id: good, metric: acc, min: 0.5, confidence: 0.95 }'];
  const text = JSON.stringify({
    results: { t: { 'acc,none': 0.9, 'acc_stderr,none': -0.01 } },
    'n-samples': { t: { effective: 100 } },
  });
  const project = await start(['version: 1', 'model: small', 'evaluate:', entry, ...rule], { 'h.json': text });
  const evidence = await project.execute(['score', 'gate']);
  const reason = evidence.verdict?.rules[0]?.reason ?? '';
  expect(reason).toBe('there are no limits: its standard error in the file is -0.01');
  const screen = renderTerminal(evidence, { color: false, width: 300 });
  expect(screen).toContain('(95%, error 0.05)');
  expect(screen).not.toContain('none, error');
});
