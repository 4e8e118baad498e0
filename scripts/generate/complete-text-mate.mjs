/*
 * Langium's TextMate grammar has keywords, strings and comments. Specifications mostly consist of numbers,
 * units and names of declarations, so these are added, from the grammar's own terminals.
 */

/** The TextMate grammar (JSON text) with numbers, units and declared names. */
export function completeTextMate(json, grammar) {
  const textMate = JSON.parse(json);
  const number = terminal(grammar, 'NUMBER');
  const unit = [terminal(grammar, 'COMPOUND_UNIT'), terminal(grammar, 'PER_UNIT'), terminal(grammar, 'SIGN_UNIT'), `(?:${unitWords.join('|')})\\b`].join('|');
  const name = terminal(grammar, 'ID');
  const [comments, keywords, ...texts] = textMate.patterns;
  textMate.patterns = [
    comments,
    {
      match: `\\b(material|database|case|study)\\s+(${name})`,
      captures: { 1: { name: 'keyword.control.xdesign' }, 2: { name: 'entity.name.type.xdesign' } },
    },
    {
      match: `\\b(white|black|from)\\s+(${name})`,
      captures: { 1: { name: 'keyword.control.xdesign' }, 2: { name: 'entity.name.type.xdesign' } },
    },
    {
      match: `(?<![\\w-])(${number})(?:\\s*(${unit}))?`,
      captures: { 1: { name: 'constant.numeric.xdesign' }, 2: { name: 'keyword.other.unit.xdesign' } },
    },
    keywords,
    ...texts,
  ];
  return `${JSON.stringify(textMate, null, 2)}\n`;
}

/** Words that follow numbers; keywords may follow too, so this cannot be any word. */
const unitWords = ['TPa', 'GPa', 'MPa', 'kPa', 'Pa', 'psi', 'ksi', 'Msi', 'deg', 'rad', 'nm', 'um', 'mm', 'cm', 'm', 'K'];

/** The regular expression of a terminal rule for Oniguruma, which editors use: `\\x{B5}`, no captured groups. */
function terminal(grammar, name) {
  const found = new RegExp(`^terminal ${name}\\b[^:]*: /(.*)/;$`, 'm').exec(grammar);
  if (!found) throw new Error(`The grammar has no terminal ${name} on one line.`);
  return found[1].replaceAll('\\/', '/').replace(/\\u([0-9A-F]{4})/g, '\\x{$1}').replace(/(?<!\\)\((?!\?)/g, '(?:');
}
