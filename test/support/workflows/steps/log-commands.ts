import type { Annotation } from '../run/result.ts';

/** What a line of a step's output asks of the runner. */
export type LogCommand =
  | { readonly kind: 'annotate'; readonly annotation: Annotation }
  | { readonly kind: 'mask'; readonly value: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'hidden' }
  | { readonly kind: 'refuse'; readonly reason: string };

/**
 * Reads the lines of one step in order: commands act until `::stop-commands::token`, and again after `::token::`.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function createCommandReader(): (line: string) => LogCommand {
  let resume: string | undefined;
  return (line) => {
    const match = /^\s*::([A-Za-z-]+|[^:\s]+)(?: ([^:]*))?::(.*)$/s.exec(line);
    if (!match) return { kind: 'text', text: line };
    const [, name = '', rawProperties = '', rawData = ''] = match;
    if (resume !== undefined) {
      if (name === resume) resume = undefined;
      return { kind: 'text', text: line };
    }
    const text = decodeData(rawData);
    if (name === 'stop-commands') {
      resume = text;
      return { kind: 'text', text: line };
    }
    return readCommand(name.toLowerCase(), readProperties(rawProperties), text, line);
  };
}

function readCommand(
  name: string,
  properties: Readonly<Record<string, string>>,
  text: string,
  line: string,
): LogCommand {
  switch (name) {
    case 'error':
    case 'warning':
    case 'notice':
      return { kind: 'annotate', annotation: createAnnotation(name, properties, text) };
    case 'add-mask':
      return { kind: 'mask', value: text };
    case 'debug':
      // The log shows them only where someone asked for a debug run.
      return { kind: 'hidden' };
    case 'group':
    case 'endgroup':
      return { kind: 'text', text: `##[${name}]${text}` };
    case 'echo':
      return { kind: 'text', text: line };
    // GitHub refuses the first two and warns at the others, which have files now; nothing of ours should use them.
    case 'set-env':
    case 'add-path':
    case 'set-output':
    case 'save-state':
    case 'add-matcher':
    case 'remove-matcher':
      return { kind: 'refuse', reason: `The command ${name} is not supported` };
    default:
      return { kind: 'text', text: line };
  }
}

function createAnnotation(
  level: Annotation['level'],
  { title, file, line, endLine }: Readonly<Record<string, string>>,
  message: string,
): Annotation {
  return {
    level,
    message,
    ...(title ? { title } : {}),
    ...(file ? { file } : {}),
    ...(line ? { line: Number(line) } : {}),
    ...(endLine ? { endLine: Number(endLine) } : {}),
  };
}

function readProperties(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split(',').flatMap((pair) => {
      const [name = '', ...value] = pair.trim().split('=');
      return value.length === 0 ? [] : [[name, decodeProperty(value.join('='))]];
    }),
  );
}

function decodeProperty(text: string): string {
  return decodeData(text.replaceAll('%3A', ':').replaceAll('%2C', ','));
}

// The percent sign last, or an encoded `%250A` would become a line end.
function decodeData(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}
