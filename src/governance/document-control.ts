import type { Finding } from './finding.ts';
import { findSectionText, listProse, parseSections, type Section } from './markdown-sections.ts';
import type { GovernanceFile } from './sources.ts';
import { findTextFault } from './template-text.ts';

/** How many headings of the document a message lists. */
const MAX_LISTED = 12;

/** Decides whether a document is there and each section that was asked for holds text that somebody wrote. */
export function decideDocument(source: GovernanceFile, wanted: readonly string[]): Finding {
  if (source.state === 'missing') {
    return { outcome: 'fail', reason: `There is no file ${source.path}; write it and commit it.` };
  }
  if (source.state === 'unreadable') {
    return { outcome: 'cannot-measure', reason: `${source.path} cannot be read: ${source.reason}.` };
  }
  const faults = wanted.length > 0 ? findSectionFaults(source.text, wanted) : findDocumentFaults(source.text);
  if (faults.length > 0) return { outcome: 'fail', reason: `${source.path}: ${faults.join('; ')}.` };
  const count = wanted.length === 1 ? 'The section has text.' : `All ${wanted.length} sections have text.`;
  return { outcome: 'pass', reason: wanted.length > 0 ? count : 'The document has text.' };
}

function findDocumentFaults(text: string): string[] {
  const fault = findTextFault(listProse(text));
  return fault ? [`the document ${fault.text}${describeLine(fault.line)}`] : [];
}

function findSectionFaults(text: string, wanted: readonly string[]): string[] {
  const sections = parseSections(text);
  const faults: string[] = [];
  let anyMissing = false;
  for (const title of wanted) {
    const found = findSectionText(sections, title);
    if (found === undefined) {
      anyMissing = true;
      faults.push(`the section “${title}” is missing`);
      continue;
    }
    const fault = findTextFault(found.lines);
    if (fault) faults.push(`the section “${title}”${describeLine(fault.line ?? found.line)} ${fault.text}`);
  }
  if (anyMissing) faults.push(describeHeadings(sections));
  return faults;
}

function describeHeadings(sections: readonly Section[]): string {
  if (sections.length === 0) return 'the document has no headings';
  const titles = sections.slice(0, MAX_LISTED).map((section) => `“${shorten(section.title)}”`);
  const more = sections.length - titles.length;
  return `its headings are ${titles.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function describeLine(line: number | undefined): string {
  return line === undefined ? '' : ` (line ${line})`;
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
