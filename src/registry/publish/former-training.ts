import { computeSha256 } from '../../evidence/digest.ts';
import type { Manifest } from '../../evidence/schema/manifest.ts';
import type { TrainingEvidence } from '../../evidence/schema/training.ts';
import { findViolations } from '../../evidence/validation.ts';
import type { Release } from '../../github/releases.ts';
import type { PublishOptions } from './options.ts';
import { readAsset } from './read-asset.ts';

/** A larger document is not read for a sentence: 16 MiB. */
const MAX_BYTES = 16 * 1024 ** 2;

/**
 * How a release was trained, as the evidence in it says. Its bytes must be those that the manifest names, which must be
 * the one of the ledger. Undefined where the release has no such document, another one, or one of another format.
 */
export async function readFormerTraining(
  options: PublishOptions,
  { assets }: Pick<Release, 'assets'>,
  { files, model }: Manifest,
): Promise<TrainingEvidence | undefined> {
  const file = files.find(({ path }) => path === 'evidence/training.json');
  const [named, ...others] = file?.assets ?? [];
  const asset = assets.find(({ name, state }) => name === named?.name && state === 'uploaded');
  if (asset === undefined || others.length > 0 || asset.size > MAX_BYTES) return undefined;
  const bytes = await readAsset(options, asset, MAX_BYTES);
  if (computeSha256(bytes) !== file?.sha256) return undefined;
  const document = parse(bytes);
  if (findViolations('training', document).length > 0) return undefined;
  const training = document as TrainingEvidence;
  return training.model === model ? training : undefined;
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
