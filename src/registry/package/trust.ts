import type { Project } from '../../config/project.ts';
import type { Problem } from '../../errors.ts';
import { computeDigest, computeSha256 } from '../../evidence/digest.ts';
import type { EvidenceDocument, EvidenceSet } from '../../evidence/document.ts';
import type { VerdictEvidence } from '../../evidence/schema/verdict.ts';

const AGAIN = 'Run the stages and the gate again on one commit (`modelgate run`), and publish what they wrote.';

/** Evidence that ends in a verdict. */
export type JudgedEvidence = EvidenceSet & { readonly verdict: VerdictEvidence };

/**
 * Why evidence allows no release, all at once: no verdict or one that does not pass, no commit, files that differ from
 * it, documents of another model, commit or configuration, a chain with a gap. Training and predictions may be those of
 * an earlier commit with the same inputs: the gate that accepted them has compared the inputs.
 */
export function findRefusals(
  { config, file, text }: Pick<Project, 'config' | 'file' | 'text'>,
  evidence: EvidenceSet,
): Problem[] {
  const { verdict } = evidence;
  if (!verdict) return [{ file, found: `there is no verdict on ${config.model}`, fix: AGAIN }];
  const refuse = (found: string, fix = AGAIN): Problem => ({ file, found, fix });
  const problems: Problem[] = [];
  if (verdict.outcome !== 'pass' || verdict.blocks) {
    const fix = 'Only what passed is released, also where the gate only observes.';
    problems.push(refuse(`the verdict on ${config.model} is ${verdict.outcome}: ${verdict.reason}`, fix));
  }
  const { commit, dirty } = verdict.subject;
  if (commit === null) problems.push(refuse('the verdict speaks of no commit', 'Commit, and run the stages again.'));
  else if (dirty) {
    problems.push(
      refuse('files differed from the commit when the verdict was made', 'Commit them, and run the stages again.'),
    );
  }
  const own = computeSha256(text);
  for (const document of Object.values(evidence))
    problems.push(...findStrangeness(document, verdict, config.model).map((found) => refuse(found)));
  if (verdict.subject.config !== own) problems.push(refuse('modelgate.yml is another than the one of the verdict'));
  return [...problems, ...findGaps(evidence).map((found) => refuse(found))];
}

function findStrangeness(document: EvidenceDocument, verdict: VerdictEvidence, model: string): string[] {
  const { kind, subject, outcome } = document;
  const mayBeEarlier = kind === 'training' || kind === 'prediction';
  return [
    ...(document.model === model ? [] : [`the ${kind} evidence speaks of another model, ${document.model}`]),
    ...(kind === 'verdict' || outcome === 'pass' ? [] : [`the ${kind} evidence has the outcome ${outcome}`]),
    ...(mayBeEarlier || subject.commit === verdict.subject.commit
      ? []
      : [
          `the ${kind} evidence was written for ${nameCommit(subject.commit)}, and the verdict for ${nameCommit(verdict.subject.commit)}`,
        ]),
    ...(mayBeEarlier && subject.commit === null ? [`the ${kind} evidence speaks of no commit`] : []),
    ...(subject.dirty && kind !== 'verdict'
      ? [`files differed from the commit when the ${kind} evidence was made`]
      : []),
  ];
}

/** The verdict must name each document that is here by its digest, and nothing else; each document its own parents. */
function findGaps(evidence: EvidenceSet): string[] {
  const { verdict } = evidence;
  const named = verdict?.parents.map(({ kind }) => kind) ?? [];
  const unnamed = Object.values(evidence).filter(({ kind }) => kind !== 'verdict' && !named.includes(kind));
  const broken = Object.values(evidence).flatMap((document) =>
    document.parents.flatMap(({ kind, sha256 }) => {
      const parent = evidence[kind];
      // On a pull request data are checked again where the judge is: what the candidate's machine found is not kept.
      if (kind === 'data' && (document.kind === 'training' || document.kind === 'prediction')) return [];
      if (!parent) return [`the ${document.kind} evidence was built on ${kind} evidence that is not here`];
      return computeDigest(parent) === sha256
        ? []
        : [`the ${document.kind} evidence was built on other ${kind} evidence than what is here`];
    }),
  );
  return [...unnamed.map(({ kind }) => `the verdict was not built on the ${kind} evidence that is here`), ...broken];
}

function nameCommit(commit: string | null): string {
  return commit === null ? 'no commit' : `commit ${commit.slice(0, 12)}`;
}
