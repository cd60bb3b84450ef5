import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanText, escapeHtml, escapeMarkdown, MAX_TEXT, shorten } from '../../src/report/escaping.ts';

const BREAK = '&#8203;';

describe('Markdown', () => {
  test.each([
    ['a | b', 'a \\| b'],
    ['`x`', '\\`x\\`'],
    ['<b>', '&lt;b&gt;'],
    ['<!-- marker -->', '&lt;!-- marker --&gt;'],
    ['a & b', 'a &amp; b'],
    ['&lt;', '&amp;lt;'],
    ['*a* __b__', '\\*a\\* \\_\\_b\\_\\_'],
    ['bill_length_mm', 'bill_length_mm'],
    ['[a](b)', '\\[a\\](b)'],
    ['![a](b)', '\\!\\[a\\](b)'],
    ['\\[a](b)', '\\\\\\[a\\](b)'],
    ['@team/all', `@${BREAK}team/all`],
    ['me@example.org', `me@${BREAK}example.org`],
    ['owner/repo#12', `owner/repo#${BREAK}12`],
    ['GH-12', `GH${BREAK}-12`],
    ['https://a.b', `https:${BREAK}//a.b`],
    ['WWW.a.b', `WWW${BREAK}.a.b`],
    [':white_check_mark:', `:${BREAK}white_check_mark:`],
    ['$x$ ~~y~~ x^2', '\\$x\\$ \\~\\~y\\~\\~ x\\^2'],
    ['one\ntwo\r\nthree\u2028four', 'one two three four'],
    ['- [ ] item', '\\- \\[ \\] item'],
    ['# title', '\\# title'],
    ['12. item', '12\\. item'],
    ['---', '\\---'],
    ['=====', '\\====='],
    ['    code', 'code'],
    ['0.912', '0.912'],
    ['-0.5 to +0.5', '-0.5 to +0.5'],
  ])('%j is written as %j', (text, expected) => {
    expect(escapeMarkdown(text)).toBe(expected);
  });

  test('any text stays one line without a tag, an open cell or a live mention', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const escaped = escapeMarkdown(text);
        expect(escaped).not.toMatch(/[<>\p{Cc}]/u);
        expect(escaped.replace(/\\[\\|`]/g, '')).not.toMatch(/[|`]/);
        expect(escaped).not.toMatch(/@(?!&#8203;)/);
      }),
    );
  });
});

describe('HTML', () => {
  test('a text cannot leave an element or an attribute', () => {
    expect(escapeHtml(`<img src=x onerror="a('b')">&`)).toBe(
      '&lt;img src=x onerror=&quot;a(&#39;b&#39;)&quot;&gt;&amp;',
    );
  });

  test('any text stays free of markup', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !/[<>"']/.test(escapeHtml(text))));
  });
});

describe('clean text', () => {
  test('terminal codes, bidi overrides, zero-width and tag characters become visible', () => {
    expect(cleanText('a\u001b[31mb\u202Ec\u200Bd\u{E0041}e\uD800f')).toBe('a\uFFFD[31mb\uFFFDc\uFFFDd\uFFFDe\uFFFDf');
  });

  test('letters of every script and joined emoji stay', () => {
    const text = 'ペンギン ꯃꯤꯇꯩ می‌خواهم 👩‍🔬 é';
    expect(cleanText(text)).toBe(text);
  });

  test('a long text is cut between graphemes', () => {
    expect(shorten('👩‍🔬👩‍🔬👩‍🔬', 2)).toBe('👩‍🔬…');
    expect(cleanText('x'.repeat(100_000))).toHaveLength(MAX_TEXT);
    expect(cleanText('👩‍👩‍👧‍👦'.repeat(401)).split('👩‍👩‍👧‍👦').join('')).toBe('…');
    expect(shorten(`a${'\u0301'.repeat(100_000)}`, 5).length).toBeLessThanOrEqual(41);
  });
});
