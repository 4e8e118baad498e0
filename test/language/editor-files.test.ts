import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from './read-fixture';

interface Pattern {
  readonly name?: string;
  readonly match?: string;
  readonly captures?: Readonly<Record<string, { readonly name: string }>>;
}

const json = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'));
const { contributes } = json('package.json');
const textMate: { readonly patterns: readonly Pattern[] } = json('language/syntaxes/xdesign.tmLanguage.json');

/** The colors of the first pattern that matches where the text begins, as an editor's tokenizer takes it. */
function colorsOf(text: string): readonly (readonly [string, string])[] {
  for (const { match, name, captures } of textMate.patterns) {
    if (match === undefined) continue;
    const found = new RegExp(match.replace(/\\x\{(\w+)\}/g, '\\u$1'), 'y').exec(text);
    if (found === null) continue;
    if (name !== undefined) return [[found[0], name]];
    return Object.entries(captures ?? {}).flatMap(([group, color]) => (found[Number(group)] === undefined ? [] : [[found[Number(group)]!, color.name] as const]));
  }
  return [];
}

describe('colors', () => {
  test.each([
    ['material Ti-6Al-4V {', [['material', 'keyword.control.xdesign'], ['Ti-6Al-4V', 'entity.name.type.xdesign']]],
    ['white Boron', [['white', 'keyword.control.xdesign'], ['Boron', 'entity.name.type.xdesign']]],
    ['379.3 GPa', [['379.3', 'constant.numeric.xdesign'], ['GPa', 'keyword.other.unit.xdesign']]],
    ['23.6e-6 1/K', [['23.6e-6', 'constant.numeric.xdesign'], ['1/K', 'keyword.other.unit.xdesign']]],
    ['210000 N/mm^2', [['210000', 'constant.numeric.xdesign'], ['N/mm^2', 'keyword.other.unit.xdesign']]],
    ['12 um/(m K)', [['12', 'constant.numeric.xdesign'], ['um/(m K)', 'keyword.other.unit.xdesign']]],
    ['2 TPa', [['2', 'constant.numeric.xdesign'], ['TPa', 'keyword.other.unit.xdesign']]],
    ['25%', [['25', 'constant.numeric.xdesign'], ['%', 'keyword.other.unit.xdesign']]],
    ['800 resolution', [['800', 'constant.numeric.xdesign']]],
    ['young', [['young', 'keyword.control.xdesign']]],
    ['Unknown', []],
  ] as const)('%s', (text, colors) => {
    expect(colorsOf(text)).toEqual(colors);
  });
});

test('the extension finds its language files', () => {
  const [language] = contributes.languages;
  const [grammar] = contributes.grammars;
  expect(existsSync(join(root, language.configuration))).toBe(true);
  expect(existsSync(join(root, grammar.path))).toBe(true);
  expect(grammar.scopeName).toBe(json(grammar.path).scopeName);
});
