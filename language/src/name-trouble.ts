import type { Lexer } from 'langium';
import { caseWords, declarationWords } from './parser-messages';

/** Why a text cannot name a material, a database or a case; undefined when it can. */
export function nameTrouble(text: string, lexer: Lexer): string | undefined {
  const reserved: readonly string[] = [...declarationWords, ...caseWords];
  if (reserved.includes(text)) return `\`${text}\` begins an entry and cannot be a name.`;
  const { tokens, hidden, errors } = lexer.tokenize(text);
  const [token] = tokens;
  const isWord = tokens.length === 1 && errors.length === 0 && hidden.length === 0 && token!.image === text && /^[\p{L}_\u00B5]/u.test(text);
  return isWord ? undefined : `\`${text}\` is no name: a name begins with a letter or \`_\`; letters, digits, \`_\` and hyphens follow.`;
}
