import type { TemplateToken } from '@actions/workflow-parser/templates/tokens/index';
import { fail, readKeys, readPairs, readTexts } from './keys.ts';
import type { ParsedFile } from './parsed-file.ts';

/** The filters of one event; absent lists filter nothing. */
export type Filters = Readonly<Record<string, readonly string[]>>;

/** Events that start the workflow, by name. */
export type Triggers = ReadonlyMap<string, Filters>;

export interface InputDeclaration {
  readonly type: 'string' | 'boolean' | 'number' | 'choice' | 'environment';
  readonly required: boolean;
  readonly default?: TemplateToken | undefined;
  readonly options?: readonly string[] | undefined;
}

/** What a called workflow takes and gives. */
export interface CallInterface {
  readonly inputs: ReadonlyMap<string, InputDeclaration>;
  /** Names of secrets, and whether the caller must pass them. */
  readonly secrets: ReadonlyMap<string, boolean>;
  readonly outputs: ReadonlyMap<string, TemplateToken>;
}

export interface TriggerSection {
  readonly triggers: Triggers;
  readonly call?: CallInterface;
  /** Inputs of `workflow_dispatch`. */
  readonly dispatch?: ReadonlyMap<string, InputDeclaration>;
}

const FILTERS = ['types', 'branches', 'branches-ignore', 'tags', 'tags-ignore', 'workflows'];

/** Reads `on:`. Path filters are not supported: they need the files that the event changed. */
export function readTriggers(token: TemplateToken, file: ParsedFile): TriggerSection {
  if (token.isScalar || token.templateTokenType === SEQUENCE) {
    const names = readTexts(token) ?? [];
    const call = names.includes('workflow_call') ? { call: NO_INTERFACE } : {};
    return { triggers: new Map(names.map((name) => [name, {}])), ...call };
  }
  const triggers = new Map<string, Filters>();
  let section: Omit<TriggerSection, 'triggers'> = {};
  for (const [name, value] of readPairs(token)) {
    const empty = value.templateTokenType === NULL;
    if (name === 'workflow_call') section = { ...section, call: empty ? NO_INTERFACE : readCall(value, file) };
    if (name === 'workflow_dispatch' && !empty) section = { ...section, dispatch: readDispatch(value, file) };
    triggers.set(name, empty || UNFILTERED.includes(name) ? {} : readFilters(value, file));
  }
  return { triggers, ...section };
}

// `TokenType`: the enum is no export of the package's index of tokens.
const [SEQUENCE, NULL] = [1, 7];
// Their values are no filters; a schedule's times are GitHub's to keep.
const UNFILTERED = ['workflow_call', 'workflow_dispatch', 'schedule'];
const NO_INTERFACE: CallInterface = { inputs: new Map(), secrets: new Map(), outputs: new Map() };

function readFilters(token: TemplateToken, file: ParsedFile): Filters {
  return readKeys(token, file.name, (keys) => {
    const found = FILTERS.map((name) => [name, readTexts(keys.find(name))] as const);
    return Object.fromEntries(found.flatMap(([name, values]) => (values ? [[name, values]] : [])));
  });
}

function readCall(token: TemplateToken, file: ParsedFile): CallInterface {
  return readKeys(token, file.name, (keys) => ({
    inputs: readInputs(keys.find('inputs'), file),
    secrets: new Map(readPairs(keys.find('secrets')).map(([name, value]) => [name, readSecret(value, file)])),
    outputs: new Map(readPairs(keys.find('outputs')).map(([name, value]) => [name, readOutput(value, file)])),
  }));
}

function readDispatch(token: TemplateToken, file: ParsedFile): Map<string, InputDeclaration> {
  return readKeys(token, file.name, (keys) => readInputs(keys.find('inputs'), file));
}

function readInputs(token: TemplateToken | undefined, file: ParsedFile): Map<string, InputDeclaration> {
  return new Map(readPairs(token).map(([name, value]) => [name, readInput(value, file)]));
}

function readInput(token: TemplateToken, file: ParsedFile): InputDeclaration {
  if (token.templateTokenType === NULL) return { type: 'string', required: false };
  return readKeys(token, file.name, (keys) => {
    for (const prose of ['description', 'deprecationMessage']) keys.text(prose);
    return {
      type: (keys.text('type') ?? 'string') as InputDeclaration['type'],
      required: keys.boolean('required') ?? false,
      default: keys.find('default'),
      options: readTexts(keys.find('options')),
    };
  });
}

function readSecret(token: TemplateToken, file: ParsedFile): boolean {
  if (token.templateTokenType === NULL) return false;
  return readKeys(token, file.name, (keys) => {
    keys.text('description');
    return keys.boolean('required') ?? false;
  });
}

function readOutput(token: TemplateToken, file: ParsedFile): TemplateToken {
  return readKeys(token, file.name, (keys) => {
    keys.text('description');
    return keys.find('value') ?? fail(token, file.name, 'an output needs a value');
  });
}
