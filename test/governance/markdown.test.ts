import { describe, expect, it } from 'vitest';
import { decideChecklist } from '../../src/governance/checklist-control.ts';
import { decideDocument } from '../../src/governance/document-control.ts';
import { parseMarkdownLines } from '../../src/governance/markdown-lines.ts';
import { findSectionText, normaliseTitle, parseSections } from '../../src/governance/markdown-sections.ts';
import { parseTasks } from '../../src/governance/task-list.ts';
import { parseTickEvidence } from '../../src/governance/tick-evidence.ts';

const titles = (text: string) => parseSections(text).map((section) => section.title);
const boxes = (text: string) => parseTasks(text).map((task) => [task.line, task.state]);

describe('headings', () => {
  it('are found in both notations, with their level and line', () => {
    const found = parseSections('One\n===\n\ntext\n\nTwo\n---\n### Three ###\n');
    expect(found.map(({ title, level, line }) => [title, level, line])).toEqual([
      ['One', 1, 1],
      ['Two', 2, 6],
      ['Three', 3, 8],
    ]);
  });

  it('lose their inline markup', () => {
    expect(titles('## **Intended** _use_ `now`')).toEqual(['Intended use now']);
    expect(titles('## [Intended use](#intended) {#use}')).toEqual(['Intended use']);
    expect(titles('## <a name="x"></a>Intended use')).toEqual(['Intended use']);
    expect(titles('## snake_case stays')).toEqual(['snake_case stays']);
  });

  it('do not count inside fences, comments, raw HTML, quotes, front matter or indented code', () => {
    const text = [
      '---\ntitle: x\n---\n# Real',
      '```md\n# fenced\n```',
      '~~~~\n# fenced\n~~~\n# still\n~~~~',
      '<!--\n# hidden\n-->',
      '<pre>\n# raw\n</pre>',
      '> # quoted',
      '    # code',
      '- item\n\n  ```\n  # in a list\n  ```',
    ].join('\n\n');
    expect(titles(text)).toEqual(['Real']);
  });

  it('behind an unclosed fence are code, as on the rendered page', () => {
    expect(titles('# One\n```\n# Two\n')).toEqual(['One']);
  });

  it('end a fence that a list item opened, once the list is over', () => {
    expect(titles('- item\n  ```\n  code\n\n# After\n')).toEqual(['After']);
  });

  it('need a space after their marks and at most six of them', () => {
    expect(titles('#One\n####### Seven\n#\tTab\n#\n')).toEqual(['Tab', '']);
  });

  it('are not made by a rule below a list, a quote or a table', () => {
    expect(titles('- item\n---\n\n> quote\n---\n\n| a |\n---\n')).toEqual([]);
  });

  it('survive Windows line ends and a byte order mark', () => {
    expect(titles('\uFEFF# One\r\n\r\nTwo\r\n---\r\n')).toEqual(['One', 'Two']);
  });

  it('are compared without case, numbering, width or closing colon', () => {
    expect(normaliseTitle('2.1 Intended   USE:')).toBe('intended use');
    expect(normaliseTitle('Ｉntended use')).toBe('intended use');
    expect(normaliseTitle('Einschränkungen')).toBe(normaliseTitle('EINSCHRA\u0308NKUNGEN'));
  });
});

describe('a section', () => {
  it('owns the text up to the next heading, and its deeper sections with it', () => {
    const sections = parseSections('# A\na\n## B\nb\n# C\nc\n# a\nd\n');
    expect(sections[0]?.lines.map((line) => line.text)).toEqual(['a']);
    expect(findSectionText(sections, 'A')?.lines.map((line) => line.text)).toEqual(['a', 'b', 'd', '']);
    expect(findSectionText(sections, 'Z')).toBeUndefined();
  });
});

describe('lines', () => {
  it('lose comments, but not those inside a code span', () => {
    expect(parseMarkdownLines('a <!-- x --> b `c` <!-- y -->d')[0]?.text).toBe('a  b `c` d');
    expect(parseMarkdownLines('`<!-- x -->` b')[0]?.text).toBe('`<!-- x -->` b');
    expect(parseMarkdownLines('a <!-- open')[0]?.text).toBe('a <!-- open');
    expect(parseMarkdownLines('<!-- x\ny --> z')[1]?.text).toBe(' z');
  });
});

describe('tasks', () => {
  it('are found nested, numbered and quoted', () => {
    expect(boxes('- [x] a\n  - [ ] b\n    * [X] c\n1. [ ] d\n> - [ ] e\n')).toEqual([
      [1, 'ticked'],
      [2, 'open'],
      [3, 'ticked'],
      [4, 'open'],
      [5, 'open'],
    ]);
  });

  it('do not count inside fences and comments', () => {
    expect(boxes('```\n- [ ] a\n```\n<!-- - [ ] b -->\n<!--\n- [ ] c\n-->\n- x\n\n  ```\n  - [ ] d\n  ```\n')).toEqual(
      [],
    );
  });

  it('with a box that GitHub does not show as one are malformed, and links are not boxes', () => {
    expect(boxes('- [] a\n- [x ] b\n- [✓] c\n- [x](y) d\n- [1]: e\n- [long text] f\n')).toEqual([
      [1, 'malformed'],
      [2, 'malformed'],
      [3, 'malformed'],
    ]);
  });

  it('own their continuation lines and plain bullets, and not what comes after', () => {
    const [first, second] = parseTasks('- [x] a\n  more\n\n  - plain\n- [x] b\n\nother\n');
    expect(first?.text).toBe('a\nmore\n- plain');
    expect(second?.text).toBe('b');
  });
});

describe('evidence in a tick', () => {
  it('is an address with a host, a link target or a code span', () => {
    expect(parseTickEvidence('see https://github.com/a/b/pull/1, [x](docs/a%20b.md#top) and `c.md`')).toEqual({
      links: ['https://github.com/a/b/pull/1,'],
      paths: ['docs/a b.md', 'c.md'],
    });
    expect(parseTickEvidence('[x](<a b.md> "title")').paths).toEqual(['a b.md']);
  });

  it('is not an address without a host, and not another scheme', () => {
    for (const text of [
      'https://',
      'http:///x',
      'https://?q',
      '[x](mailto:a@b.c)',
      '[x](javascript:alert)',
      '[x](#top)',
    ]) {
      expect(parseTickEvidence(text), text).toEqual({ links: [], paths: [] });
    }
  });
});

describe('hostile Markdown', () => {
  const half = 512 * 1024;
  const texts: Record<string, string> = {
    'one line of brackets': '['.repeat(half),
    'a heading of brackets': `# ${'['.repeat(half)}`,
    'a heading of marks': `# ${'# '.repeat(half / 2)}`,
    'a heading of spaces': `#${' '.repeat(half)}x`,
    'a heading of underscores': `# ${'_'.repeat(half)}a`,
    'a heading of tags': `# ${'<a '.repeat(half / 3)}`,
    'thousands of headings': '# a\n'.repeat(half / 4),
    'deepening headings': '# a\n## b\n### c\n#### d\n'.repeat(half / 24),
    'comments on a line': `${'<!---->'.repeat(half / 7)}\``,
    'ticks on a line': `${'` '.repeat(half / 2)}<!-- -->`,
    'runs of ticks': Array.from({ length: 900 }, (_, index) => '`'.repeat(index + 1)).join(' '),
    'open comments': 'a <!--\n'.repeat(half / 7),
    'open fences': '- ```\n'.repeat(half / 6),
    'a paragraph without end': 'a\n'.repeat(half / 2),
    'tasks without end': '- [x] a\n'.repeat(half / 8),
    'markers without end': `${'- '.repeat(half / 2)}[x] a`,
    'a section without end': `# a\n${'a\n'.repeat(half / 2)}`,
    'code spans without end': `# a\n${'`a '.repeat(half / 3)}`,
    'angles without end': `# a\n${'<'.repeat(half)}`,
    'quotes without end': `${'> '.repeat(half / 2)}- [x] a`,
    'link targets': `- [x] ${'](a'.repeat(half / 3)}`,
    addresses: `- [x] ${'http://'.repeat(half / 7)}`,
  };
  for (const [name, text] of Object.entries(texts)) {
    // The bound is generous for a busy machine: linear work takes tens of milliseconds, quadratic work minutes.
    it(`costs linear time: ${name}`, { timeout: 20_000 }, () => {
      const source = { path: 'x', file: 'x', state: 'read', text, sha256: '' } as const;
      decideDocument(source, ['a', 'b']);
      decideDocument(source, []);
      decideChecklist(source, new Set());
      expect(parseMarkdownLines(text).length).toBeGreaterThan(0);
    });
  }
});
