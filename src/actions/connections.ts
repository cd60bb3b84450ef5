import type { InputValues } from './input-values.ts';

/** Addresses of databases, by the environment variables that `connection` of a data set names. */
export type Connections = Readonly<Record<string, string>>;

const LINE = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/;
const ADDRESS = /^postgres(ql)?:\/\//;
const FIX = 'Write a line for each, as NAME=postgres://user:password@host:5432/database.';

/**
 * Reads the input `connections`: a line `NAME=address` for each database. A name without an address is left out: that is
 * what a job is given that may not have the secret. No message quotes a line, for it may be an address.
 */
export function readConnections(inputs: InputValues): Connections {
  const connections: Record<string, string> = {};
  for (const [index, line] of inputs.text('connections').split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const [, name, value = ''] = LINE.exec(line.trim()) ?? [];
    const address = value.trim();
    if (name === undefined || (address !== '' && !ADDRESS.test(address))) {
      inputs.refuse(`line ${index + 1} of the input \`connections\` is no name with the address of a database`, FIX);
    } else if (name in connections) {
      inputs.refuse(`the input \`connections\` names ${name} twice`, FIX);
    } else if (address !== '') connections[name] = address;
  }
  return connections;
}

/** What of some addresses the log must never show: each as a whole, and its password, as written and as meant. */
export function listSecrets(connections: Connections): string[] {
  const secrets = Object.values(connections).flatMap((address) => {
    const [, password = ''] = /^[^:]+:\/\/[^:@/]*:([^@]*)@/.exec(address) ?? [];
    return [address, ...[password, decode(password)].filter((text) => text.length >= SHORTEST)];
  });
  return [...new Set(secrets)];
}

/** To hide every `abc` of a log would make it unreadable, and hide nothing. */
const SHORTEST = 4;

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
