import type { Answers } from './answers.ts';

/** The lines of a .gitignore for what runs write, relative to the folder of modelgate.yml. */
export function listIgnored({ predictions, train }: Pick<Answers, 'predictions' | 'train'>): string[] {
  const outputs = [predictions, ...(train ? [train.model] : [])].map((path) => path.replace(/^(?:\.\/)+/, ''));
  const own = outputs.filter((path) => !path.startsWith('../'));
  return [
    ...new Set(['.modelgate/', ...own.map((path) => (path.startsWith('out/') ? 'out/' : `/${escapePattern(path)}`))]),
  ];
}

/** A .gitignore with these lines at its end, but for those that it has; undefined where it has them all. */
export function addIgnored(before: Buffer | undefined, lines: readonly string[]): Buffer | undefined {
  // Whatever its encoding, only lines of ASCII are looked for.
  const text = before?.toString('latin1') ?? '';
  const known = new Set(text.split(/\r?\n/).map((line) => strip(line.trimEnd())));
  const added = lines.filter((line) => !known.has(strip(line)));
  if (added.length === 0) return undefined;
  const ending = text.includes('\r\n') ? '\r\n' : '\n';
  const gap = text === '' || text.endsWith('\n') ? '' : ending;
  return Buffer.concat([before ?? Buffer.alloc(0), Buffer.from(gap + added.map((line) => line + ending).join(''))]);
}

function strip(line: string): string {
  return line.replaceAll(/^\/|\/$/g, '');
}

function escapePattern(path: string): string {
  return path.replaceAll(/[\\*?[\]!#]|\s$/g, '\\$&');
}
