import { randomBytes } from 'node:crypto';
import { renderCanonical } from '../../../src/evidence/canonical.ts';
import { computeDigest, computeSha256 } from '../../../src/evidence/digest.ts';
import type { EvidenceSet } from '../../../src/evidence/document.ts';
import type { FileDigest } from '../../../src/evidence/schema/envelope.ts';
import type { ReleaseEvent } from '../../../src/evidence/schema/ledger.ts';
import { computeModelDigest, listEvidence } from '../../../src/registry/package/digests.ts';
import { gatherFacts } from '../../../src/registry/package/facts.ts';
import type { Package } from '../../../src/registry/package/package.ts';
import type { JudgedEvidence } from '../../../src/registry/package/trust.ts';
import type { PublishOptions } from '../../../src/registry/publish/options.ts';
import { publishVersion } from '../../../src/registry/publish/publish.ts';
import { createEvidence, createFile } from '../../support/evidence.ts';
import { storeStream } from '../../support/github/stored-file.ts';
import { Place } from '../publish/place.ts';

/** Bytes of a part: small, so that a small model has several. */
export const PART = 4096;

export type Files = Readonly<Record<string, string | Buffer>>;

/** A model of two files, one of them in three parts. */
export function createModel(): Record<string, Buffer> {
  return { 'out/model.bin': randomBytes(2 * PART + 100), 'out/labels.txt': Buffer.from('no\nyes\n') };
}

/** A whole run of the model churn that passes, on files with these digests. */
export function createRun(commit: string, modelFiles: readonly FileDigest[]): JudgedEvidence {
  const about = (minute: string) => ({
    model: 'churn',
    created: `2026-11-22T09:${minute}:00.000Z`,
    subject: { commit, dirty: false, config: computeSha256('modelgate.yml'), modelFiles: [...modelFiles] },
  });
  const inputs = [createFile('train.py'), ...modelFiles];
  const { data } = createEvidence({ data: about('00') });
  const parents = data ? [{ kind: 'data' as const, sha256: computeDigest(data) }] : [];
  return createEvidence({
    data: about('00'),
    training: { ...about('01'), parents, outputs: [...modelFiles] },
    prediction: { ...about('05'), inputs },
    evaluation: about('06'),
    verdict: about('07'),
  }) as EvidenceSet as JudgedEvidence;
}

/** A package of a model with the evidence of a run that passed. */
export async function packRun(place: Place, model: Files): Promise<{ made: Package; evidence: JudgedEvidence }> {
  const bare = await place.pack(model);
  const modelFiles = bare.files.map(({ path, sha256, size }) => ({ path, sha256, size }));
  const evidence = createRun(place.commit, modelFiles);
  const documents = Object.values(evidence).map((one) => [`evidence/${one.kind}.json`, renderCanonical(one)]);
  const papers = await place.pack(Object.fromEntries(documents) as Files);
  const modelDigest = computeModelDigest(modelFiles);
  const facts = gatherFacts(evidence, modelFiles);
  const files = [...bare.files, ...papers.files];
  const contentDigest = computeSha256(modelDigest);
  return { made: { ...bare, files, modelDigest, contentDigest, evidence: listEvidence(evidence), facts }, evidence };
}

/** A version that was published, as every step before left it. */
export class Released implements AsyncDisposable {
  readonly place: Place;
  readonly event: ReleaseEvent;
  readonly evidence: JudgedEvidence;
  readonly model: Files;

  constructor(place: Place, event: ReleaseEvent, evidence: JudgedEvidence, model: Files) {
    this.place = place;
    this.event = event;
    this.evidence = evidence;
    this.model = model;
  }

  static async open(model: Files = createModel(), more: Partial<PublishOptions> = {}): Promise<Released> {
    const place = await Place.open();
    const { made, evidence } = await packRun(place, model);
    const published = await publishVersion(place.options(made, { partBytes: PART, ...more }));
    if (published.state !== 'published') throw new Error(`nothing was published: ${published.state}`);
    return new Released(place, published.event, evidence, model);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.place[Symbol.asyncDispose]();
  }

  /** Who reads, and what. */
  ask() {
    const { client, repository, ledger } = this.place.connect();
    return { client, repository, ledger, event: this.event };
  }

  get assets() {
    const [release] = this.place.releases.all;
    if (release === undefined) throw new Error('there is no release');
    return release.assets;
  }

  asset(name: string) {
    const found = this.assets.find((one) => one.name === name);
    if (found === undefined) throw new Error(`there is no asset ${name}: ${this.assets.map((one) => one.name)}`);
    return found;
  }

  /** Puts other bytes into GitHub's storage; `quietly`, GitHub still tells the old size and digest. */
  async replace(name: string, bytes: Buffer, quietly = false): Promise<void> {
    const asset = this.asset(name);
    const { size, sha256 } = asset.content ?? {};
    const stored = await storeStream(feed(bytes), `${this.place.folder}/${randomBytes(8).toString('hex')}`);
    asset.content = quietly && size !== undefined && sha256 !== undefined ? { ...stored, size, sha256 } : stored;
  }
}

async function* feed(bytes: Buffer) {
  yield bytes;
}
