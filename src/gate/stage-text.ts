import type { Stage } from '../config/stages.ts';
import { describeApprovers } from './control-text.ts';

const UNITS = [
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
  ['s', 1],
] as const;

/** What a version needs to come into a stage, as “from staging, after 2d there; good-enough passed; approved by ada”. */
export function describeStage({
  name,
  from,
  soakSeconds,
  controls,
  approval,
  prereleases,
  environment,
}: Stage): string {
  const origin = from === undefined ? 'from anywhere' : `from ${from.join(' or ')}`;
  const count = approval?.count ?? 1;
  const who = approval && (describeApprovers(approval) || 'somebody who may write');
  const parts = [
    soakSeconds > 0 ? `${origin}, after ${renderSpan(soakSeconds)} there` : origin,
    ...(controls.length > 0 ? [`${[...controls].sort().join(', ')} passed`] : []),
    ...(who === undefined ? [] : [`approved by ${count > 1 ? `${count} of: ` : ''}${who}`]),
    ...(prereleases ? ['pre-releases too'] : []),
    ...(environment === name ? [] : [`environment ${environment}`]),
  ];
  return parts.join('; ');
}

/** A span of whole seconds as modelgate.yml writes it: `1d2h`, `45s`. A started second counts. */
export function renderSpan(seconds: number): string {
  let rest = Math.max(0, Math.ceil(seconds));
  const parts = UNITS.flatMap(([unit, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count > 0 ? [`${count}${unit}`] : [];
  });
  return parts.join('') || '0s';
}
