/*
 * ESLint rule: files and folders are kebab-case and named after what they hold, never `utils`.
 */
import { basename, dirname, relative } from 'node:path';
import { forbiddenWord } from './forbidden-words.mjs';

const kebabCase = /^\.?[a-z0-9]+(-[a-z0-9]+)*(\.(test|config|d))?$/;
const drawers = /^(utils?|helpers?|misc|common|stuff)$/;

/** Why a path relative to the root is refused, or undefined. */
export function badFileName(path) {
  const stem = basename(path).replace(/\.[^.]+$/, '');
  if (!kebabCase.test(stem)) return `"${basename(path)}" is not kebab-case`;
  const drawer = [...dirname(path).split('/'), stem].find((part) => drawers.test(part));
  if (drawer !== undefined) return `"${drawer}" says nothing: name the file after its main export`;
  const word = forbiddenWord(stem);
  return word === undefined ? undefined : `the name holds the word ${word}`;
}

export const fileName = {
  meta: { type: 'suggestion', schema: [], messages: { bad: 'File name: {{reason}}.' } },
  create(context) {
    return {
      Program(node) {
        const reason = badFileName(relative(context.cwd, context.filename).replaceAll('\\', '/'));
        if (reason !== undefined) context.report({ node, loc: { line: 1, column: 0 }, messageId: 'bad', data: { reason } });
      },
    };
  },
};
