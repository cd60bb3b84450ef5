import type { EvidenceSet } from '../../src/evidence/document.ts';
import {
  createCase,
  createData,
  createDataset,
  createEvaluation,
  createEvidence,
  createFinding,
  createRule,
  createVerdict,
} from './evidence.ts';

/** A run that fails in every room: broken data, a rule that fails, one that cannot be measured, an expired waiver. */
export function createFailingEvidence(): EvidenceSet {
  const { datasets, checks } = createData();
  const { metrics } = createEvaluation();
  const { rules, controls } = createVerdict();
  return createEvidence({
    data: {
      outcome: 'fail',
      datasets: [
        createDataset({
          ...datasets[0],
          findings: [
            ...(datasets[0]?.findings ?? []),
            createFinding({
              rule: 'allowed values',
              column: 'island',
              outcome: 'fail',
              count: 3,
              share: 3 / 229,
              reason: '3 rows hold a value that is not allowed: Biscoe, Dream, Torgersen are.',
              examples: [
                { row: 17, line: 18, value: 'Atlantis' },
                { row: 40, line: 41, value: 'dream' },
                { row: 203, line: 204, value: 'N/A' },
              ],
            }),
            createFinding({
              rule: 'missing values at most 5%',
              column: 'sex',
              outcome: 'fail',
              count: 31,
              share: 31 / 229,
              reason: '31 rows have no value; at most 11 may.',
              examples: [{ row: 3, line: 4 }],
            }),
          ],
        }),
        createDataset(),
      ],
      checks: [
        ...checks,
        {
          text: 'no two data sets share a row on (bill_length_mm, bill_depth_mm)',
          ...createFinding({
            rule: 'no-overlap',
            outcome: 'cannot-measure',
            reason: 'The column bill_depth_mm is not in test.',
          }),
        },
      ],
    },
    evaluation: {
      metrics: metrics.map((metric) => {
        if (metric.slice?.value === 'Torgersen') {
          return { ...metric, value: 13 / 18, interval: { low: 0.4913, high: 0.875, level: 0.95, method: 'wilson' } };
        }
        if (metric.slice !== undefined || metric.name !== 'accuracy') return metric;
        return { ...metric, value: 101 / 115, interval: { low: 0.8058, high: 0.9262, level: 0.95, method: 'wilson' } };
      }),
      confusion: {
        classes: ['Adelie', 'Chinstrap', 'Gentoo'],
        counts: [
          [44, 6, 0],
          [5, 17, 1],
          [1, 1, 40],
        ],
      },
    },
    verdict: {
      outcome: 'fail',
      blocks: true,
      reason: '2 rules fail, 1 cannot be measured, and the control card fails.',
      stages: [{ stage: 'data', outcome: 'fail', reason: '2 of 21 checks fail and 1 could not be made.' }],
      rules: [
        createRule({
          outcome: 'fail',
          reason: 'Accuracy 0.8783 is below 0.9, within noise: the interval 0.806 – 0.926 holds the line.',
          cases: [createCase({ outcome: 'fail', candidate: 101 / 115, allowed: { low: 0.9 }, withinNoise: true })],
        }),
        createRule({
          id: 'no-worse',
          text: 'accuracy at most 0.05 below production',
          outcome: 'fail',
          reason: 'Accuracy dropped by 0.0957; at most 0.05 is allowed.',
          waived: true,
          cases: [
            createCase({
              outcome: 'fail',
              candidate: 101 / 115,
              baseline: 112 / 115,
              difference: -11 / 115,
              interval: { low: -0.1621, high: -0.0388, level: 0.95, method: 'tango' },
              allowed: { low: -0.05 },
            }),
          ],
        }),
        createRule({
          id: 'every-island',
          text: 'accuracy at least 0.85 for every value of island with 10 rows or more',
          outcome: 'fail',
          reason: '1 of 3 slices is below 0.85.',
          cases: [
            createCase({ slice: 'Biscoe', n: 56, candidate: 55 / 56, allowed: { low: 0.85 } }),
            createCase({ slice: 'Dream', n: 41, candidate: 39 / 41, allowed: { low: 0.85 } }),
            createCase({
              slice: 'Torgersen',
              outcome: 'fail',
              n: 18,
              candidate: 13 / 18,
              allowed: { low: 0.85 },
              reason: '0.7222 is below 0.85.',
            }),
          ],
        }),
        createRule({
          id: 'calibrated',
          text: 'brier at most 0.1',
          metric: 'brier',
          outcome: 'cannot-measure',
          reason: 'brier needs scores, and evaluate.predictions names none.',
          cases: [
            createCase({
              outcome: 'cannot-measure',
              candidate: null,
              n: 0,
              reason: 'brier needs scores, and evaluate.predictions names none.',
            }),
          ],
        }),
        createRule({
          ...rules[3],
          outcome: 'fail',
          reason: '0.2431 is above 0.2.',
          cases: [createCase({ outcome: 'fail', candidate: 0.0431, allowed: { high: 0.02 } })],
        }),
      ],
      controls: controls.map((control) =>
        control.id === 'card'
          ? { ...control, outcome: 'fail' as const, reason: 'The section Limitations is empty.' }
          : control,
      ),
      waivers: [
        {
          waives: 'no-worse',
          reason: 'The old model was trained on the test rows; its number is not to be trusted.',
          author: 'mara',
          approver: 'joon',
          expires: '2026-12-31',
          active: true,
          note: '',
        },
        {
          waives: 'card',
          reason: 'The card is being rewritten for the new islands.',
          author: 'mara',
          approver: 'ines',
          expires: '2026-11-01',
          active: false,
          note: 'expired',
        },
      ],
    },
  });
}
