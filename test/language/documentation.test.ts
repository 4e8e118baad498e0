import { GrammarAST } from 'langium';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { AstUtils } from 'langium';
import { caseEntries, constraintEntries, testEntries } from '#language/entries/case-entries';
import { takes } from '#language/entries/entry-text';
import { entries, type BlockName } from '#language/entries/entries';
import { findingCodes } from '#language/findings';
import { XDesignGrammar } from '#language/generated/grammar';
import { caseKeywords, declarationKeywords, entryKeywordsOf } from '#language/syntax/parser-messages';
import { defaultsOf } from '#language/entries/read-block';
import { units } from '#units/units';
import { readText, root } from './read-fixture';

const language = readFileSync(join(root, 'docs/language.md'), 'utf8');
const findings = readFileSync(join(root, 'docs/findings.md'), 'utf8');
const keywords = [...new Set(AstUtils.streamAllContents(XDesignGrammar()).filter(GrammarAST.isKeyword).map((keyword) => keyword.value))];
const wordsOfRule = (name: string): readonly string[] => {
  const rule = XDesignGrammar().rules.find((each) => each.name === name);
  return AstUtils.streamAllContents(rule!).filter(GrammarAST.isKeyword).map((keyword) => keyword.value).toArray();
};

/** Text of a section from its heading to the next one. */
function sectionOf(text: string, heading: string): string {
  const start = text.indexOf(`\n${heading}\n`);
  expect(start, heading).toBeGreaterThan(-1);
  return text.slice(start + heading.length + 2).split(/\n#+ /)[0]!;
}

/** Cells of the table row that begins with an entry. */
function rowOf(section: string, key: string): readonly string[] {
  const row = section.split('\n').find((line) => line.startsWith(`| \`${key}\` |`));
  expect(row, key).toBeDefined();
  return row!.split('|').slice(1, -1).map((cell) => cell.trim());
}

describe('docs/language.md', () => {
  test('has every word of the grammar, as code', () => {
    const code = [...language.matchAll(/```[\s\S]*?```|`[^`]+`/g)].map((match) => match[0]).join(' ');
    const told = new Set(code.match(/[A-Za-z][\w-]*/g));
    expect(keywords.filter((word) => /\w/.test(word) && !told.has(word))).toEqual([]);
  });

  test('has every unit', () => {
    for (const unit of Object.values(units)) expect(language).toContain(`\`${unit.symbol}\``);
  });

  test('shows the quickstart as it is', () => {
    const example = readFileSync(join(root, 'examples/quickstart.xdesign'), 'utf8');
    expect(language).toContain(`\`\`\`xdesign\n${example}\`\`\``);
  });

  test('names the words that cannot be names', () => {
    const reserved = keywords.filter((word) => /[a-z]/i.test(word) && !wordsOfRule('Name').includes(word));
    // `void` stands where a name may, and begins nothing.
    expect(reserved.toSorted()).toEqual([...declarationKeywords, ...caseKeywords, 'void'].toSorted());
    const sentence = /like `void`, cannot be names: ([^.]*)\./.exec(language)![1]!;
    expect([...sentence.matchAll(/`(\w+)`/g)].map((match) => match[1])).toEqual([...declarationKeywords, ...caseKeywords]);
  });

  const blocks = Object.keys(entries) as BlockName[];
  const heading = (block: BlockName): string => `${['material', 'database'].includes(block) ? '##' : '###'} \`${block}\``;
  const rows = blocks.flatMap((block) => Object.keys(entries[block]).map((key) => ({ block, key })));

  test.each(rows)('tells what $block $key means, and which values it takes', ({ block, key }) => {
    const row = rowOf(sectionOf(language, heading(block)), key);
    const entry = entries[block][key]!;
    expect(row.at(-1)!.startsWith(`${entry.meaning}.`), row.at(-1)).toBe(true);
    if (entry.form !== 'choice' && entry.form !== 'choices') {
      expect(row[1]).toBe(takes(entry));
      return;
    }
    const choices = [...row[1]!.matchAll(/`([^`]+)`/g)].map((match) => match[1]!);
    expect(choices.length).toBeGreaterThan(1);
    for (const choice of choices) expect(problemsWith(block, `${key} ${choice}`), choice).toEqual([]);
    expect(problemsWith(block, `${key} nonsense`)).toContain('syntax');
  });

  test.each(rows)('the default it tells of $block $key is the default', ({ block, key }) => {
    const row = rowOf(sectionOf(language, heading(block)), key);
    const networks = block === 'learn' ? (['compact', 'resnet18'] as const) : (['compact'] as const);
    networks.forEach((network, column) => {
      const told = /^`([^`]+)`$/.exec(row[2 + column]!)?.[1];
      if (!(key in defaultsOf(block, network))) {
        const { required, fallback } = entries[block][key]!;
        expect(row[2 + column]).toBe(fallback?.text ?? (required === undefined ? 'none' : 'required'));
        return;
      }
      expect(told).toBeDefined();
      const written = caseWith(block, key === 'outliers' ? `outliers top ${told}` : `${key} ${told}`, network, methodOf(block, key));
      expect(written).toEqual(caseWith(block, '', network, methodOf(block, key)));
    });
  });

  test('has the entries of a case as hovers tell them', () => {
    const section = sectionOf(language, '## `case`');
    const rows = [
      ...caseEntries,
      ...Object.entries(testEntries).map(([kind, row]) => ({ ...row, syntax: `\`test ${kind}\`` })),
      ...Object.values(constraintEntries),
    ].map(({ syntax, fallback, meaning }) => `| ${syntax} |${fallback === '' ? '' : ` ${fallback}`} | ${meaning} |`);
    const told = section.split('\n').filter((line) => line.startsWith('| `'));
    expect(told.toSorted()).toEqual(rows.toSorted());
  });

  test('the parser names the same entries', () => {
    const rule = (block: BlockName): string => (block === 'compare' ? 'CompareOptimization' : block.charAt(0).toUpperCase() + block.slice(1));
    for (const block of blocks) expect(entryKeywordsOf(rule(block))).toEqual(expect.arrayContaining(Object.keys(entries[block])));
    const first = (name: string) => wordsOfRule(name)[0];
    expect(['Material', 'Database', 'Case', 'Study', 'Import'].map(first).toSorted()).toEqual([...declarationKeywords].toSorted());
  });
});

describe('docs/findings.md', () => {
  const sections = [...findings.split('\n## While a case runs')[0]!.matchAll(/^### `([a-z0-9-]+)`$/gm)].map((match) => match[1]!);

  test('has one section for each finding of the language, and for nothing else', () => {
    expect(sections.toSorted()).toEqual(Object.keys(findingCodes).toSorted());
  });

  test.each(sections)('%s: what, why, an example that has it, and one that has not', (code) => {
    const section = sectionOf(findings, `### \`${code}\``);
    expect(section).toMatch(/\*\*Why\.\*\* .+/);
    const severity = (findingCodes as Readonly<Record<string, string>>)[code];
    expect(section.trimStart().split('.')[0]!.toLowerCase()).toBe(severity);
    const examples = [...section.matchAll(/```xdesign\n([\s\S]*?)```/g)].map((match) => match[1]!);
    if (['file-not-found', 'import-not-found', 'import-outside-workspace', 'import-cycle'].includes(code)) return;
    const [wrong, right] = examples;
    expect(codesOf(wrong!)).toContain(code);
    expect(codesOf(right!).filter((each) => each === code || (findingCodes as Readonly<Record<string, string>>)[each] === 'error')).toEqual([]);
  });

  /** Examples leave out what everybody can imagine: the declarations that they do not make. */
  function codesOf(example: string): readonly string[] {
    const has = (kind: string, name: string) => new RegExp(`${kind} ${name}\\b`).test(example);
    const text = [
      has('material', 'Boron') ? '' : 'material Boron { young 379.3 GPa  poisson 0.3 }',
      has('material', 'Aluminum') ? '' : 'material Aluminum { young 68.3 GPa  poisson 0.3  expansion 23.6e-6 1/K }',
      has('database', 'Stochastic') ? '' : 'database Stochastic { size 800  fraction 0.38 .. 0.41  cells 100% }',
      /^(material|database|case|import)\b/m.test(example) ? example : `case Example { white Boron  black Aluminum  from Stochastic\n${/m(ax|in)imize/.test(example) ? '' : 'maximize E along x, y'}\n${example}}`,
    ].join('\n');
    return readText(text).findings.map((finding) => finding.code);
  }
});

/** The one case of a file in which a block has an entry, without its place. */
function caseWith(block: BlockName, entry: string, network: 'compact' | 'resnet18' = 'compact', method = 'gradram'): object | undefined {
  const { specification, findings: found } = readText(textWith(block, entry, network, method));
  expect(found.filter((finding) => finding.severity === 'error')).toEqual([]);
  return { ...specification!.cases[0]!, place: undefined };
}

function problemsWith(block: BlockName, entry: string): readonly string[] {
  const network = entry.includes('stage-3') ? 'resnet18' : 'compact';
  return readText(textWith(block, entry, network, methodOf(block, entry.split(' ', 1)[0]!))).findings.filter((finding) => finding.severity === 'error').map((finding) => finding.code);
}

/** The method that has the entry. */
function methodOf(block: BlockName, key: string): 'gradram' | 'exact' {
  return entries[block][key]?.explainedBy === 'exact' ? 'exact' : 'gradram';
}

function textWith(block: BlockName, entry: string, network: 'compact' | 'resnet18', method: string): string {
  const inBlock = (name: BlockName): string => (name === block ? `{ ${entry} }` : '');
  const key = entry.split(' ', 1)[0]!;
  if (block === 'labels' || (block === 'database' && entries.database[key]?.ofDatabase === 'files')) {
    const labels = block === 'labels' ? `labels "table.csv" { ${entry} ${key === 'test' ? '' : 'test periodic'} }` : entry;
    return `material Boron { young 379.3 GPa  poisson 0.3 }  material Aluminum { young 68.3 GPa  poisson 0.3 }
      database Images { ${key === 'images' ? '' : 'images "scans/*.png"'} ${labels} }
      case C { white Boron  black Aluminum  from Images  maximize E along x, y }`;
  }
  return `material Boron { young 379.3 GPa  poisson 0.3 ${block === 'material' ? entry : ''} }
    material Aluminum { young 68.3 GPa  poisson 0.3 }
    database Images { size 800  fraction 0.38 .. 0.41 ${block === 'database' ? entry : ''}
      particles 25% ${inBlock('particles')} fibers 25% ${inBlock('fibers')} cells 25% ${inBlock('cells')} spinodal 25% ${inBlock('spinodal')} }
    case C { white Boron  black Aluminum  from Images  maximize E along x, y
      learn ${network} ${inBlock('learn')} explain ${method} ${inBlock('explain')} construct mirror ${inBlock('construct')}
      refine optimization ${inBlock('refine')} compare optimization ${inBlock('compare')} }`;
}
