import type { EvidenceSet } from '../../evidence/document.ts';
import { listAnnotations } from '../annotations.ts';
import { cleanText } from '../escaping.ts';
import { fitText } from '../fitting.ts';

/** An annotation in the words of GitHub's REST API. */
export interface CheckAnnotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly annotation_level: 'failure' | 'warning';
  readonly title: string;
  readonly message: string;
}

/** Two requests of fifty; whoever has more to mend finds it in the summary. */
const MAX_ANNOTATIONS = 100;
const MAX_TITLE = 255;
/** GitHub takes 64 KB; a reason of ours is far shorter. */
const MAX_MESSAGE = 4096;

/** GitHub shows the head's version of a file, and the line may be another there. */
const BASE_LINE = ' (The line is that of the base’s version of the file.)';

/** The configuration, where the base's judged and the change has another. */
function listMovedFiles({ verdict }: EvidenceSet): Set<string> {
  if (verdict?.judgedBy === undefined || verdict.judgedBy.config === verdict.subject.config) return new Set();
  return new Set([...verdict.rules, ...verdict.controls].flatMap(({ place }) => place?.file ?? []));
}

/** What did not pass and has a line, errors first. */
export function listCheckAnnotations(evidence: EvidenceSet): CheckAnnotation[] {
  const moved = listMovedFiles(evidence);
  const all = listAnnotations(evidence).flatMap(({ level, title, message, place }): CheckAnnotation[] =>
    place === undefined || !isInside(place.file)
      ? []
      : [
          {
            path: place.file,
            start_line: place.line,
            end_line: place.line,
            annotation_level: level === 'error' ? 'failure' : 'warning',
            title: fitText(cleanText(title), MAX_TITLE),
            message: fitText(`${cleanText(message)}${moved.has(place.file) ? BASE_LINE : ''}`, MAX_MESSAGE),
          },
        ],
  );
  const levels = ['failure', 'warning'] as const;
  return levels
    .flatMap((level) => all.filter(({ annotation_level }) => annotation_level === level))
    .slice(0, MAX_ANNOTATIONS);
}

/** A path inside the repository, as GitHub wants it; a request with any other is refused whole. */
function isInside(path: string): boolean {
  return path !== '' && !/^\/|\\|^[A-Za-z]:|[\p{Cc}]/u.test(path) && !path.split('/').includes('..');
}
