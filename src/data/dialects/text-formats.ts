import type { TextFormat } from '../checks/checks.ts';

const OCTET = '(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';
const IPV4 = `${OCTET}([.]${OCTET}){3}`;
const LABEL = '[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const HEX = '[0-9A-Fa-f]';

/**
 * Regular expressions for whole texts, in what RE2 and POSIX share. `hostname` is RFC 1123 without its length of 253;
 * `uri` is the scheme and the characters of RFC 3986; `email` is what HTML takes for an address of one person;
 * `ipv6` is RFC 4291 without zones; `byte` is base64 of RFC 4648.
 */
export const TEXT_PATTERNS: Readonly<Record<TextFormat, string>> = {
  email: `[A-Za-z0-9.!#$%&''*+/=?^_\`{|}~-]+@${LABEL}([.]${LABEL})*`.replaceAll("''", "'"),
  uuid: `${HEX}{8}-${HEX}{4}-${HEX}{4}-${HEX}{4}-${HEX}{12}`,
  uri: `[A-Za-z][A-Za-z0-9+.-]*:([A-Za-z0-9._~:/?#@!$&'()*+,;=-]|[[]|[]]|%${HEX}{2})+`,
  hostname: `${LABEL}([.]${LABEL})*[.]?`,
  ipv4: IPV4,
  ipv6: renderIpv6(),
  byte: '([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?',
};

/** Eight groups; `::` stands once for one or more of them; the last two may be written as IPv4. */
function renderIpv6(): string {
  const group = `${HEX}{1,4}`;
  const last = `(${group}:${group}|${IPV4})`;
  const whole = `(${group}:){6}${last}`;
  const shortened = Array.from({ length: 7 }, (_, before) => {
    const head = before === 0 ? '' : `(${group}:){0,${before - 1}}${group}`;
    const after = 7 - before;
    const tail = after >= 2 ? `(((${group}:){0,${after - 2}}${last})|${group})?` : `(${group})?`;
    return `(${head})?::${tail}`;
  });
  return [whole, ...shortened, `(${group}:){0,6}${group}::`].map((one) => `(${one})`).join('|');
}
