/** Limits of a check run's output, in characters (REST API, "Create a check run"). */
const TITLE = 255;
const TEXT = 65_535;
/** The limit of an annotation's message is 64 KB. A character of UTF-8 takes at most four bytes. */
const MESSAGE = 16_000;
/** How many annotations one request may carry. */
export const BATCH = 50;

/** A remark on lines of a file of the head commit. Lines count from 1. */
export interface CheckAnnotation {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly level: 'notice' | 'warning' | 'failure';
  readonly title?: string;
  readonly message: string;
}

/** What a check shows, in Markdown but for the title. */
export interface CheckOutput {
  readonly title: string;
  readonly summary: string;
  readonly text?: string;
}

/** An annotation as GitHub takes it, and gives it back. */
export interface SentAnnotation {
  path: string;
  start_line: number;
  end_line: number;
  annotation_level: 'notice' | 'warning' | 'failure';
  message: string;
  title?: string;
}

/** Fits an output into the limits. `line` is a hidden first line of the summary. */
export function fitOutput(output: CheckOutput, line: string): { title: string; summary: string; text?: string } {
  const summary = `${line}\n${cutText(output.summary, TEXT - line.length - 1)}`;
  const text = output.text === undefined ? undefined : cutText(output.text, TEXT);
  return { title: cutTitle(output.title), summary, ...(text !== undefined && { text }) };
}

/** Fits annotations into the limits, each one once. */
export function fitAnnotations(annotations: readonly CheckAnnotation[]): SentAnnotation[] {
  const fitted = annotations.map(({ path, startLine, endLine, level, title, message }) => ({
    path,
    start_line: startLine,
    end_line: Math.max(endLine, startLine),
    annotation_level: level,
    message: cutText(message, MESSAGE),
    ...(title !== undefined && { title: cutTitle(title) }),
  }));
  return [...new Map(fitted.map((annotation) => [nameAnnotation(annotation), annotation])).values()];
}

/** The same text for the same annotation, ours or as GitHub tells it. */
export function nameAnnotation(annotation: {
  path: string;
  start_line: number;
  end_line: number;
  annotation_level: string | null;
  message: string | null;
  title?: string | null;
}): string {
  const { path, start_line, end_line, annotation_level, message, title } = annotation;
  return JSON.stringify([path, start_line, end_line, annotation_level, message, title || '']);
}

function cutTitle(title: string): string {
  const line = title.replaceAll(/\s+/g, ' ').trim();
  return line.length <= TITLE ? line : `${dropHalf(line.slice(0, TITLE - 1))}…`;
}

const CUT = '\n\n*Cut here: it is too long for a check.*\n';

/** Cuts after a whole line where one ends in the last half, else after a whole character. */
function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const kept = text.slice(0, limit - CUT.length);
  const end = kept.lastIndexOf('\n');
  return `${end > kept.length / 2 ? kept.slice(0, end) : dropHalf(kept)}${CUT}`;
}

/** Drops half of a pair of UTF-16 at the end. */
function dropHalf(text: string): string {
  return text.replace(/[\uD800-\uDBFF]$/, '');
}
