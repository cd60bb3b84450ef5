import type { Stage } from '../../config/stages.ts';
import type { LedgerMetric, ReleaseEvent } from '../../evidence/schema/ledger.ts';
import { describeApprovers } from '../../gate/control-text.ts';
import { describeStage } from '../../gate/stage-text.ts';
import { escapeMarkdown } from '../../report/escaping.ts';
import { formatCommit, formatCount, formatInterval, formatMetric } from '../../report/numbers.ts';
import { listAskers } from './asked.ts';
import { type PromotionRequest, renderAsked, renderRequestMarker } from './request.ts';

export interface RequestFacts {
  readonly request: PromotionRequest;
  readonly stage: Stage;
  readonly release: ReleaseEvent;
  /** What is in the stage now. */
  readonly live: string | null;
}

/** GitHub's limit of an issue's text, in characters. */
const LIMIT = 65_536;

/** What the issue of a request is called. */
export function renderRequestTitle({ model, version, stage }: PromotionRequest): string {
  return `Promote ${model} ${version} to ${stage}?`;
}

/** The whole text of the issue: the marker, who asks for what, on which numbers, and how to answer. */
export function renderRequest({ request, stage, release, live }: RequestFacts): string {
  const { model, version, requestedBy, reason, run } = request;
  const count = stage.approval?.count ?? 1;
  const who = (stage.approval && describeApprovers(stage.approval)) || 'somebody who may write to this repository';
  const waived = [...release.rules, ...release.controls].filter((one) => one.waived).map(({ id }) => id);
  const lines = [
    renderRequestMarker(request),
    renderAsked(request),
    `**${escapeMarkdown(requestedBy)}** asks to put **${escapeMarkdown(model)} ${version}** into **${escapeMarkdown(stage.name)}**, where ${live === null ? 'nothing is yet' : `${live} is now`}.`,
    '',
    ...(release.prerelease ? ['**This version is a pre-release.**', ''] : []),
    ...(reason.trim() === '' ? [] : [`Reason: ${escapeMarkdown(reason)}`, '']),
    ...renderMetrics(release.metrics),
    `- Verdict: ${release.outcome}; commit ${formatCommit(release.commit)}; model \`${release.modelDigest}\``,
    `- Waived: ${waived.length > 0 ? waived.map(escapeMarkdown).join(', ') : 'nothing'}`,
    `- ${escapeMarkdown(stage.name)} takes versions ${escapeMarkdown(describeStage(stage))}`,
    `- Asked in ${run.url}`,
    '',
    `To agree, comment \`/approve\`. To refuse, comment \`/reject\`. ${count === 1 ? 'One approval is' : `${count} approvals are`} needed, from ${escapeMarkdown(who)}, and not from ${listAskers(request).map(escapeMarkdown).join(' or ')}. A comment that was edited does not count, and neither does this request once its text was edited.`,
  ];
  return lines.join('\n').slice(0, LIMIT);
}

/** A file that reveals the verdict alone has no numbers here. */
function renderMetrics(metrics: readonly LedgerMetric[]): string[] {
  if (metrics.length === 0) return [];
  const rows = metrics.map(({ name, value, n, interval }) => {
    const range = interval === undefined ? '' : formatInterval(interval);
    return `| ${escapeMarkdown(name)} | ${formatMetric(value)} | ${range} | ${formatCount(n)} |`;
  });
  return ['| metric | value | interval | rows |', '| --- | ---: | --- | ---: |', ...rows, ''];
}
