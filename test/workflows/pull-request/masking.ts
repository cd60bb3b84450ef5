/** Names that stand for commits of a scene, which are others in every run. */
export type Commits = Readonly<Record<string, string>>;

/**
 * Replaces what differs from run to run, and nothing else, so that a text can be held against a golden file: the commits of
 * the scene (by their names), other digests, points in time, durations, the address of the local GitHub, ids of runs, and
 * what the machine, its Python and this version of the program are called.
 */
export function maskRun(text: string, commits: Commits = {}): string {
  const named = Object.entries(commits).reduce(
    (left, [name, sha]) => left.replaceAll(new RegExp(`\\b${sha.slice(0, 7)}[0-9a-f]*\\b`, 'g'), `<${name}>`),
    text,
  );
  return named
    .replaceAll(/<!-- modelgate:state .*? -->/g, '<!-- modelgate:state <state> -->')
    .replaceAll(/\b(?=[0-9a-f]*\d)[0-9a-f]{9,64}\b/g, '<digest>')
    .replaceAll(/\d{4}-\d{2}-\d{2} \d{2}:\d{2} UTC/g, '<time>')
    .replaceAll(/(?<=[ |])\d+(?:\.\d+)? (?:ms|s|min|h)(?: \d+ (?:s|min))?(?= \||$)/gm, '<duration>')
    .replaceAll(/http:\/\/github\.localhost:\d+/g, '<server>')
    .replaceAll(/(?<=actions\/runs\/|\brun )\d+/g, '<run>')
    .replaceAll(/^- (Machine|Python): .*$/gm, '- $1: <$1>')
    .replaceAll(/(?<=read by modelgate )\S+/g, '<version>');
}
