import type { Config } from '../../config/schema/modelgate.ts';
import { renderCanonical } from '../../evidence/canonical.ts';
import { computeSha256 } from '../../evidence/digest.ts';
import type { CommitFiles } from './commit-files.ts';
import { coverInputs } from './input-coverage.ts';

/** What of the machine goes into a model beside its files, by name: the version of Python, the digest of the requirements. */
export type EnvironmentWords = Readonly<Record<string, string>>;

/**
 * The digest of everything that a model and its predictions come from: how modelgate.yml says that they are made, the files
 * of the commit that they may be made from (by their git objects), and the environment. Equal digests, equal inputs.
 */
export async function computeInputsDigest(
  files: CommitFiles,
  commit: string,
  file: string,
  config: Config,
  environment: EnvironmentWords,
): Promise<string> {
  const { run, predictions, timeout, environment: passed, labels, reported } = config.evaluate ?? {};
  const point = config.evaluate?.['operating-point'];
  const entries = coverInputs(await files.list(commit), file, config);
  return computeSha256(
    renderCanonical({
      config: file,
      train: config.train,
      evaluate: {
        run,
        predictions,
        timeout,
        environment: passed,
        labels: labels?.path,
        reported: reported?.map(({ path }) => path),
        validation: point && [point.predictions, point.labels],
      },
      files: entries.map(({ path, kind, oid }) => `${kind} ${oid} ${path}`),
      environment,
    }),
  );
}
