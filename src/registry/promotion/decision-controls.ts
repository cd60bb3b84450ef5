import type { Stage } from '../../config/stages.ts';
import type { ReleaseEvent } from '../../evidence/schema/ledger.ts';
import type { Refusal } from './asked.ts';

/** Whether each rule and control that the stage names passed in the verdict of the version, without a waiver. */
export function judgeControls({ tag, rules, controls }: ReleaseEvent, stage: Stage): Refusal[] {
  const results = [...rules, ...controls];
  return stage.controls.flatMap((id) => {
    const fault = findFault(results.filter((one) => one.id === id));
    if (fault === undefined) return [];
    const found = `${stage.name} needs \`${id}\`, and ${fault} in the verdict of ${tag}`;
    return [{ ground: 'controls' as const, found, fix: 'Publish a version in whose verdict it passes.' }];
  });
}

function findFault(results: readonly { readonly outcome: string; readonly waived: boolean }[]): string | undefined {
  if (results.length === 0) return 'it is not there';
  if (results.some(({ waived }) => waived)) return 'it was waived';
  const bad = results.find(({ outcome }) => outcome !== 'pass');
  return bad && `it came to ${bad.outcome}`;
}
