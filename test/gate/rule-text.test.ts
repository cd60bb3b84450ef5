import { describe, expect, test } from 'vitest';
import type { EvaluateConfig, Rule } from '../../src/config/schema/modelgate.ts';
import { describeRule } from '../../src/gate/rule-text.ts';
import { createConfig } from './evaluations.ts';

const { evaluate } = createConfig([]);
if (!evaluate) throw new Error('no evaluation');
const reported: NonNullable<EvaluateConfig['reported']> = [
  {
    path: 'm.json',
    metrics: { bleu: { key: 'a.bleu', direction: 'higher' }, latency: { key: 'ms', direction: 'lower' } },
  },
];
const CONFIG = createConfig([], { evaluate: { ...evaluate, reported } });

describe('a rule in words', () => {
  test.each([
    [{ min: 0.9 }, 'accuracy of at least 0.9'],
    [{ min: 0.5, max: 0.9 }, 'accuracy of at least 0.5 and of at most 0.9'],
    [{ against: 'production', 'max-drop': 0.05 }, 'accuracy at most 0.05 below production'],
    [{ against: 'base', 'min-gain': '5%' }, 'accuracy at least 5% above base'],
    [{ against: { file: 'b.csv' }, within: 0.1 }, 'accuracy within 0.1 of file:b.csv'],
    [{ metric: 'log-loss', against: 'production', 'max-drop': 0.05 }, 'log-loss at most 0.05 above production'],
    [{ metric: 'log-loss', against: 'production', 'min-gain': 0.05 }, 'log-loss at least 0.05 below production'],
    [
      { min: 0.85, slice: 'sex', 'min-rows': 20 },
      'accuracy of at least 0.85 for every value of sex on at least 20 rows',
    ],
    [
      { metric: 'demographic-parity-difference', positive: 'Adelie', group: 'sex', max: 0.2 },
      'demographic-parity-difference between the values of sex for the class Adelie of at most 0.2',
    ],
    [{ against: 'base', 'min-gain': 0 }, 'accuracy above base'],
    [{ metric: 'log-loss', against: 'base', 'min-gain': '0%' }, 'log-loss below base'],
    [{ min: 0.9, slice: ['island', 'sex'] }, 'accuracy of at least 0.9 for every value of island × sex'],
    [{ min: 0.9, confidence: 0.975 }, 'accuracy of at least 0.9, with 97.5 % confidence'],
    [
      { min: 0.9, slice: 'sex', confidence: 0.95, correction: 'holm' },
      'accuracy of at least 0.9 for every value of sex, with 95 % confidence, corrected by Holm',
    ],
    [{ metric: 'bleu', against: 'base', 'max-drop': 1 }, 'bleu at most 1 below base'],
    [{ metric: 'latency', against: 'base', 'max-drop': 1 }, 'latency at most 1 above base'],
  ] as [Partial<Rule>, string][])('%j', (rule, text) => {
    expect(describeRule({ id: 'rule', metric: 'accuracy', ...rule }, CONFIG)).toBe(text);
  });
});
