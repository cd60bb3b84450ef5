import type { Stage } from '../../config/stages.ts';
import type { LedgerMetric, ReleaseEvent } from '../../evidence/schema/ledger.ts';
import { describeApprovers } from '../../gate/control-text.ts';
import { describeStage } from '../../gate/stage-text.ts';
import { escapeMarkdown } from '../../report/escaping.ts';
import { formatCommit, formatCount, formatInterval, formatMetric } from '../../report/numbers.ts';
import { type PromotionRequest, renderAsked } from './request.ts';

export interface RequestFacts {
  readonly request: PromotionRequest;
  readonly stage: Stage;
  readonly release: ReleaseEvent;
  /** What is in the stage now. */
  readonly live: string | null;
}

/** What the issue of a request is called. */
export function renderRequestTitle({ model, version, stage }: PromotionRequest): string {
  return `Promote ${model} ${version} to ${stage}?`;
}

/** What follows the marker: who asks for what, on which numbers, and how to answer. */
export function renderRequest({ request, stage, release, live }: RequestFacts): string {
  const { model, version, requestedBy, reason, run } = request;
  const count = stage.approval?.count ?? 1;
  const who = (stage.approval && describeApprovers(stage.approval)) || 'somebody who may write to this repository';
  const waived = [...release.rules, ...release.controls].filter((one) => one.waived).map(({ id }) => id);
  return [
    renderAsked(request),
    `**${escapeMarkdown(requestedBy)}** asks to put **${escapeMarkdown(model)} ${version}** into **${escapeMarkdown(stage.name)}**, where ${live === null ? 'nothing is yet' : `${live} is now`}.`,
    '',
    ...(reason.trim() === '' ? [] : [`Reason: ${escapeMarkdown(reason)}`, '']),
    ...renderMetrics(release.metrics),
    `- Verdict: ${release.outcome}; commit ${formatCommit(release.commit)}; model \`${release.modelDigest}\``,
    `- Waived: ${waived.length > 0 ? waived.map(escapeMarkdown).join(', ') : 'nothing'}`,
    `- ${escapeMarkdown(stage.name)} takes versions ${escapeMarkdown(describeStage(stage))}`,
    ...(run === null ? [] : [`- Asked in ${run.url}`]),
    '',
    `To agree, comment \`/approve\`. To refuse, comment \`/reject\`. ${count === 1 ? 'One approval is' : `${count} approvals are`} needed, from ${escapeMarkdown(who)}, and not from ${escapeMarkdown(requestedBy)}. A comment that was edited does not count, and neither does this request once its text was edited.`,
  ].join('\n');
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
