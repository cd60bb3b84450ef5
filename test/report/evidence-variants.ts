import type { EvidenceSet } from '../../src/evidence/document.ts';
import { createCase, createEvidence, createRule, createVerdict } from '../support/evidence.ts';
import { createMeasured } from './measured-evidence.ts';

/** Text that tries everything: markup, tables, comments, mentions, references, links, terminal codes, bidi. */
export const HOSTILE =
  '<script>alert(1)</script><!-- x --> | `code` **bold** _em_ [a](javascript:x) ![i](//e.vil) @octocat #12 GH-7 ' +
  'org/repo#3 https://evil.example www.evil.example :tada: $x$ \u001b[31mred\u001b]0;t\u0007 \u202Egnp.exe\nline\r\n# two';

/** A verdict that could not be measured: the predictions are not there. */
export function createUnmeasured(): EvidenceSet {
  const reason = 'out/predictions.csv is not there; evaluate.run must write it.';
  return createEvidence({
    prediction: undefined,
    evaluation: { outcome: 'cannot-measure', reason, predictions: null, join: null, metrics: [], confusion: null },
    verdict: {
      outcome: 'cannot-measure',
      blocks: true,
      reason: 'Nothing could be measured.',
      stages: [{ stage: 'evaluation', outcome: 'cannot-measure', reason }],
      rules: [
        createRule({
          outcome: 'cannot-measure',
          reason,
          cases: [createCase({ outcome: 'cannot-measure', candidate: null, n: 0, reason })],
        }),
      ],
    },
  });
}

/** The first run of a model: there is no baseline yet, and rules only observe. */
export function createFirstRun(): EvidenceSet {
  return createEvidence({
    verdict: {
      mode: 'observe',
      outcome: 'fail',
      reason: 'The rule good-enough fails.',
      rules: [
        createRule({
          outcome: 'fail',
          reason: 'Accuracy 0.9652 is below 0.97.',
          cases: [createCase({ outcome: 'fail' })],
        }),
        createRule({
          id: 'no-worse',
          text: 'accuracy at most 0.05 below production',
          outcome: 'not-applicable',
          reason: 'No version is in production yet.',
          cases: [createCase({ outcome: 'not-applicable', reason: 'No version is in production yet.' })],
        }),
      ],
      baselines: [
        { name: 'production', state: 'none-yet', text: 'no version is in production yet', commit: null, testSet: null },
      ],
    },
  });
}

/** Hostile text in every place where a user's text can stand. */
export function createHostile(): EvidenceSet {
  const { controls, waivers } = createVerdict();
  const set = createMeasured();
  const rules = set.verdict?.rules ?? [];
  const text = HOSTILE;
  const poison = <T>(value: T): T => {
    if (Array.isArray(value)) return value.map((one) => (typeof one === 'string' ? text : poison(one))) as T;
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(
        Object.entries(value).map(([key, entry]) => [key, FREE_TEXT.has(key) ? text : poison(entry)]),
      ) as T;
    }
    return value;
  };
  const history = [
    { step: 1, [text]: 1, "x'] || alert(1) || ['": 2 },
    { step: 2, [text]: 0.5, "x'] || alert(1) || ['": 1 },
  ];
  const waiver = { waives: text, reason: text, author: text, approver: text, expires: text, active: true, note: text };
  const failing = rules.map((rule) => ({ ...poison(rule), outcome: 'fail' as const }));
  return {
    data: set.data && poison({ ...set.data, datasets: set.data.datasets.map(breakFindings) }),
    training: set.training && { ...poison(set.training), history },
    prediction: set.prediction && poison(set.prediction),
    evaluation: set.evaluation && {
      ...poison(set.evaluation),
      confusion: { classes: [text, 'Chinstrap', "'];alert(1);['"], counts: set.evaluation.confusion?.counts ?? [] },
    },
    verdict: set.verdict && {
      ...poison(set.verdict),
      rules: failing,
      controls: controls.map(poison),
      waivers: [...waivers, waiver],
    },
  } as EvidenceSet;
}

const FREE_TEXT = new Set([
  'noInterval',
  'reason',
  'text',
  'id',
  'model',
  'rule',
  'column',
  'value',
  'path',
  'name',
  'slice',
  'metric',
  'method',
  'baseline',
  'label',
  'positive',
  'chosenBy',
  'key',
  'run',
  'os',
  'python',
]);

function breakFindings<T extends { findings: { outcome: string }[] }>(dataset: T): T {
  const examples = [{ row: 1, value: 'x' }];
  return {
    ...dataset,
    findings: dataset.findings.map((finding) => ({ ...finding, outcome: 'fail', share: 0.5, examples })),
  };
}
