import { describe, expect, it } from 'vitest';
import type { RuleResult } from '../../src/evidence/schema/verdict.ts';
import { decideChecklist } from '../../src/governance/checklist-control.ts';
import { decideDocument } from '../../src/governance/document-control.ts';
import { decideMetric } from '../../src/governance/metric-control.ts';
import type { GovernanceFile } from '../../src/governance/sources.ts';

const read = (text: string): GovernanceFile => ({
  path: 'CARD.md',
  file: 'CARD.md',
  state: 'read',
  text,
  sha256: `sha256:${'0'.repeat(64)}`,
});
const missing: GovernanceFile = { path: 'CARD.md', file: 'CARD.md', state: 'missing' };
const unreadable: GovernanceFile = {
  path: 'CARD.md',
  file: 'CARD.md',
  state: 'unreadable',
  reason: 'it is not a file',
};
const section = (body: string) => decideDocument(read(`# Limitations\n${body}\n`), ['Limitations']);

describe('a document control', () => {
  it('passes when every section holds text', () => {
    const text = '# Card\n\nINTENDED USE\n---\n\nFor penguins.\n\n## Limitations\n\n### Bias\n\nFew chicks.\n';
    expect(decideDocument(read(text), [' Intended use ', 'limitations'])).toEqual({
      outcome: 'pass',
      reason: 'All 2 sections have text.',
    });
  });

  it('fails on a document that is not there, and says the fix', () => {
    expect(decideDocument(missing, ['Limitations'])).toEqual({
      outcome: 'fail',
      reason: 'There is no file CARD.md; write it and commit it.',
    });
  });

  it('cannot measure a document that cannot be read', () => {
    expect(decideDocument(unreadable, []).outcome).toBe('cannot-measure');
  });

  it('names every section that is wrong, and what is wrong with it', () => {
    const result = decideDocument(read('# Use\n\nTBD\n\n# Bias\n\n# Data\n\nPenguins.\n'), [
      'Use',
      'Bias',
      'Data',
      'Risks',
    ]);
    expect(result).toEqual({
      outcome: 'fail',
      reason:
        'CARD.md: the section “Use” (line 3) still says “TBD”; the section “Bias” (line 5) is empty; ' +
        'the section “Risks” is missing; its headings are “Use”, “Bias”, “Data”.',
    });
  });

  it.each([
    ['', 'is empty'],
    ['   \n\t\n', 'is empty'],
    ['---\n\n***', 'is empty'],
    ['<!-- write something -->', 'is empty'],
    ['<!--\nsomething\n-->', 'is empty'],
    ['...', 'holds only “...”'],
    ['- …', 'holds only “…”'],
    ['TODO', 'still says “TODO”'],
    ['todo: write this', 'holds only template text'],
    ['Few chicks. TODO: count them.', 'still says “TODO”'],
    ['FIXME', 'still says “FIXME”'],
    ['Lorem ipsum dolor sit amet', 'still says “Lorem ipsum”'],
    ['[More Information Needed]', 'still says “[More Information Needed]”'],
    ['Text.\n\n- **Licence:** [More Information Needed]', 'still says “[More Information Needed]”'],
    ['Describe the limitations of the model.', 'holds only template text'],
    ['_Describe the limitations._', 'holds only template text'],
    ['- [ ] Please describe the limitations', 'holds only template text'],
    ['<your text>', 'holds only template text'],
    ['[your text]', 'holds only template text'],
    ['{{ limitations }}', 'holds only template text'],
    ['Insert your text here.', 'holds only template text'],
    ['Coming soon', 'holds only template text'],
    ['> to be determined', 'holds only template text'],
    ['```\nTODO\n```', 'holds only template text'],
  ])('fails on the section text %j', (body, reason) => {
    expect(section(body)).toMatchObject({ outcome: 'fail', reason: expect.stringContaining(reason) });
  });

  it.each([
    'Few chicks.',
    'Describe the setting. We do not know of others.\n\nChicks are few.',
    'The label `TODO` is one of the classes.',
    'Todos los pingüinos.',
    'ペンギンだけ。',
    '| island | rows |\n| --- | --- |\n| Biscoe | 44 |',
    '```bibtex\n@misc{penguins}\n```',
    '<details>\n\nFew chicks.\n\n</details>',
  ])('accepts the section text %j', (body) => {
    expect(section(body).outcome).toBe('pass');
  });

  it('finds no section inside a fence that nobody closed', () => {
    expect(decideDocument(read('```\n# Limitations\ntext\n'), ['Limitations']).reason).toBe(
      'CARD.md: the section “Limitations” is missing; the document has no headings.',
    );
  });

  it('without sections asks for any text at all', () => {
    expect(decideDocument(read('# Card\n\nA model of penguins.\n'), []).outcome).toBe('pass');
    expect(decideDocument(read('# Card\n'), []).outcome).toBe('fail');
    expect(decideDocument(read(''), []).outcome).toBe('fail');
    expect(decideDocument(read('TODO'), []).outcome).toBe('fail');
  });
});

describe('a checklist control', () => {
  const decide = (text: string, existing: string[] = []) => decideChecklist(read(text), new Set(existing));

  it('passes when every item is ticked and carries a link or a path that is there', () => {
    const text =
      '- [x] reviewed https://github.com/a/b/pull/1\n  - [x] bias: [report](bias.md)\n- [X] `data/card.md`\n';
    expect(decide(text, ['bias.md', 'data/card.md'])).toEqual({
      outcome: 'pass',
      reason: 'All 3 items are ticked, with evidence.',
    });
  });

  it('fails with the line of every item that is open, bare, malformed or points nowhere', () => {
    const text = '# List\n\n- [ ] one\n- [x] two\n- [x ] three\n- [x] four `gone.md`\n- [x] five https://a.org\n';
    expect(decide(text)).toEqual({
      outcome: 'fail',
      reason:
        'CARD.md: 4 of 5 items: line 3 (one) is not ticked; ' +
        'line 4 (two) is ticked without evidence; add a link, or a path in backticks; ' +
        'line 5 (three) has a box that is none; write [ ] or [x]; ' +
        'line 6 (four `gone.md`) is ticked with a path that is not in the repository: gone.md.',
    });
  });

  it('lists ten items and counts the rest', () => {
    expect(decide('- [ ] a\n'.repeat(12)).reason).toMatch(/line 10 \(a\) is not ticked; and 2 more\.$/);
  });

  it('fails on evidence that stands in a comment', () => {
    expect(decide('- [x] done <!-- https://a.org -->\n').outcome).toBe('fail');
  });

  it('cannot measure a file without items', () => {
    expect(decide('').outcome).toBe('cannot-measure');
    expect(decide('- reviewed\n```\n- [x] https://a.org\n```\n').outcome).toBe('cannot-measure');
    expect(decideChecklist(unreadable, new Set()).outcome).toBe('cannot-measure');
  });

  it('fails on a file that is not there', () => {
    expect(decideChecklist(missing, new Set()).outcome).toBe('fail');
  });
});

describe('a metric control', () => {
  const rule = (outcome: RuleResult['outcome'], waived = false): RuleResult => ({
    id: 'good',
    text: 'accuracy at least 0.9',
    metric: 'accuracy',
    level: 'error',
    outcome,
    reason: 'It is so.',
    cases: [],
    waived,
  });

  it.each([
    ['pass', 'reached'],
    ['fail', 'not reached'],
    ['cannot-measure', 'not measured'],
  ] as const)('takes the outcome %s of its rule', (outcome, words) => {
    expect(decideMetric('good', [rule(outcome)])).toEqual({
      outcome,
      reason: `The rule \`good\` is ${words}: It is so.`,
    });
  });

  it('cannot measure by a rule that was not applicable', () => {
    expect(decideMetric('good', [rule('not-applicable')])).toEqual({
      outcome: 'cannot-measure',
      reason: 'The rule `good` is not applicable: It is so. A control needs a measurement.',
    });
  });

  it('keeps failing when its rule is waived, and says that it is', () => {
    expect(decideMetric('good', [rule('fail', true)])).toEqual({
      outcome: 'fail',
      reason: 'The rule `good` is not reached, and waived: It is so.',
    });
  });

  it('cannot measure by a rule that was not decided', () => {
    expect(decideMetric('good', []).outcome).toBe('cannot-measure');
  });
});
