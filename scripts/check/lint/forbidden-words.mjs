/*
 * ESLint rule: words of ARCHITECTURE.md section "Words" that must not name anything. Only definitions
 * are checked (variables, parameters, functions, types, imports' local names, members of types and
 * classes), so a third party's own names may be called and cited. In comments only `prose` is checked.
 */

/** Words that may not be part of a name, in camelCase, PascalCase, snake_case or kebab-case. */
const parts = new Map([
  ['sdf', 'say `spectralDensity` or `signedDistance`'],
  ['sample', 'one image is a `microstructure`; a part of a data set is `holdOut` or `training`'],
  ['samples', 'images are `microstructures`; parts of a data set are `holdOut` or `training`'],
]);

/** Words that may not be a whole name. */
const bare = new Map([
  ['model', 'say which: `material`, `network`, `document` or `view`'],
  ['models', 'say which: `materials`, `networks`, `documents` or `views`'],
]);

/** Words that are not allowed in a comment. */
const prose = new Map([[/\bSDF\b/i, 'say "spectral density" or "signed distance"']]);

/** Why a name is refused, or undefined. */
export function forbiddenWord(name) {
  const words = name.split(/[^\p{L}]+|(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u).map((word) => word.toLowerCase());
  for (const word of words) if (parts.has(word)) return `"${word}": ${parts.get(word)}`;
  const whole = name.toLowerCase();
  return bare.has(whole) ? `"${whole}": ${bare.get(whole)}` : undefined;
}

export const forbiddenWords = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: { name: 'No name holds the word {{reason}}.', comment: 'No comment holds the word "{{word}}": {{reason}}.' },
  },
  create(context) {
    const judge = (node, name) => {
      const reason = forbiddenWord(name);
      if (reason !== undefined) context.report({ node, messageId: 'name', data: { reason } });
    };
    const judgeKey = (node) => {
      if (!node.computed && node.key.type === 'Identifier') judge(node.key, node.key.name);
    };
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) {
          for (const [word, reason] of prose) {
            const found = word.exec(comment.value);
            if (found) context.report({ loc: comment.loc, messageId: 'comment', data: { word: found[0], reason } });
          }
        }
      },
      'Program:exit'() {
        const seen = new Set();
        for (const scope of context.sourceCode.scopeManager.scopes) {
          for (const variable of scope.variables) {
            for (const { name } of variable.defs) {
              if (name?.type !== 'Identifier' || seen.has(name)) continue;
              seen.add(name);
              judge(name, name.name);
            }
          }
        }
      },
      TSPropertySignature: judgeKey,
      TSMethodSignature: judgeKey,
      PropertyDefinition: judgeKey,
      MethodDefinition: judgeKey,
    };
  },
};
