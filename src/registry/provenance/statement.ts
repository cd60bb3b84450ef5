import { messageOf } from '../../errors.ts';

/** The media type of a statement in an envelope. */
export const PAYLOAD_TYPE = 'application/vnd.in-toto+json';
const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';

/** What somebody states of files (in-toto Attestation Framework, Statement v1). */
export interface Statement {
  readonly predicateType: string;
  readonly predicate: unknown;
  /** The digests of the files, `sha256:…`. */
  readonly subjects: ReadonlySet<string>;
}

/** Reads the statement of an envelope; a sentence where it holds none. */
export function parseStatement(payload: Uint8Array, payloadType: string): Statement | string {
  if (payloadType !== PAYLOAD_TYPE) return `it holds ${payloadType} instead of a statement`;
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(payload).toString('utf8'));
  } catch (error) {
    return `its statement is not JSON: ${messageOf(error)}`;
  }
  const { _type, subject, predicateType, predicate } = (value ?? {}) as Record<string, unknown>;
  if (_type !== STATEMENT_TYPE || typeof predicateType !== 'string' || !Array.isArray(subject)) {
    return 'its statement is not one of in-toto, version 1';
  }
  const digests = subject.map((one: { digest?: { sha256?: unknown } } | null) => one?.digest?.sha256);
  const subjects = new Set(digests.flatMap((one) => (typeof one === 'string' ? `sha256:${one}` : [])));
  return { predicateType, predicate, subjects };
}

/** A statement as it is signed. `subjects` by name, with their digests `sha256:…`. */
export function renderStatement(
  subjects: readonly { readonly name: string; readonly sha256: string }[],
  predicateType: string,
  predicate: unknown,
): Buffer {
  const subject = subjects.map(({ name, sha256 }) => ({ name, digest: { sha256: sha256.replace(/^sha256:/, '') } }));
  return Buffer.from(JSON.stringify({ _type: STATEMENT_TYPE, subject, predicateType, predicate }));
}
