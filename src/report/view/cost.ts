import type { EvidenceSet } from '../../evidence/document.ts';
import { KINDS, type Kind } from '../../evidence/schema/envelope.ts';
import type { Machine } from '../../evidence/schema/training.ts';

/** What one stage took. */
interface CostRow {
  readonly stage: Kind;
  readonly seconds: number;
  /** `2 × NVIDIA H100`; empty where no command ran beside an accelerator. */
  readonly accelerators: string;
  /** Accelerators of the machine × seconds / 60. */
  readonly gpuMinutes: number | undefined;
}

export interface Cost {
  readonly rows: readonly CostRow[];
  readonly seconds: number;
  /** Undefined where no stage had an accelerator. */
  readonly gpuMinutes: number | undefined;
}

/** What the run took, as far as the evidence says; undefined without evidence. */
export function computeCost(evidence: EvidenceSet): Cost | undefined {
  const rows = KINDS.flatMap((stage): CostRow[] => {
    const document = evidence[stage];
    if (document === undefined) return [];
    const { seconds } = document.timing;
    const accelerators = 'machine' in document && document.command ? document.machine.accelerators : [];
    const count = accelerators.length;
    return [
      {
        stage,
        seconds,
        accelerators: nameAccelerators(accelerators),
        gpuMinutes: count > 0 ? (count * seconds) / 60 : undefined,
      },
    ];
  });
  if (rows.length === 0) return undefined;
  const minutes = rows.flatMap(({ gpuMinutes }) => gpuMinutes ?? []);
  return {
    rows,
    seconds: sum(rows.map(({ seconds }) => seconds)),
    gpuMinutes: minutes.length === 0 ? undefined : sum(minutes),
  };
}

function nameAccelerators(accelerators: Machine['accelerators']): string {
  const names = accelerators.map(({ name }) => name);
  return [...new Set(names)]
    .map((name) => {
      const count = names.filter((other) => other === name).length;
      return count === 1 ? name : `${count} × ${name}`;
    })
    .join(', ');
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
