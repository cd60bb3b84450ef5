import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import Type, { type Static } from 'typebox';
import { Identifier } from '../../config/schema/quantities.ts';
import { renderCanonical } from '../../evidence/canonical.ts';
import { computeSha256 } from '../../evidence/digest.ts';
import { VersionText } from '../../evidence/schema/manifest.ts';

const closed = { additionalProperties: false };

const Login = Type.String({ minLength: 1, maxLength: 100 });

/** What an issue asks for, as its hidden second line holds it. */
const Asked = Type.Object(
  {
    model: Identifier,
    version: VersionText,
    stage: Identifier,
    reason: Type.String({ maxLength: 4096 }),
    requestedBy: Login,
    triggeredBy: Type.Optional(Type.Array(Login, { maxItems: 100 })),
    run: Type.Object(
      { id: Type.Integer({ minimum: 1 }), attempt: Type.Integer({ minimum: 1 }), url: Type.String() },
      closed,
    ),
  },
  closed,
);
/** A promotion that waits for an approval, and the run that asked. */
export type PromotionRequest = Static<typeof Asked>;

const LINE = /^<!-- modelgate:asked ([A-Za-z0-9+/=]{1,20000}) (sha256:[0-9a-f]{64}) -->$/;
/** The beginning of the first line of every request. */
export const REQUEST_MARKER = '<!-- modelgate:request ';

/** The first line of the issue. The same wish of the same person is one request, however often it is asked. */
export function renderRequestMarker({ model, version, stage, requestedBy }: PromotionRequest): string {
  const key = computeSha256(renderCanonical({ model, version, stage, requestedBy: requestedBy.toLowerCase() }));
  return `${REQUEST_MARKER}${key} -->`;
}

/** The second line: all that is asked, and its digest. */
export function renderAsked(request: PromotionRequest): string {
  const text = renderCanonical(request);
  return `<!-- modelgate:asked ${Buffer.from(text).toString('base64')} ${computeSha256(text)} -->`;
}

/** Reads the body of an issue; undefined of anything that this program did not write so, byte for byte. */
export function parseRequest(body: string): PromotionRequest | undefined {
  const [marker = '', line = ''] = body.split(/\r?\n/, 2);
  const [, encoded, digest] = LINE.exec(line) ?? [];
  if (encoded === undefined || !marker.startsWith(REQUEST_MARKER)) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  if (computeSha256(text) !== digest) return undefined;
  const value = parseAsked(text);
  return value !== undefined && renderRequestMarker(value) === marker ? value : undefined;
}

/** Reads what is asked from JSON; undefined of anything else. */
export function parseAsked(text: string): PromotionRequest | undefined {
  const value = parseText(text);
  return isRequest(value) ? value : undefined;
}

let compiled: ValidateFunction<PromotionRequest> | undefined;

function isRequest(value: unknown): value is PromotionRequest {
  compiled ??= new Ajv2020({ strict: true }).compile<PromotionRequest>(Asked);
  return compiled(value);
}

function parseText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
