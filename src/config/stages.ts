import { parseDuration } from './quantities.ts';
import type { Approval } from './schema/governance.ts';
import type { Config, StageConfig } from './schema/modelgate.ts';

/** A stage as the program reads it. */
export interface Stage {
  readonly name: string;
  /** The stages that a version may come from; undefined: from anywhere. */
  readonly from: readonly string[] | undefined;
  /** Seconds that a version must have been in one of them. */
  readonly soakSeconds: number;
  /** Ids of rules and controls that must have passed. */
  readonly controls: readonly string[];
  readonly approval: Approval | undefined;
  /** Whether pre-releases may come in. */
  readonly prereleases: boolean;
  /** The GitHub environment that deployments and reviewers belong to. */
  readonly environment: string;
}

/** The stages of a file in their order, each with its whole promise. */
export function listStages({ stages }: Pick<Config, 'stages'>): Stage[] {
  return (stages ?? []).map((entry) => {
    const stage: StageConfig = typeof entry === 'string' ? { name: entry } : entry;
    return {
      name: stage.name,
      from: stage.from,
      soakSeconds: stage.soak === undefined ? 0 : (parseDuration(stage.soak) ?? 0),
      controls: stage.controls ?? [],
      approval: stage.approval,
      prereleases: stage.prereleases ?? false,
      environment: stage.environment ?? stage.name,
    };
  });
}

/** The names alone. */
export function listStageNames(config: Pick<Config, 'stages'>): string[] {
  return listStages(config).map(({ name }) => name);
}
