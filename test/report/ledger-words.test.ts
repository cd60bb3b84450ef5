import { expect, test } from 'vitest';
import { renderSite } from '../../src/report/site/site.ts';
import { renderHistory } from '../../src/report/terminal/ledger-history.ts';
import { makeLedger } from '../registry/ledger/chains.ts';
import { draftRelease, draftVerdict } from '../registry/ledger/drafts.ts';
import { createFacts, createRelease } from './site/ledgers.ts';
import { getPage, readWords } from './site/tags.ts';

const VERDICTS = [draftVerdict('churn', '1'), draftVerdict('churn', '2', { outcome: 'cannot-measure' })];

test('the history tells a verdict with its outcome and its budget', () => {
  const { events } = makeLedger([draftRelease('churn', 'v1.0.0'), ...VERDICTS]);
  const view = { color: false, width: 160, at: undefined, live: undefined, stage: undefined, left: 0 };
  const lines = renderHistory(events, view).split('\n');
  expect(lines[2]).toMatch(/churn +verdict: fail +ada +counted under the budget test-2026/);
  expect(lines[3]).toMatch(/churn +verdict: cannot measure +ada +counted under the budget test-2026/);
});

test('the first page of the site does, too, and a verdict is no version', () => {
  const files = renderSite(createFacts([createRelease('churn', 'v1.0.0'), ...VERDICTS]));
  const words = readWords(getPage(files, 'index.html'));
  expect(words).toMatch(/verdict: fail\s+–\s+ada\s+counted under the budget test-2026/);
  expect(words).toMatch(/churn\s+1 version/);
});
