import { describe, expect, test } from 'vitest';
import { capAnnotations } from '../../src/actions/annotations.ts';
import { computeOutputs } from '../../src/actions/outputs.ts';
import { cutSummary } from '../../src/actions/runner.ts';
import { neutraliseCommands, neutraliseJson } from '../../src/log.ts';
import { createEvaluation, createEvidence, createMetric } from '../support/evidence.ts';

describe('text of ours in the log', () => {
  test.each([
    '::error::x',
    '  ::stop-commands::x',
    'a\n::x::',
    'a\r::x::',
    'a ##[set-output name=v;]pass',
    '##[error]x',
  ])('is no command of the runner: %j', (text) => {
    const neutral = neutraliseCommands(text);
    expect(neutral).not.toContain('##[');
    for (const line of neutral.split(/[\r\n]/)) expect(line.trimStart().startsWith('::')).toBe(false);
  });

  test('is left as it is otherwise', () => {
    expect(neutraliseCommands('a::b # [c] ##')).toBe('a::b # [c] ##');
  });
});

test('JSON for the log is the same value, and no command', () => {
  const json = JSON.stringify({ '##[error]': 'a ##[x]' });
  expect(neutraliseJson(json)).not.toContain('##[');
  expect(JSON.parse(neutraliseJson(json))).toEqual(JSON.parse(json));
});

describe('the job summary', () => {
  test('is cut at a line below what GitHub shows, and says so', () => {
    const cut = cutSummary('0123456789\n'.repeat(100_000));
    expect(Buffer.byteLength(cut)).toBeLessThan(1024 * 1024);
    expect(cut).toMatch(/\n0123456789\n\nThe rest is too long/);
    expect(cutSummary('short\n')).toBe('short\n');
  });
});

describe('annotations', () => {
  test('are at most ten of a level, and the last says how many more there are', () => {
    const one = { level: 'error' as const, title: 't', message: 'm', place: undefined };
    expect(capAnnotations(Array(10).fill(one))).toHaveLength(10);
    const many = capAnnotations([...Array(25).fill(one), { ...one, level: 'warning' }]);
    expect(many).toHaveLength(11);
    expect(many[9]?.message).toBe('16 more are in the report.');
  });
});

describe('outputs', () => {
  test('of one name are the number that evaluate.metrics asks for, not the one of a rule about another class', () => {
    const metrics = [
      createMetric({ name: 'precision', positive: 'yes', value: 0.5 }),
      createMetric({ name: 'precision', positive: 'no', value: 0.9 }),
    ];
    const task = 'binary-classification';
    const outputs = computeOutputs({ evaluation: createEvaluation({ metrics, task, reveal: 'metrics' }) }, 'pass');
    expect(outputs).toMatchObject({ precision: '0.5', metrics: '{"precision":0.5}' });
  });

  test('of one class among several, and with a parameter, are in `metrics` only', () => {
    const metrics = [
      createMetric({ name: 'precision', positive: 'Adelie', value: 0.5 }),
      createMetric({ name: 'top-k-accuracy@2', value: 0.75 }),
      createMetric({ name: 'mcc', value: 0.25 }),
    ];
    const outputs = computeOutputs({ evaluation: createEvaluation({ metrics, reveal: 'metrics' }) }, 'pass');
    expect(outputs['metrics']).toBe('{"mcc":0.25,"top-k-accuracy@2":0.75,"precision[Adelie]":0.5}');
    expect(Object.keys(outputs)).toEqual(['verdict', 'test-rows', 'metrics', 'mcc']);
  });

  test('hold no number that reveal withholds', () => {
    const outputs = computeOutputs(
      createEvidence({ evaluation: { reveal: 'verdict' }, verdict: { reveal: 'verdict' } }),
      'pass',
    );
    expect(outputs).not.toHaveProperty('test-rows');
    expect(outputs).not.toHaveProperty('accuracy');
    expect(outputs['metrics']).toBe('{}');
  });
});
