/** A part of an SQL text. */
interface Token {
  readonly kind: 'word' | 'quoted' | 'text' | 'number' | 'sign';
  readonly text: string;
}

const TOKEN =
  /\s+|(?<word>[A-Za-z_][A-Za-z0-9_]*)|(?<quoted>"(?:[^"]|"")+")|(?<text>'(?:[^']|'')*')|(?<number>[0-9]+(?:[.][0-9]*)?(?:[eE][+-]?[0-9]+)?|[.][0-9]+(?:[eE][+-]?[0-9]+)?)|(?<sign>--|\/\*|::|<>|!=|<=|>=|\|\||[-+*/%^<>=(),.~;$&|!?:@#[\]{}\\`])/uy;

/** What may stand before a parenthesis: functions that see nothing but their arguments, and words of SQL. */
const CALLABLE = new Set(
  `abs avg bit_length bool_and bool_or btrim ceil ceiling char_length coalesce concat corr count date_part date_trunc
  every exp extract floor greatest least left length ln log lower ltrim max min mod nullif octet_length position power
  regexp_match replace reverse right round rtrim sign split_part sqrt starts_with stddev stddev_pop stddev_samp strpos
  substr substring sum to_char trim trunc upper var_pop var_samp variance percentile_cont percentile_disc mode cast
  row_number rank dense_rank ntile lag lead first_value last_value
  in exists any all some and or not on where when then else case select from having by filter over group within as
  using values distinct union intersect except with between is like ilike numeric decimal varchar char join`.split(
    /\s+/,
  ),
);

/** Words with which a statement does more than read, or reads what is no table of the contract. */
const FORBIDDEN =
  /^(into|for|lock|copy|call|do|set|reset|show|lateral|tablesample|table|returning|insert|update|delete|merge|truncate|create|drop|alter|grant|notify|listen|prepare|execute|declare|fetch|move|current_user|session_user|user|current_role|current_catalog|current_schema|reg(class|proc|procedure|oper|operator|type|role|namespace|config|dictionary|collation))$/;

/**
 * What a query of a contract may not hold, as a phrase; undefined where nothing is in the way. What is let through is one
 * SELECT of names, numbers, texts, operators and known functions, so that no function reaches files, other sessions or SQL in
 * a text.
 */
export function findForbiddenSql(sql: string): string | undefined {
  const tokens = split(sql);
  if (typeof tokens === 'string') return tokens;
  const [first] = tokens;
  if (first?.kind !== 'word' || !/^(select|with)$/i.test(first.text))
    return 'it does more than read: only a SELECT is allowed';
  for (const [index, { kind, text }] of tokens.entries()) {
    const word = text.toLowerCase();
    const calls = tokens[index + 1]?.text === '(';
    if (kind === 'quoted' && calls && tokens[index - 1]?.text.toLowerCase() !== 'as')
      return `it calls ${text}, which is not allowed`;
    if (kind !== 'word') continue;
    if (FORBIDDEN.test(word)) return `it says ${word.toUpperCase()}, which is not allowed`;
    if (/^(pg|lo|dblink|information)_/.test(word)) return `it says ${text}, which is not allowed`;
    if (calls && !CALLABLE.has(word)) return `it calls ${text}, which is not allowed`;
  }
  return undefined;
}

function split(sql: string): Token[] | string {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < sql.length) {
    const at = TOKEN.lastIndex;
    const groups = TOKEN.exec(sql)?.groups;
    if (!groups) return `it cannot be understood at ${JSON.stringify(sql.slice(at, at + 10))}`;
    const [kind, text] = Object.entries(groups).find(([, value]) => value !== undefined) ?? [];
    if (kind === undefined || text === undefined) continue;
    // Comments, dollar quotes, several statements and escapes hide what a text says.
    if (/^(--|\/\*|;|\$|\\|`|[{}]|#|@)$/.test(text)) return `it has ${JSON.stringify(text)} in it`;
    const last = tokens.at(-1);
    if (kind === 'text' && last?.kind === 'word' && sql[at - 1] === last.text.at(-1))
      return 'it has a text with escapes';
    tokens.push({ kind: kind as Token['kind'], text });
  }
  return tokens;
}
