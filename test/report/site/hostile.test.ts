import { describe, expect, test } from 'vitest';
import { renderLink } from '../../../src/report/site/addresses.ts';
import { renderSite } from '../../../src/report/site/site.ts';
import { createHostileFacts } from './hostile.ts';
import { listTags, listValues } from './tags.ts';

describe.each([...renderSite(createHostileFacts())].filter(([name]) => name.endsWith('.html')))('%s', (_, page) => {
  test('has our elements and no others', () => {
    const names = new Set(listTags(page).flatMap((tag) => /^<([a-z][\w-]*)/i.exec(tag)?.[1] ?? []));
    for (const name of ['img', 'u', 'iframe', 'noframes']) expect(names).not.toContain(name);
    expect(page.match(/<script\b/g)?.length ?? 0).toBe(page.includes('id="data"') ? 2 : 0);
    for (const tag of listTags(page)) expect(tag).not.toMatch(/ on\w+=(?!.*")/);
  });

  test('has no link but to the web, without a name and a word in it', () => {
    for (const link of listValues(page, 'href')) {
      expect(link).toMatch(/^(?:https:\/\/github\.com\/octo\/zoo(?:\/|$)|#|data:,$|[\w.-]+\.html)/);
      expect(link).not.toContain('/../');
    }
  });

  test('shows nothing that turns the text around it', () => {
    expect(page).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u200B]/);
  });
});

const LINKS = ['https://github.com/octo/zoo/actions/runs/1', 'http://ghes.example:8080/x'];
const WORDS = [
  ...['javascript:alert(1)', ' javascript:alert(1)', 'JAVASCRIPT:alert(1)', 'data:text/html,x', 'file:///etc/passwd'],
  ...['//evil.example', '/relative', '', 'https://a:b@evil.example/', 'https://exa\u202Emple/', 'https://a b/'],
];

test.each(LINKS)('%s is a link', (address) => {
  expect(renderLink(address, 'words').text).toBe(`<a href="${address}" rel="noopener noreferrer">words</a>`);
});

test.each(WORDS)('%s stays words', (address) => {
  expect(renderLink(address, 'words').text).toBe('words');
});
