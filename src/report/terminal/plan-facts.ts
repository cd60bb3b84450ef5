import type { BudgetState } from '../../evidence/schema/verdict.ts';

/** Why something is not known: half a sentence. */
export interface Unknown {
  readonly reason: string;
}

/** What some way of reckoning tells of a case. `null` stands for what no number of rows shows. */
export interface Told {
  /** The smallest distance from the line that settles it. */
  readonly effect: number | null;
  /**
   * The rows of the whole test set that show what is asked for: of a line, before there is a model, those that show it of one as
   * good as can be. Absent where nothing is asked.
   */
  readonly rows?: number | null;
  readonly method: string;
}

/** `unresolved`: the rows are there, and no method of theirs resolves so small an error. The gate will say so, too. */
export type Untold = Unknown & { readonly unresolved?: true };

/** What a rule can see on all rows, or on those of one slice value, under one of its conditions. */
export interface PlannedCase {
  readonly slice?: string;
  /** `min 0.9`, `max-drop 5%` */
  readonly condition: string;
  /** Rows, or queries, of the case. */
  readonly n: number;
  /** How far from the baseline it lets the candidate be, or asks it to be. */
  readonly amount?: number;
  /** Whatever the model; or why nothing bounds it. */
  readonly worst: Told | Unknown;
  /** Where candidate and baseline disagree on no larger a share of the rows than they do today. */
  readonly capped?: Told & { readonly disagreement: number };
  /** A candidate like today's, by the method that the gate uses. */
  readonly atHand: Told | Untold;
  /** By the best that is known; null where nothing is, and where the rule asks for no confidence. */
  readonly sees: boolean | null;
}

/** A rule, and what it can see. */
export interface PlannedRule {
  readonly id: string;
  readonly text: string;
  /** As the rule asks for it; null where it takes the number as it is. */
  readonly confidence: number | null;
  /** The error that each of its limits may have, divided among the verdicts of the budget; null where there is none. */
  readonly error: number | null;
  readonly cases: readonly PlannedCase[];
  /** Whether every case can see what it asks for; null without confidence. What is not known is not seen. */
  readonly sees: boolean | null;
  /** What to write instead. */
  readonly advice: readonly string[];
}

/** The budget, and how much of it is spent; null where nobody can say, with the reason. */
export interface PlannedBudget extends Pick<BudgetState, 'id' | 'verdicts' | 'adaptivity' | 'spent'> {
  readonly left: number | null;
  readonly reason?: string;
}

/** What the rules of a modelgate.yml can see. */
export interface Plan {
  readonly model: string;
  /** Rows of the test set, queries in a ranking; `planned` where the plan is for another number. */
  readonly rows: number;
  readonly planned: number | null;
  readonly unit: 'row' | 'query';
  readonly testSet: string;
  /** The commonest classes; none of numbers, and where reports may not show them. */
  readonly classes: readonly { readonly label: string; readonly n: number }[];
  readonly budget: PlannedBudget | null;
  readonly rules: readonly PlannedRule[];
  /** Whether every rule with a confidence can see what it asks for. */
  readonly sees: boolean;
}
