import { computeSha256 } from '../../evidence/digest.ts';
import { html } from '../html/blocks.ts';
import { GATE } from '../html/icons.ts';
import { type Insertable, Markup } from '../markup.ts';
import { formatInstant } from '../numbers.ts';
import type { SiteFacts } from './facts.ts';
import { SITE_SCRIPT } from './script.generated.ts';
import { STYLES } from './styles.ts';

/** What one page says beside its sections. */
interface PageParts {
  readonly title: string;
  /** Where the page lies, from the first page of the site down; the page itself is not in it. */
  readonly trail: readonly (readonly [name: string, file: string])[];
  /** What the page is about. */
  readonly subject: Insertable;
  readonly heading: string;
  readonly lead: Insertable;
  readonly facts: readonly (readonly [name: string, value: Insertable])[];
  readonly content: Insertable;
  /** Whether something on the page asks for attention. */
  readonly alarm?: boolean;
  /** For the script of the page; a page without it has no script. */
  readonly data?: string;
}

/** `'sha256-…'` as a content security policy names an inline element by its bytes. */
function nameSource(text: string): string {
  return `'sha256-${Buffer.from(computeSha256(text).slice('sha256:'.length), 'hex').toString('base64')}'`;
}

/** The page may load nothing, and runs our own script and styles by their digests: whatever else comes to stand in it. */
function renderPolicy(scripted: boolean): string {
  return [
    "default-src 'none'",
    `style-src ${nameSource(STYLES)}`,
    ...(scripted ? [`script-src ${nameSource(SITE_SCRIPT)}`] : []),
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** Puts one page of the site together. */
export function renderSitePage(facts: SiteFacts, parts: PageParts): string {
  const { title, trail, subject, heading, lead, data } = parts;
  const script =
    data !== undefined &&
    new Markup(`<script type="application/json" id="data">${data}</script>\n<script>${SITE_SCRIPT}</script>\n`);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${renderPolicy(data !== undefined)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<link rel="icon" href="data:,">
${new Markup(`<style>${STYLES}</style>`)}
</head>
<body>
<a class="skip" href="#content">To the content</a>
<header class="banner ${parts.alarm ? 'fail' : 'registry'}">
<div class="frame">
<div class="lead">
<div>
${trail.length > 0 && html`<nav class="trail" aria-label="Where this page is"><ul>${trail.map(([name, file]) => html`<li><a href="${file}">${name}</a></li>`)}</ul></nav>`}
<p class="model">${subject}</p>
<h1>${heading}</h1>
<p class="reason">${lead}</p>
</div>
${GATE.pass}
</div>
<dl>${parts.facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
</div>
</header>
<main id="content" tabindex="-1">
${parts.content}</main>
<footer>Built by ${facts.tool} from the ledger of ${facts.repository} on ${formatInstant(facts.built)}.</footer>
${script}</body>
</html>
`.text;
}
