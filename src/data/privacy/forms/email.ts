import type { Form, Shaped } from './form.ts';

const LOCAL = String.raw`[\p{L}\p{N}](?:[\p{L}\p{N}._%+'-]{0,62}[\p{L}\p{N}_])?`;
const LABEL = String.raw`[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?`;

/**
 * An address with a domain of at least two labels. Not the user of a URL (`//user@`), not
 * before a path of scp (`git@host:path`), and no handle of a network (`@user@host`).
 */
const ADDRESS = new RegExp(
  String.raw`(?<![\p{L}\p{N}._%+'/@-])(?<!\/\/[^\s@/]{0,64})(${LOCAL})@((?:${LABEL}\.)+${LABEL})(?![\p{L}\p{N}@_-]|:\S)`,
  'gu',
);

/** Endings of names of files and of local networks, none of which is a top-level domain. */
const NO_DOMAINS = new Set(
  `png jpg jpeg gif svg webp bmp ico css scss js mjs cjs ts tsx jsx json yaml yml html htm xml csv tsv txt log pdf doc docx
   xls xlsx ppt pptx parquet jsonl tar gz tgz exe dll lib dylib class jar local localhost localdomain internal intranet
   lan corp home invalid`.split(/\s+/),
);

/** E-mail addresses, as RFC 5321 limits them and people write them: at most 64 characters, `@`, a domain that can exist. */
export const EMAIL: Form = {
  name: 'e-mail addresses',
  detector: 'email',
  family: 'address',
  find: ({ text }) =>
    [...text.matchAll(ADDRESS)].map(([address, local = '', domain = '']): Shaped => {
      const ending = domain.split('.').at(-1)?.toLowerCase() ?? '';
      const exists = /^(?:\p{L}{2,63}|xn--[a-z0-9-]{2,59})$/u.test(ending) && !NO_DOMAINS.has(ending);
      return {
        token: address.toLowerCase(),
        confirmed: exists && !local.includes('..') && domain.length <= 253 && local.length <= 64,
      };
    }),
  chance: 0,
  alone: 'anywhere',
};
