/**
 * Turns a pattern of CODEOWNERS into an expression over paths from the root of the repository, with forward slashes.
 * Undefined of a pattern that GitHub does not take: it knows no `!`, no `[ ]` and no `\#`.
 *
 * The patterns are those of gitignore (git-scm.com/docs/gitignore, PATTERN FORMAT), with one difference that GitHub’s
 * own example shows: `docs/*` owns the files in `docs` and not those in the folders below.
 */
export function compilePattern(pattern: string): RegExp | undefined {
  if (/^!|^\\#|[[\]]/.test(pattern)) return undefined;
  const isFolder = pattern.endsWith('/');
  const trimmed = pattern.replace(/^\/+|\/+$/g, '');
  if (trimmed === '') return undefined;
  const segments = trimmed.split(/\/+/).filter((segment, index, all) => segment !== '**' || all[index - 1] !== '**');
  const isAnchored = pattern.startsWith('/') || segments.length > 1;
  const last = segments.at(-1);
  const body = segments.map((segment, index) => {
    const isLast = index === segments.length - 1;
    if (segment === '**') return isLast ? '.+' : '(?:.*/)?';
    return `${compileSegment(segment)}${isLast ? '' : '/'}`;
  });
  return new RegExp(`^${isAnchored ? '' : '(?:.*/)?'}${body.join('')}${findEnding(isFolder, isAnchored, last)}$`, 'su');
}

function findEnding(isFolder: boolean, isAnchored: boolean, last: string | undefined): string {
  if (isFolder) return last === '**' ? '' : '/.+';
  return last === '**' || (last === '*' && isAnchored) ? '' : '(?:/.*)?';
}

/** Several asterisks that are not a segment of their own are one. */
function compileSegment(segment: string): string {
  return segment.replace(/\\(.)|\*+|\?|[\\^$.|+(){}/-]/gsu, (found, escaped?: string) => {
    if (escaped !== undefined) return escapeCharacter(escaped);
    if (found.startsWith('*')) return '[^/]*';
    return found === '?' ? '[^/]' : escapeCharacter(found);
  });
}

function escapeCharacter(character: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character;
}
