import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import Type, { type Static, type TSchema } from 'typebox';
import { Digest } from '../../evidence/schema/envelope.ts';
import {
  HealthEvent,
  type LedgerEvent,
  PromotionEvent,
  ReleaseEvent,
  RollbackEvent,
  VerdictEvent,
} from '../../evidence/schema/ledger.ts';
import { formatStageTag, formatVersionTag } from '../versions/grammar.ts';

const KNOWN = {
  release: ReleaseEvent,
  promotion: PromotionEvent,
  rollback: RollbackEvent,
  health: HealthEvent,
  verdict: VerdictEvent,
};

/** What every event has, whoever will write it: enough to keep the chain. */
const AnyEvent = Type.Object({
  schemaVersion: Type.Integer({ minimum: 1 }),
  sequence: Type.Integer({ minimum: 1 }),
  previous: Type.Union([Digest, Type.Null()]),
  kind: Type.String({ pattern: '^[a-z][a-z0-9-]{0,63}$' }),
  id: Type.String({ minLength: 1, maxLength: 300 }),
});
type AnyEvent = Static<typeof AnyEvent>;

/** An event that this version knows, one that a newer version wrote, or what is wrong. */
export type CheckedEvent =
  | { readonly state: 'known'; readonly event: LedgerEvent }
  | { readonly state: 'newer'; readonly event: AnyEvent }
  | { readonly state: 'wrong'; readonly fault: string };

const compiled = new Map<TSchema, ValidateFunction>();

/** Looks at a value that should be an event. */
export function checkEvent(value: unknown): CheckedEvent {
  const fault = findFault(AnyEvent, value);
  if (fault !== undefined) return { state: 'wrong', fault };
  const event = value as AnyEvent;
  if (event.schemaVersion > 1 || !Object.hasOwn(KNOWN, event.kind)) return { state: 'newer', event };
  const inside = findFault(KNOWN[event.kind as LedgerEvent['kind']], value);
  if (inside !== undefined) return { state: 'wrong', fault: inside };
  const known = value as LedgerEvent;
  const tag = computeTag(known);
  const wrong = tag !== undefined && (known as { tag?: string }).tag !== tag;
  return wrong ? { state: 'wrong', fault: `/tag must be ${tag}` } : { state: 'known', event: known };
}

/** The tag that an event stands for, in GTO's grammar; undefined of one that has none. */
function computeTag(event: LedgerEvent): string | undefined {
  if (event.kind === 'health' || event.kind === 'verdict') return undefined;
  if (event.kind === 'release') return formatVersionTag(event.model, event.version);
  return formatStageTag(event.model, event.stage, event.counter);
}

function findFault(schema: TSchema, value: unknown): string | undefined {
  const validate = compiled.get(schema) ?? compile(schema);
  if (validate(value)) return undefined;
  const [error] = validate.errors ?? [];
  return `${error?.instancePath || '/'} ${error?.message ?? 'is not what it should be'}`;
}

function compile(schema: TSchema): ValidateFunction {
  const ajv = new Ajv2020({ allErrors: false, strict: true, strictTypes: false });
  formats.default(ajv);
  const validate = ajv.compile(schema);
  compiled.set(schema, validate);
  return validate;
}
