import { globSync } from 'tinyglobby';
import { ROOT } from '../support/program.ts';

/** Every page of the documentation, from the root of the repository. */
export function listPages(): string[] {
  const own = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'];
  return [...own, ...globSync(['docs/**/*.md', 'actions/*/README.md'], { cwd: ROOT }).toSorted()];
}

/** The pages whose sessions are typed whole, against a registry: by `test/releases/documents`. */
export const SESSION_PAGES = ['docs/release-managers.md', 'docs/registry.md'];

/** A fenced block of a page: the words behind its fence, and its lines. */
export interface Block {
  readonly info: string;
  readonly text: string;
}

export function listBlocks(page: string): Block[] {
  return [...page.matchAll(/^```([^\n]*)\n([\s\S]*?)^```$/gm)].map(([, info = '', text = '']) => ({ info, text }));
}

/** The fenced blocks of a page whose info string is these words. */
export function findBlocks(page: string, info: string): string[] {
  return listBlocks(page).flatMap((block) => (block.info === info ? [block.text] : []));
}

/** What stands between single backticks, outside of blocks. */
export function listSpans(page: string): string[] {
  const prose = page.replaceAll(/^```[\s\S]*?^```$/gm, '');
  return [...prose.matchAll(/`([^`\n]+)`/g)].map(([, span]) => span ?? '');
}
