import { computeMod97 } from './check-digits.ts';
import { type Form, LEFT, type Shaped } from './form.ts';

/** How many characters the IBANs of a country have. Source: SWIFT, IBAN Registry (ISO 13616-2). */
const LENGTHS: Readonly<Record<string, number>> = Object.fromEntries(
  `AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18
   FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20
   LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31
   SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30`
    .split(/\s+/)
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

const START = new RegExp(String.raw`${LEFT}([A-Z]{2})\d{2}`, 'gu');

/** International bank account numbers: the length of their country, and the remainder 1 by 97 (ISO 13616-1). */
export const IBAN: Form = {
  name: 'IBANs',
  detector: 'iban',
  family: 'codes',
  find: ({ text }) =>
    [...text.matchAll(START)].flatMap((match): Shaped[] => {
      const token = takeNumber(text.slice(match.index), LENGTHS[match[1] ?? '']);
      if (token === undefined) return [];
      return [{ token, confirmed: computeMod97(token.slice(4) + token.slice(0, 4)) === 1 }];
    }),
  chance: 1 / 97,
  alone: 'anywhere',
};

/** So many letters and digits, together or in groups of four, and no letter or digit behind; undefined where there are not. */
function takeNumber(text: string, length: number | undefined): string | undefined {
  if (length === undefined) return undefined;
  const groups = Math.ceil(length / 4) - 1;
  for (const written of [text.slice(0, length), text.slice(0, length + groups)]) {
    const token = written.replaceAll(' ', '');
    const grouped = written === token || written === token.replaceAll(/(.{4})(?!$)/g, '$1 ');
    const behind = text.slice(written.length);
    if (token.length === length && grouped && /^[A-Z0-9]+$/.test(token) && !/^[\p{L}\p{N}_-]/u.test(behind))
      return token;
  }
  return undefined;
}
