import type { LedgerHead } from '../../evidence/schema/ledger.ts';

const KEY = 'Modelgate-Ledger';
const ANCHOR = new RegExp(
  `(?<![0-9A-Za-z_]|[0-9A-Za-z]-)${KEY}: ([1-9]\\d{0,8}) (sha256:[0-9a-f]{64})(?![0-9A-Za-z])`,
  'g',
);

/**
 * Where the ledger stood, as one line: the trailer of a tag's message, and in hidden comments. Whoever keeps such a line
 * outside of the branch can tell later that nothing up to there was changed.
 */
export function renderAnchor({ sequence, digest }: LedgerHead): string {
  return `${KEY}: ${sequence} ${digest}`;
}

/** The last such line of a text, wherever it stands; undefined where there is none. */
export function parseAnchor(text: string): LedgerHead | undefined {
  const [, sequence, digest] = [...text.matchAll(ANCHOR)].at(-1) ?? [];
  return sequence !== undefined && digest !== undefined ? { sequence: Number(sequence), digest } : undefined;
}
