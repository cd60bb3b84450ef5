import type { Config } from '../../config/schema/modelgate.ts';
import type { Sign } from '../../registry/provenance/model-signature.ts';
import { signPackage } from '../../registry/provenance/signed-package.ts';
import { openSigner } from '../../registry/provenance/signer.ts';
import { isPublished, type PublishedQuestion } from '../../registry/publish/identical.ts';

/** What signs the models of a project; undefined where `release.sign` does not want it. Throws UserMistake where nothing can. */
export async function findSigner(config: Config, environment: NodeJS.ProcessEnv): Promise<Sign | undefined> {
  return config.release?.sign === true ? await openSigner(environment) : undefined;
}

/**
 * The package with the signature of its model. What is a version already is not signed again: a signature without a key
 * stands in a public log for good.
 */
export async function addSignature<Made extends PublishedQuestion['package']>(
  question: PublishedQuestion & { readonly package: Made },
  { sign, folder }: { readonly sign: Sign | undefined; readonly folder: string },
): Promise<Made> {
  if (sign === undefined || (await isPublished(question))) return question.package;
  return await signPackage(question.package, sign, folder);
}
