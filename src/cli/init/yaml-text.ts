/** Text that YAML 1.1 and 1.2 read as a string wherever it stands, without quotes. */
const PLAIN = /^(?:\.{0,2}\/)?[A-Za-z_](?:[A-Za-z0-9_./= -]*[A-Za-z0-9_./=-])?$/;
/** Words that some reader of YAML takes for something other than text. */
const WORDS = /^(?:true|false|yes|no|on|off|y|n|null)$/i;

/** A text as YAML writes it in one line, in block and flow style alike: as it is, or in double quotes. */
export function renderText(text: string): string {
  if (PLAIN.test(text) && !WORDS.test(text)) return text;
  // JSON leaves these as they are; YAML takes some for line breaks and forbids others.
  return JSON.stringify(text).replaceAll(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Texts as a list in one line. */
export function renderTexts(texts: readonly string[]): string {
  return `[${texts.map(renderText).join(', ')}]`;
}

/** A text in single quotes, which is how JSON stands in a workflow. */
export function renderQuoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
