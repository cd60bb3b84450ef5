import type { Part, Step } from './checks.ts';

/** How the way to a part is written behind the name of its column: `.city`, `[]`, `[]."a.b"`. */
export function renderSteps(steps: readonly Step[]): string {
  return steps.map((step) => (step === 'items' ? '[]' : `.${renderName(step.name)}`)).join('');
}

/** Whether a row may hold several of a part. */
export function isMany(part: Part | undefined): boolean {
  return part?.steps.includes('items') ?? false;
}

function renderName(name: string): string {
  return /^[\p{L}\p{N}_-]+$/u.test(name) ? name : JSON.stringify(name);
}
