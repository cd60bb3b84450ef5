/**
 * Whether a version was withdrawn in GTO's words: a tag of its name with `!` behind it stands in the repository. It stays
 * where it is, and can be asked for by its full name; nothing chooses it by itself any more. `tags` are the names of the
 * repository's tags, or of those that begin with the model's name.
 */
export function isWithdrawn(tag: string, tags: ReadonlySet<string>): boolean {
  return tags.has(`${tag}!`);
}
