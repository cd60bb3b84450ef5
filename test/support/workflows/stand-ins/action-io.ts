import { randomUUID } from 'node:crypto';
import { appendFileSync, readFileSync } from 'node:fs';

/** An input of this action, trimmed; empty when it has none. */
export function readInput(name: string): string {
  return (process.env[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] ?? '').trim();
}

/** An input that is true or false. Throws for any other value, as the real actions do. */
export function readFlag(name: string): boolean {
  const value = readInput(name).toLowerCase();
  if (value !== 'true' && value !== 'false') throw new Error(`Input does not meet YAML 1.2 "Core Schema": ${name}`);
  return value === 'true';
}

/** Throws when an input has another value than those that the stand-in acts on. */
export function refuseInput(name: string, ...allowed: readonly string[]): void {
  const value = readInput(name);
  if (value !== '' && !allowed.includes(value)) throw new Error(`The stand-in does not know ${name}: ${value}`);
}

/** A variable that the runner always gives. */
export function readVariable(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
}

/** The event of the run. */
export function readEvent(): Record<string, unknown> {
  return JSON.parse(readFileSync(readVariable('GITHUB_EVENT_PATH'), 'utf8'));
}

/** Sets an output of the step. */
export function writeOutput(name: string, value: string): void {
  append('GITHUB_OUTPUT', name, value);
}

/** Keeps a value for the post stage. */
export function writeState(name: string, value: string): void {
  append('GITHUB_STATE', name, value);
}

/** Writes a warning on the run. */
export function warn(message: string): void {
  console.log(`::warning::${message.replaceAll('\n', '%0A')}`);
}

/** Runs the action; what it throws fails the step with an error on the run. */
export async function runAction(body: () => Promise<void> | void): Promise<void> {
  try {
    await body();
  } catch (error) {
    console.log(`::error::${(error instanceof Error ? error.message : String(error)).replaceAll('\n', '%0A')}`);
    process.exitCode = 1;
  }
}

function append(variable: string, name: string, value: string): void {
  const delimiter = randomUUID();
  appendFileSync(readVariable(variable), `${name}<<${delimiter}\n${value}\n${delimiter}\n`);
}
