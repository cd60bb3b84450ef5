import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { renderSiteScript } from '../../../scripts/site-script.ts';
import { SITE_SCRIPT } from '../../../src/report/site/script.generated.ts';

test('the script in the pages is the one that its sources make: `npm run build` makes it again', async () => {
  const path = join(import.meta.dirname, '../../../src/report/site/script.generated.ts');
  expect(await readFile(path, 'utf8')).toBe(await renderSiteScript());
});

test('the script is small, stands in a page without ending its element, and asks for nothing', () => {
  expect(SITE_SCRIPT.length).toBeLessThan(16 * 1024);
  expect(SITE_SCRIPT).not.toMatch(/<\/script|<!--|[^\x20-\x7e\n]/i);
  expect(SITE_SCRIPT).not.toMatch(
    /fetch|XMLHttpRequest|import\(|eval|Function\(|innerHTML|insertAdjacentHTML|localStorage|cookie/,
  );
});
