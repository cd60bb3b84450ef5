import type { Fault } from './question.ts';

/** Where the candidate's code runs in a workflow. */
export interface Runner {
  /** As `runs-on` takes it, in JSON. */
  readonly json: string;
  /** Whether it is a standard runner of GitHub's, which a reusable workflow of another owner may use. */
  readonly hosted: boolean;
}

/** The labels of GitHub's standard runners; larger ones are called what an organisation calls them. */
const HOSTED = /^(?:ubuntu|windows|macos)-(?:latest|slim|\d+(?:\.\d+)?)(?:-(?:arm|intel|large|xlarge|vs\d+))*$/;

/** Parses a runner: a label as it is, or JSON with a label, a list of labels, or an object with group and labels. */
export function parseRunner(text: string): Runner | Fault {
  const fix =
    'Give a label such as ubuntu-latest, or JSON such as \'["self-hosted", "gpu"]\' or \'{"group": "gpus"}\'.';
  const value = /^\s*["[{]/.test(text) ? parseJson(text) : text.trim();
  if (value === undefined) return { found: `${text} is not JSON`, fix };
  if (text.includes('${{')) return { found: `${text} is an expression, which would be evaluated later`, fix };
  const labels = typeof value === 'string' ? [value] : value;
  if (Array.isArray(labels)) {
    if (!areLabels(labels)) return { found: `${text} names no runner`, fix };
    const [only = ''] = labels;
    const hosted = labels.length === 1 && HOSTED.test(only);
    return { json: JSON.stringify(hosted ? only : value), hosted };
  }
  return isGroup(labels) ? { json: JSON.stringify(labels), hosted: false } : { found: `${text} names no runner`, fix };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function areLabels(value: unknown): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((label) => typeof label === 'string' && label.trim());
}

function isGroup(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { group, labels, ...rest } = value as Record<string, unknown>;
  const isGiven = group !== undefined || labels !== undefined;
  const hasGroup = group === undefined || (typeof group === 'string' && group !== '');
  const hasLabels = labels === undefined || typeof labels === 'string' || areLabels(labels);
  return isGiven && hasGroup && hasLabels && Object.keys(rest).length === 0;
}
