import * as core from '@actions/core';
import type { Annotation } from '../report/annotations.ts';

/** GitHub refuses a step summary over 1 MiB and shows none of it; some room is left for the note. */
const MOST_SUMMARY_BYTES = 1024 * 1024 - 1024;

/** Posts annotations on lines of the user's files. */
export function postAnnotations(annotations: readonly Annotation[]): void {
  for (const { level, title, message, place } of annotations) {
    const properties = {
      title,
      ...(place ? { file: place.file, startLine: place.line, startColumn: place.column } : {}),
    };
    if (level === 'error') core.error(message, properties);
    else core.warning(message, properties);
  }
}

/** Writes the job summary; one that is too long is cut at a line and says so. Without a summary file, does nothing. */
export async function postSummary(markdown: string): Promise<void> {
  if (!process.env['GITHUB_STEP_SUMMARY']) return;
  await core.summary.addRaw(cutSummary(markdown)).write();
}

/** Cuts a summary to what GitHub shows. */
export function cutSummary(markdown: string): string {
  if (Buffer.byteLength(markdown) <= MOST_SUMMARY_BYTES) return markdown;
  const cut = Buffer.from(markdown).subarray(0, MOST_SUMMARY_BYTES).toString('utf8');
  return `${cut.slice(0, cut.lastIndexOf('\n'))}\n\nThe rest is too long for a summary; report.md has it all.\n`;
}
