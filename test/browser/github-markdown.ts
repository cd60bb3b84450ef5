import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** GitHub's own parser with the extensions that its site has on. It lets HTML through; GitHub cleans that afterwards. */
const ARGUMENTS = [
  '--unsafe',
  '--github-pre-lang',
  ...['table', 'strikethrough', 'autolink', 'tagfilter', 'tasklist'].flatMap((name) => ['--extension', name]),
];

const LAYOUT = `
  body { margin: 0; background: #ffffff; }
  .comment { box-sizing: border-box; max-width: 60rem; margin: 1rem auto; border: 1px solid #d1d9e0; border-radius: 6px; }
  .head { padding: .5rem 1rem; background: #f6f8fa; border-bottom: 1px solid #d1d9e0; border-radius: 6px 6px 0 0;
    font: 14px/1.5 -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; color: #59636e; }
  .markdown-body { padding: 1rem; font-size: 14px; }`;

/** Markdown as HTML, by the cmark-gfm of the environment variable CMARK_GFM or the one that Debian installs. */
export function parseGitHubMarkdown(markdown: string): string {
  const program = process.env['CMARK_GFM'] ?? '/usr/bin/cmark-gfm';
  if (!existsSync(program)) {
    throw new Error(
      `There is no cmark-gfm at ${program}. Install it (apt-get update && apt-get install -y ` +
        '--no-install-recommends cmark-gfm), or name one in the environment variable CMARK_GFM.',
    );
  }
  return execFileSync(program, ARGUMENTS, { input: markdown, encoding: 'utf8', maxBuffer: 16 * 1024 ** 2 });
}

/** A page with one comment on it, in the style sheet that GitHub's is published as. */
export function renderCommentPage(markdown: string): string {
  const sheet = createRequire(import.meta.url).resolve('github-markdown-css/github-markdown-light.css');
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A comment</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<style>${readFileSync(sheet, 'utf8')}${LAYOUT}</style></head>
<body><div class="comment"><div class="head"><b>github-actions</b> commented</div>
<div class="markdown-body">${parseGitHubMarkdown(markdown)}</div></div></body></html>`;
}
