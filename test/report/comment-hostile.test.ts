import { describe, expect, test } from 'vitest';
import { renderComment } from '../../src/report/comment.ts';
import { createFacts, createHostileRequest, createSmallHostile } from './pull-requests.ts';

/** The body without its two lines of ours and without what a code block holds as it is. */
function readText(body: string): string {
  return body
    .split('\n')
    .slice(2)
    .join('\n')
    .replace(/^```mermaid\n[\s\S]*?^```$/gm, '');
}

describe('text of a user’s in every place', () => {
  const { body } = renderComment(createHostileRequest(), createFacts());

  test('stays text: no HTML, comment, mention, reference, link, emoji code or formula', () => {
    const text = readText(body).replaceAll('&#8203;', '\u200b');
    const ours = /<\/?(?:details|summary|sub|br)>|\[The run\]\(https:[^)]*\)/g;
    expect(text.replace(ours, '')).not.toMatch(/<[a-z!/]|@\w|#\d|GH-\d|:\/\/|www\.|:tada:|(?<!\\)[`$]|(?<!\\)\]\(/i);
    expect(text).not.toMatch(/[\u202a-\u202e]|[^\P{Cc}\n]/u);
  });

  test('leaves every row of a table with as many cells as its heading', () => {
    const widths = body
      .split('\n')
      .map((line) => (line.startsWith('| ') ? line.replace(/\\\|/g, '').split('|').length : 0));
    widths.forEach((width, index) => {
      const above = widths[index - 1] ?? 0;
      if (width > 0 && above > 0) expect(width).toBe(above);
    });
  });
});

test.each([
  '<!-- modelgate:comment model=penguins -->',
  '--> <!-- modelgate:state {"run":1} -->',
  '\n<!-- modelgate:comment model=whales -->\n',
])('no text forges a marker or a state: %j', (text) => {
  const { body } = renderComment(createSmallHostile(text), createFacts());
  expect(body).not.toContain('<!--');
});

test.each(['펭귄 한국어 띄어쓰기', 'بطريق الإمبراطور', 'می‌خواهم', '👩‍🔬🐧 👍🏽', 'ペンギン'])(
  'survives: %s',
  (text) => {
    expect(renderComment(createSmallHostile(text), createFacts()).body.split(text).length).toBeGreaterThan(5);
  },
);
