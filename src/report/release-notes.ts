import { NAME } from '../identity.ts';
import { escapeMarkdown } from './escaping.ts';
import { formatCommit, formatDigest } from './numbers.ts';
import { limit, renderCode, renderData, renderInputs } from './release/changes.ts';
import type { ReleaseFacts } from './release/facts.ts';
import { renderMetrics } from './release/metrics.ts';

/** GitHub takes 125,000 characters in the body of a release; the hidden lines of the publishing need some. */
export const MAX_NOTES = 120_000;

/**
 * The notes of a release in Markdown, at most 120,000 characters: what changed since the release before in numbers, data,
 * code and parameters, what it was held to, why it has this number, and how to fetch and verify it. Where they are too
 * long, the last of these sections are cut away one by one, and it is said.
 */
export function renderReleaseNotes(facts: ReleaseFacts): string {
  const { previous, model, version, commit, modelDigest, reason } = facts;
  const same = previous?.modelDigest === modelDigest ? ', the same as before' : '';
  const opening = [
    `**${escapeMarkdown(model)} ${escapeMarkdown(version)}** from commit \`${formatCommit(commit)}\`. ${escapeMarkdown(reason)}`,
    '',
    `Model \`${formatDigest(modelDigest)}\`${same}.`,
    ...(facts.remarks ?? []).flatMap((remark) => ['', escapeMarkdown(remark)]),
  ];
  const sections = [
    renderSection(previous ? `Numbers, against ${escapeMarkdown(previous.version)}` : 'Numbers', renderMetrics(facts)),
    renderSection('Fetch and verify', renderUse(facts)),
    renderSection('Waivers', renderWaivers(facts)),
    renderSection('Rules and controls', renderPromises(facts)),
    renderSection('Data', renderData(facts)),
    renderSection('Code and parameters', renderInputs(facts)),
    renderSection('Changes', renderCode(facts)),
  ].filter((section) => section !== '');
  const head = opening.join('\n');
  const kept: string[] = [head];
  let length = head.length;
  for (const section of sections) {
    if (length + section.length + CUT.length > MAX_NOTES) {
      kept.push(CUT);
      break;
    }
    kept.push(section);
    length += section.length;
  }
  return `${kept.join('')}\n`;
}

const CUT = '\n\nThe rest is too long for these notes; the evidence beside them holds all of it.';

function renderSection(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `\n\n### ${title}\n\n${lines.join('\n').trim()}`;
}

/** Tags hold letters that no shell reads as its own, but for `#` of stages; they stand in quotes all the same. */
function renderUse({ tag, version, model }: ReleaseFacts): string[] {
  const range = `${model}@^${version.slice(1).split('-')[0]}`;
  return [
    '```sh',
    `${NAME} fetch '${tag}'`,
    `${NAME} verify '${tag}'`,
    '```',
    '',
    `Later versions that fit the same callers: \`${range}\`. By hand, in a folder with the assets: \`sha256sum -c checksums.txt\`.`,
  ];
}

function renderPromises({ verdict }: ReleaseFacts): string[] {
  const describe = (text: string, outcome: string, waived: boolean) =>
    `- ${outcome}${waived ? ', waived' : ''}: ${escapeMarkdown(text)}`;
  return limit([
    ...verdict.rules.map(({ id, text, outcome, waived }) => describe(`${id}: ${text}`, outcome, waived)),
    ...verdict.controls.map(({ id, text, outcome, waived }) => describe(`${id}: ${text}`, outcome, waived)),
  ]);
}

function renderWaivers({ verdict }: ReleaseFacts): string[] {
  return limit(
    verdict.waivers
      .filter(({ active }) => active)
      .map(({ waives, reason, author, approver, expires }) => {
        const people = `asked for by ${author}, approved by ${approver}, until ${expires}`;
        return `- ${escapeMarkdown(waives)}: ${escapeMarkdown(reason)} (${escapeMarkdown(people)})`;
      }),
  );
}
