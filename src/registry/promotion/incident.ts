import type { PlacingEvent } from '../../evidence/schema/ledger.ts';
import { tryIssue } from '../../github/issues.ts';
import { escapeMarkdown } from '../../report/escaping.ts';
import { computeEventDigest } from '../ledger/chain.ts';
import { LEDGER_BRANCH } from '../ledger/ledger.ts';
import type { FinishedPlacing, Scene } from './scene.ts';

type Incident = Pick<FinishedPlacing, 'incident' | 'notices'>;

export const INCIDENT_LABEL = 'modelgate-incident';

/**
 * Opens one issue about a rollback, so that somebody looks into what was left. Answers with its address, or with what a
 * reader must know where issues cannot be opened: that holds no rollback up. Nothing is done of a promotion.
 */
export async function openIncident(scene: Scene, event: PlacingEvent, deployment: number): Promise<Incident> {
  if (event.kind !== 'rollback') return { incident: undefined, notices: [] };
  const { model, stage, from, version } = event;
  const issue = await tryIssue(scene.client, scene.repository, {
    marker: `<!-- modelgate:incident ${computeEventDigest(event)} -->`,
    title: `${model}: ${stage} went back from ${from ?? 'nothing'} to ${version}`,
    body: renderIncident(scene, event, deployment),
    labels: [INCIDENT_LABEL],
    author: scene.author,
    closed: true,
  });
  if (!('denied' in issue)) return { incident: issue.url, notices: [] };
  return { incident: undefined, notices: [`The incident issue could not be opened. ${issue.denied}`] };
}

function renderIncident({ repository }: Scene, event: PlacingEvent, deployment: number): string {
  const { model, stage, version, from, requestedBy, reason, created, sequence, counter, run } = event;
  const file = `events/${String(sequence).padStart(8, '0')}.json`;
  const lines = [
    `**${escapeMarkdown(model)}** in **${escapeMarkdown(stage)}** went back from ${from ?? 'nothing'} to ${version}.`,
    '',
    `- Reason: ${escapeMarkdown(reason)}`,
    `- Asked for by: ${escapeMarkdown(requestedBy)}, at ${created}`,
    `- Ledger: event ${sequence} (\`${file}\` on the branch \`${LEDGER_BRANCH}\`), counter ${counter}`,
    `- Deployment: ${deployment}, environment of ${escapeMarkdown(stage)}`,
    ...(run === null ? [] : [`- Run: ${run.url}`]),
    '',
    `${from ?? 'It'} no longer counts as healthy in ${escapeMarkdown(stage)}, so no later rollback goes there by itself. Close this issue when it is known why it had to leave.`,
    '',
    `<sub>${escapeMarkdown(repository.fullName)}</sub>`,
  ];
  return lines.join('\n');
}
