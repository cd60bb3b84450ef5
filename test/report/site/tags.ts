/** The tags of a page, without what stands between them; scripts and styles are left out. */
export function listTags(page: string): string[] {
  return page.replace(/(<(?:script|style)\b[^>]*>)[\s\S]*?(?=<\/)/g, '$1').match(/<[^>]*>/g) ?? [];
}

/** What an attribute holds in every tag that has it. */
export function listValues(page: string, attribute: string): string[] {
  return listTags(page).flatMap((tag) => new RegExp(` ${attribute}="([^"]*)"`).exec(tag)?.[1] ?? []);
}

/** The words of a page as a reader sees them. */
export function readWords(page: string): string {
  return page
    .replace(/<(script|style)\b[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ');
}

/** A page of a site; it must be there. */
export function getPage(files: ReadonlyMap<string, string>, name: string): string {
  const page = files.get(name);
  if (page === undefined) throw new Error(`${name} is not among ${[...files.keys()].join(', ')}`);
  return page;
}
