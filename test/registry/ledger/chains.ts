import { renderCanonical } from '../../../src/evidence/canonical.ts';
import { computeSha256 } from '../../../src/evidence/digest.ts';
import type { LedgerDraft } from '../../../src/evidence/schema/ledger.ts';
import { nameEventFile, parseLedger } from '../../../src/registry/ledger/chain.ts';
import type { Ledger } from '../../../src/registry/ledger/ledger.ts';

/** An event of a kind that this version does not know, or a draft. */
export type AnyDraft = LedgerDraft | (Readonly<Record<string, unknown>> & { readonly id: string });

/** The files of the branch with these events, a day apart from the first of January 2026 on. */
export function writeEvents(drafts: readonly AnyDraft[]): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  let previous: string | null = null;
  for (const [index, draft] of drafts.entries()) {
    const text = renderCanonical({
      schemaVersion: 1,
      ...draft,
      sequence: index + 1,
      previous,
      created: new Date(Date.UTC(2026, 0, index + 1, 12)).toISOString(),
      tool: { name: 'modelgate', version: '0.1.0' },
    });
    files.set(nameEventFile(index + 1), Buffer.from(text));
    previous = computeSha256(text);
  }
  return files;
}

/** A ledger of these events. */
export function makeLedger(drafts: readonly AnyDraft[]): Ledger {
  return parseLedger(writeEvents(drafts));
}
