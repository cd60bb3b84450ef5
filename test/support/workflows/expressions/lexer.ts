import { Lexer } from '@actions/expressions';
import { type Token, TokenType } from '@actions/expressions/lexer';

/**
 * The tokens of an expression. In a literal, two quotes stand for one
 * (https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#literals). Version 0.3.61 of the package
 * reads only the first pair so, and its own `format('…')` around mixed text is full of pairs.
 */
export function readTokens(text: string): Token[] {
  const { tokens } = new Lexer(text).lex();
  for (const token of tokens) {
    if (token.type === TokenType.STRING) token.value = token.lexeme.slice(1, -1).replaceAll("''", "'");
  }
  return tokens;
}
