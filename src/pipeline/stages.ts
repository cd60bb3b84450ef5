import type { Config } from '../config/schema/modelgate.ts';
import type { EvidenceSet } from '../evidence/document.ts';
import type { Kind } from '../evidence/schema/envelope.ts';

/** The stages in the order in which evidence flows, by the words of the command line. */
export const STAGES = ['data', 'train', 'predict', 'score', 'gate'] as const;
export type Stage = (typeof STAGES)[number];

/** The document that each stage writes. */
export const DOCUMENT_OF: Readonly<Record<Stage, Kind>> = {
  data: 'data',
  train: 'training',
  predict: 'prediction',
  score: 'evaluation',
  gate: 'verdict',
};

/** Whether `modelgate.yml` asks for a stage. The gate always has something to say. */
export function isConfigured(config: Config, stage: Stage): boolean {
  switch (stage) {
    case 'data':
      return config.data !== undefined;
    case 'train':
      return config.train !== undefined;
    case 'predict':
      return config.evaluate?.run !== undefined;
    case 'score':
      return config.evaluate !== undefined;
    case 'gate':
      return true;
  }
}

/** The documents that these stages write. */
export function keepStages(evidence: EvidenceSet, stages: readonly Stage[]): EvidenceSet {
  const kinds = new Set<string>(stages.map((stage) => DOCUMENT_OF[stage]));
  return Object.fromEntries(Object.entries(evidence).filter(([kind]) => kinds.has(kind)));
}

/** The stages from one to another, both included; none when the second comes first. */
export function sliceStages(from: Stage, to: Stage): Stage[] {
  return STAGES.slice(STAGES.indexOf(from), STAGES.indexOf(to) + 1);
}
