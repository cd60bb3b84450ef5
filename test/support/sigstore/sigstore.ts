import { createHash, generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { bundleToJSON } from '@sigstore/bundle';
import {
  fulcioHandler,
  initializeCA,
  initializeCTLog,
  initializeTLog,
  initializeTSA,
  rekorHandler,
  tsaHandler,
} from '@sigstore/mock';
import { HashAlgorithm, PublicKeyDetails, TrustedRoot } from '@sigstore/protobuf-specs';
import { ACTIONS_ISSUER } from '../../../src/registry/provenance/bundle.ts';
import { createKeylessSigner } from '../../../src/registry/provenance/keyless-signer.ts';
import type { Sign } from '../../../src/registry/provenance/model-signature.ts';
import { renderStatement } from '../../../src/registry/provenance/statement.ts';

/** Who a token says that it is. */
export interface Identity {
  /** `owner/name/.github/workflows/x.yml@ref` */
  readonly workflow: string;
  readonly repository: string;
  readonly repositoryId: number;
  readonly issuer?: string;
  /** What the run is for; `refs/heads/main` without. */
  readonly ref?: string;
  /** The commit of the workflow. */
  readonly workflowSha?: string;
}

/**
 * An instance of Sigstore on the loopback interface: Fulcio, Rekor and a time stamp authority from `@sigstore/mock`, the
 * project's own test instance, with fresh keys; and the trusted root that makes it believed.
 */
export class Sigstore implements AsyncDisposable {
  readonly #server: Server;
  readonly url: string;
  readonly root: TrustedRoot;

  private constructor(server: Server, url: string, root: TrustedRoot) {
    this.#server = server;
    this.url = url;
    this.root = root;
  }

  static async open(): Promise<Sigstore> {
    const keys = (curve: string) => generateKeyPairSync('ec', { namedCurve: curve });
    // The authorities read this very object. A time stamp with a fraction of a second is not understood by everybody.
    const clock = new Date();
    const wind = () => clock.setTime(Math.floor(Date.now() / 1000) * 1000);
    const ctLog = await initializeCTLog(keys('prime256v1'));
    const ca = await initializeCA(keys('prime256v1'), ctLog, clock);
    const log = await initializeTLog('https://rekor.test', keys('prime256v1'));
    const tsa = await initializeTSA(keys('prime256v1'), clock);
    const handlers = [fulcioHandler(ca), rekorHandler(log), tsaHandler(tsa, { strict: true })];
    const server = createServer(async (request, response) => {
      const handler = handlers.find(({ path }) => path === request.url);
      const body = nameSigner((await buffer(request)).toString('utf8'));
      wind();
      const answer = await handler?.fn(canonicalise(body));
      const { statusCode = 404, response: content = '', contentType = 'text/plain' } = answer ?? {};
      response.writeHead(statusCode, { 'content-type': contentType });
      response.end(typeof content === 'string' ? content : toBuffer(content));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const start = new Date(0).toISOString();
    const key = (bytes: Buffer) => ({
      rawBytes: bytes.toString('base64'),
      keyDetails: PublicKeyDetails[PublicKeyDetails.PKIX_ECDSA_P256_SHA_256],
      validFor: { start },
    });
    const instance = (bytes: Buffer, id: Buffer) => ({
      baseUrl: 'https://rekor.test',
      hashAlgorithm: HashAlgorithm[HashAlgorithm.SHA2_256],
      publicKey: key(bytes),
      logId: { keyId: id.toString('base64') },
    });
    const authority = (...certificates: ArrayBufferView[]) => ({
      subject: { organization: 'test', commonName: 'test' },
      uri: 'https://ca.test',
      certChain: { certificates: certificates.map((one) => ({ rawBytes: encode(one) })) },
      validFor: { start },
    });
    const root = TrustedRoot.fromJSON({
      mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
      tlogs: [instance(log.publicKey, createHash('sha256').update(log.publicKey).digest())],
      ctlogs: [instance(ctLog.publicKey, Buffer.from(encode(ctLog.logID), 'base64'))],
      certificateAuthorities: [authority(ca.rootCertificate)],
      timestampAuthorities: [authority(tsa.intCertificate, tsa.rootCertificate)],
    });
    return new Sigstore(server, `http://127.0.0.1:${port}`, root);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  /** Signs as a job of GitHub Actions does. */
  signAs(identity: Identity): Sign {
    const { workflow, repository, repositoryId, issuer = ACTIONS_ISSUER, ref = 'refs/heads/main' } = identity;
    const claims = {
      iss: issuer,
      sub: `repo:${repository}:ref:${ref}`,
      ref,
      repository,
      repository_id: String(repositoryId),
      job_workflow_ref: workflow,
      job_workflow_sha: identity.workflowSha ?? 'c'.repeat(40),
    };
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const token = `${part({ alg: 'none' })}.${part(claims)}.x`;
    return createKeylessSigner({
      ...{ fulcio: this.url, rekor: this.url, timestamps: this.url },
      identity: { getToken: async () => token },
    });
  }

  /** A bundle with a statement, as JSON. */
  async attest(
    identity: Identity,
    subjects: readonly { readonly name: string; readonly sha256: string }[],
    predicateType: string,
    predicate: unknown,
  ): Promise<Record<string, unknown>> {
    const bundle = await this.signAs(identity)(renderStatement(subjects, predicateType, predicate));
    return bundleToJSON(bundle) as unknown as Record<string, unknown>;
  }
}

/** Fulcio names the workflow of the job as the signer (fulcio, docs/oidc.md, "GitHub"); the stand-in, the subject. */
function nameSigner(body: string): string {
  return body.replace(/("oidcIdentityToken":"[^".]*\.)([^".]*)/, (_whole, start: string, part: string) => {
    const claims = JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Record<string, unknown>;
    const named = { ...claims, sub: `https://github.com/${claims['job_workflow_ref']}` };
    return start + Buffer.from(JSON.stringify(named)).toString('base64url');
  });
}

/** Rekor keeps digests and signatures of an envelope in place of it (rekor, types/dsse v0.0.1); the stand-in does not. */
function canonicalise(body: string): string {
  if (!body.includes('"kind":"dsse"')) return body;
  const { apiVersion, kind, spec } = JSON.parse(body) as Record<string, unknown>;
  const { envelope, verifiers } = (spec as { proposedContent: { envelope: string; verifiers: string[] } })
    .proposedContent;
  const { payload, signatures } = JSON.parse(envelope) as { payload: string; signatures: { sig: string }[] };
  const hash = (bytes: Buffer | string) => ({
    algorithm: 'sha256',
    value: createHash('sha256').update(bytes).digest('hex'),
  });
  return JSON.stringify({
    apiVersion,
    kind,
    spec: {
      envelopeHash: hash(envelope),
      payloadHash: hash(Buffer.from(payload, 'base64')),
      signatures: signatures.map(({ sig }) => ({ signature: sig, verifier: verifiers[0] })),
    },
  });
}

function toBuffer(bytes: ArrayBufferView): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

const encode = (bytes: ArrayBufferView): string => toBuffer(bytes).toString('base64');
