/** HTTP status of each Twirp error code in use (Twirp specification, version 7, "Error Codes"). */
const STATUSES = {
  invalid_argument: 400,
  unauthenticated: 401,
  permission_denied: 403,
  not_found: 404,
  already_exists: 409,
  bad_route: 404,
} as const;

/** A refusal of the service. None of its statuses is one that the toolkit repeats (429, 500, 502 to 504). */
export class TwirpFault extends Error {
  readonly code: keyof typeof STATUSES;
  constructor(code: keyof typeof STATUSES, message: string) {
    super(message);
    this.code = code;
  }
  get status(): number {
    return STATUSES[this.code];
  }
}

/** The body of one call: snake_case JSON with int64 as text, as the toolkit sends it. */
export type Call = Readonly<Record<string, unknown>>;

/** A text that the call must hold. Throws `invalid_argument`. */
export function readText(call: Call, field: string): string {
  const value = call[field];
  if (typeof value !== 'string' || value === '') throw new TwirpFault('invalid_argument', `${field} is required`);
  return value;
}

/** A count of bytes: int64 travels as text. Throws `invalid_argument`. */
export function readCount(call: Call, field: string): number {
  const value = readText(call, field);
  if (!/^\d+$/.test(value)) throw new TwirpFault('invalid_argument', `${field} is not an int64: ${value}`);
  return Number(value);
}
