/*
 * ESLint rule: a file has one subject. Registered separately from ESLint's own `max-lines`, which warns
 * earlier, because one rule has one severity.
 */
export const fileLength = {
  meta: {
    type: 'suggestion',
    schema: [{ type: 'integer', minimum: 1 }],
    messages: { long: '{{lines}} lines, at most {{most}}: give its second idea a file of its own.' },
  },
  create(context) {
    const [most] = context.options;
    return {
      Program(node) {
        const lines = context.sourceCode.lines.length - (context.sourceCode.lines.at(-1) === '' ? 1 : 0);
        if (lines > most) context.report({ node, loc: { line: most + 1, column: 0 }, messageId: 'long', data: { lines, most } });
      },
    };
  },
};
