import { expect, test } from 'vitest';
import { findBlocks, SESSION_PAGES } from '../../repository/pages.ts';
import { read } from '../../workflows/files.ts';
import { openDocumentedRegistry } from './registry.ts';
import { findUnprinted, parseSession, typeCommand } from './session.ts';

test.each(SESSION_PAGES)('the sessions on %s, typed one after the other, print what the page shows', async (page) => {
  const typed = findBlocks(read(page), 'console').flatMap(parseSession);
  expect(typed.length).toBeGreaterThan(5);
  await using registry = await openDocumentedRegistry();
  for (const { command, printed } of typed) {
    expect(findUnprinted(printed, await typeCommand(registry, command)), `$ ${command}`).toBeUndefined();
  }
});

test('a line that was not printed is found, and so is one that the page leaves out', () => {
  const printed = ['✓ Checked (0.1 s)', 'v1.0.0 at 2026-01-02T03:04:05Z', `sha256:${'a'.repeat(64)}`];
  const page = ['✓ Checked (9.9 s)', 'v1.0.0 at 2026-11-12T13:14:15Z', `sha256:${'b'.repeat(64)}`];
  expect(findUnprinted(page, printed)).toBeUndefined();
  expect(findUnprinted(['…', page[2] ?? ''], printed)).toBeUndefined();
  expect(findUnprinted([page[0] ?? '', '…'], printed)).toBeUndefined();
  expect(findUnprinted([page[0] ?? '', 'v1.0.1 …', '…'], printed)).toContain('v1.0.1');
  expect(findUnprinted(page.slice(1), printed)).toContain('Checked');
  expect(findUnprinted(page.slice(0, 2), printed)).toContain('(the end)');
});
