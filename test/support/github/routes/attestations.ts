import type { Answer, Call, Routes } from '../call.ts';
import { ApiFault, notFound } from '../fault.ts';
import { type AttestationRecord, keepAttestations } from '../records/attestations.ts';

interface Statement {
  readonly predicateType?: string;
  readonly subject?: readonly { readonly digest?: Readonly<Record<string, string>> }[];
}

/** GitHub's names for two kinds of statements; any other kind is asked for by its address. */
const SHORT_NAMES: Record<string, string> = {
  provenance: 'https://slsa.dev/provenance/',
  sbom: 'https://spdx.dev/Document',
  release: 'https://in-toto.io/attestation/release/',
};

/** Attestations, stored as they come: their signatures are not checked here. */
export const attestationRoutes: Routes = {
  'repos/create-attestation': (call: Call<{ bundle: Record<string, unknown> }>): Answer => {
    const { bundle } = call.body;
    const statement = readStatement(bundle);
    const subjects = (statement?.subject ?? []).flatMap(({ digest }) =>
      digest?.['sha256'] === undefined ? [] : [`sha256:${digest['sha256']}`],
    );
    if (subjects.length === 0) throw new ApiFault(422, 'Invalid bundle: no subject with a sha256 digest');
    const id = call.world.nextId();
    const record: AttestationRecord = { id, bundle, subjects, predicateType: statement?.predicateType ?? '' };
    call.repository.part(keepAttestations).push(record);
    return { status: 201, body: { id } };
  },
  /** Without any: 404, as GitHub's own client expects for a subject that nothing was said about. */
  'repos/list-attestations': (call: Call): Answer => {
    const digest = call.params['subject_digest'] ?? '';
    const kind = call.query['predicate_type'] as string | undefined;
    const start = kind === undefined ? '' : (SHORT_NAMES[kind] ?? kind);
    const found = call.repository
      .part(keepAttestations)
      .filter((one) => one.subjects.includes(digest) && one.predicateType.startsWith(start));
    if (found.length === 0) throw notFound();
    const page = found.toReversed().slice(0, Number(call.query['per_page'] ?? 30));
    return {
      status: 200,
      body: { attestations: page.map(({ bundle }) => ({ bundle, repository_id: call.repository.id })) },
    };
  },
};

/** What the envelope of a bundle holds; undefined where it holds no JSON. */
function readStatement(bundle: Record<string, unknown>): Statement | undefined {
  const { payload } = (bundle['dsseEnvelope'] ?? {}) as { payload?: string };
  try {
    return JSON.parse(Buffer.from(payload ?? '', 'base64').toString('utf8')) as Statement;
  } catch {
    return undefined;
  }
}
