import { join } from 'node:path';
import type { EvidenceSet } from '../evidence/document.ts';
import { writeAtomically } from '../evidence/files.ts';
import { renderMarkdown } from '../report/markdown.ts';

/** Writes report.md from the evidence alone, and returns its path and its text. */
export async function writeMarkdownReport(
  runFolder: string,
  evidence: EvidenceSet,
): Promise<{ path: string; text: string }> {
  const path = join(runFolder, 'report.md');
  const text = renderMarkdown(evidence);
  await writeAtomically(path, text);
  return { path, text };
}

/** Writes report.html from the evidence alone, and returns its path. Loads the charts: some 800 kB of code. */
export async function writeHtmlReport(runFolder: string, evidence: EvidenceSet): Promise<string> {
  const path = join(runFolder, 'report.html');
  const { renderHtml } = await import('../report/html.ts');
  await writeAtomically(path, await renderHtml(evidence));
  return path;
}
