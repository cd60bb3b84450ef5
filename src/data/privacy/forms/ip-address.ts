import { isIPv6 } from 'node:net';
import { createFinder, type Form, type Shaped } from './form.ts';

/** Words before four numbers that make them something else than an address. */
const NO_ADDRESS =
  /^(?:v|ver|version|versions|release|rel|build|rev|revision|firmware|fw|sw|hw|software|driver|update|patch|section|sec|chapter|oid|agent)[ :=]/i;

const IPV4 = createFinder(
  String.raw`\d{1,3}(?:\.\d{1,3}){3}`,
  (match) => isHostAddress(match.split('.')),
  (match) => match,
);

/**
 * Whether four numbers are the address of a device: not of its own loop, of no group of devices, and with two numbers of at
 * least 20, which versions (`10.0.1.4`) seldom have.
 */
function isHostAddress(parts: readonly string[]): boolean {
  const numbers = parts.map(Number);
  const [first = 0] = numbers;
  const written = parts.every((part) => part === String(Number(part)) && Number(part) <= 255);
  return written && first >= 1 && first <= 223 && first !== 127 && numbers.filter((number) => number >= 20).length >= 2;
}

const GROUPS = /(?<![\p{L}\p{N}_:.-])[0-9A-Fa-f]{1,4}(?:::?[0-9A-Fa-f]{1,4}){3,7}(?![\p{L}\p{N}_:-])/gu;
/** Global, unique local and link-local addresses (RFC 4291, RFC 4193). */
const IPV6_RANGES = /^(?:[23][0-9a-f]{3}|f[cd][0-9a-f]{2}|fe80):/;

/** IP addresses; those of networks (`10.0.0.0/8`) and in the host of a URL are none of a person’s. */
export const IP_ADDRESSES: readonly Form[] = [
  {
    name: 'IP addresses',
    detector: 'ip-address',
    family: 'internet',
    find: (piece) =>
      IPV4(piece).map((found) => ({ ...found, confirmed: found.confirmed && !NO_ADDRESS.test(piece.text) })),
    // Of versions with four parts, those with two great ones.
    chance: 0.05,
    alone: 'in-text',
  },
  {
    name: 'IP addresses',
    detector: 'ip-address',
    family: 'internet',
    find: ({ text }) =>
      [...text.matchAll(GROUPS)].map(([match]): Shaped => {
        const token = match.toLowerCase();
        return { token, confirmed: isIPv6(token) && IPV6_RANGES.test(token) };
      }),
    chance: 0,
    alone: 'anywhere',
  },
];
