import type { FileDigest } from '../../evidence/schema/envelope.ts';
import { escapeMarkdown } from '../escaping.ts';
import { formatAmount, formatCommit, formatDigest } from '../numbers.ts';
import type { ReleaseFacts } from './facts.ts';

const MAX_LISTED = 100;

/** The data sets by digest, and which of them are others than before. */
export function renderData({ data, previous }: ReleaseFacts): string[] {
  const former = new Map(previous?.data.map(({ name, sha256 }) => [name, sha256]));
  const lines = data.map(({ name, sha256 }) => {
    const before = former.get(name);
    const state = !previous
      ? ''
      : before === undefined
        ? ': new'
        : before === sha256
          ? ': unchanged'
          : `: was \`${formatDigest(before)}\``;
    return `- ${escapeMarkdown(name)} \`${formatDigest(sha256)}\`${state}`;
  });
  const gone = [...former.keys()].filter((name) => !data.some((dataset) => dataset.name === name));
  return limit([...lines, ...gone.map((name) => `- ${escapeMarkdown(name)}: no longer used`)]);
}

/** The files that the training reads and that changed: code, parameters, data. */
export function renderInputs({ inputs, previous }: ReleaseFacts): string[] {
  if (!previous) return [];
  if (!previous.inputs) return [`What ${escapeMarkdown(previous.version)} was trained by cannot be read any more.`];
  const [before, after] = [previous.inputs, inputs].map(
    (files) => new Map(files.map((file) => [file.path, file.sha256])),
  );
  const describe = ({ path, sha256 }: FileDigest): string[] => {
    const former = before?.get(path);
    if (former === sha256) return [];
    return [`- ${escapeMarkdown(path)}: ${former === undefined ? 'new' : 'changed'}`];
  };
  const gone = previous.inputs.filter(({ path }) => !after?.has(path));
  const lines = [...inputs.flatMap(describe), ...gone.map(({ path }) => `- ${escapeMarkdown(path)}: gone`)];
  return lines.length > 0 ? limit(lines) : ['The training reads the same files as before.'];
}

/** Pull requests and commits since the release before. */
export function renderCode({ commits, pullRequests, previous, repositoryUrl, commit }: ReleaseFacts): string[] {
  const pulls = (pullRequests ?? []).map(
    ({ number, title, author }) =>
      `- [#${number}](${repositoryUrl}/pull/${number}) ${escapeMarkdown(title)} (${escapeMarkdown(author)})`,
  );
  const single = (commits ?? []).map(
    ({ sha, subject, author }) =>
      `- [\`${formatCommit(sha)}\`](${repositoryUrl}/commit/${sha}) ${escapeMarkdown(subject)} (${escapeMarkdown(author)})`,
  );
  const compare = previous && `[All changes](${repositoryUrl}/compare/${previous.commit}...${commit})`;
  if (previous && !commits && !pullRequests) return [`The commits since then could not be listed. ${compare}`];
  const folded =
    single.length === 0
      ? []
      : [
          '',
          '<details>',
          `<summary>${formatAmount(single.length, 'commit')}</summary>`,
          '',
          ...limit(single),
          '',
          '</details>',
        ];
  return [...limit(pulls), ...folded, ...(compare ? ['', compare] : [])];
}

/** A list of at most so many lines, and how many more there are. */
export function limit(lines: readonly string[], most = MAX_LISTED): string[] {
  if (lines.length <= most) return [...lines];
  return [...lines.slice(0, most), `- and ${lines.length - most} more`];
}
