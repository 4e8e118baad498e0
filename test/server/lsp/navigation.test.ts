import { describe, expect, test } from 'vitest';
import { selectionRanges } from '#server/lsp/navigation';
import { openText } from '#test/server/open-text';
import { edited, held, place } from '#test/server/show';

const library = `material Hard { young 100 GPa  poisson 0.3 }
material Soft { young 1 GPa  poisson 0.3 }
`;
const main = `import "library.xdesign"
database Images { size 800  fraction 0.38 .. 0.41  cells 100% }
case A { white Ha<|>rd  black Soft  from Images  maximize E along x, y }
case B { white Hard  black Soft  from Images  minimize E along x }
`;

describe('a name leads', () => {
  async function definition(marked: string) {
    const open = await openText(marked, { 'library.xdesign': library });
    const links = await open.xdesign.lsp.DefinitionProvider!.getDefinition(open.document, open);
    return (links ?? []).map(({ targetUri, targetSelectionRange }) => place(open, targetUri, targetSelectionRange));
  }

  async function references(marked: string) {
    const open = await openText(marked, { 'library.xdesign': library });
    const found = await open.xdesign.lsp.ReferencesProvider!.findReferences(open.document, { ...open, context: { includeDeclaration: true } });
    return (found ?? []).map(({ uri, range }) => place(open, uri, range)).toSorted();
  }

  test('to its declaration, in this file, in an imported one, and in the library', async () => {
    expect(await definition(main)).toEqual(['library.xdesign 1: Hard']);
    expect(await definition(main.replace('<|>', '').replace('from Im', 'from Im<|>'))).toEqual(['main.xdesign 2: Images']);
    expect(await definition('import "xdesign:materials"\ncase A { white St<|>eel }')).toEqual(['materials.xdesign 14: Steel']);
  });

  test('from a case that a training starts with to that case', async () => {
    expect(await definition('case A { white Hard }\ncase B { learn compact { transfer from A<|> } }')).toEqual(['main.xdesign 1: A']);
  });

  test('from the path of an import to its file, as far as imports are followed', async () => {
    const file = async (marked: string) => {
      const open = await openText(marked, { 'library.xdesign': library });
      const links = await open.xdesign.lsp.DefinitionProvider!.getDefinition(open.document, open);
      return (links ?? []).map(({ originSelectionRange, targetUri, targetSelectionRange: { start } }) => `${held(open.document, originSelectionRange!)} → ${targetUri} ${start.line}:${start.character}`);
    };
    expect(await file('import "lib<|>rary.xdesign"')).toEqual(['"library.xdesign" → file:///work/library.xdesign 0:0']);
    expect(await file('imp<|>ort "xdesign:materials"')).toEqual(['"xdesign:materials" → xdesign:/materials.xdesign 0:0']);
    expect(await file('import "../aw<|>ay.xdesign"')).toEqual([]);
    expect(await file('import "no<|>ne.xdesign"')).toEqual([]);
  });

  test('to all its uses, in all files', async () => {
    const uses = ['library.xdesign 1: Hard', 'main.xdesign 3: Hard', 'main.xdesign 4: Hard'];
    expect(await references(main)).toEqual(uses);
  });
});

describe('a rename', () => {
  async function rename(marked: string, newName: string): Promise<unknown> {
    const open = await openText(marked, { 'library.xdesign': library });
    const { LangiumDocuments } = open.shared.workspace;
    const edit = await open.xdesign.lsp.RenameProvider!.rename(open.document, { ...open, newName });
    const changes = Object.entries(edit?.changes ?? {}).map(([uri, edits]) => {
      const document = [...LangiumDocuments.all].find((each) => each.uri.toString() === uri)!;
      return edited(document, edits);
    });
    return changes.toSorted().join('\n');
  }

  test('changes all files', async () => {
    expect(await rename(main, 'Ti-6Al-4V')).toMatchInlineSnapshot(`
      "import "library.xdesign"
      database Images { size 800  fraction 0.38 .. 0.41  cells 100% }
      case A { white Ti-6Al-4V  black Soft  from Images  maximize E along x, y }
      case B { white Ti-6Al-4V  black Soft  from Images  minimize E along x }

      material Ti-6Al-4V { young 100 GPa  poisson 0.3 }
      material Soft { young 1 GPa  poisson 0.3 }
      "
    `);
  });

  test.each([
    ['case', '`case` begins an entry and cannot be a name.'],
    ['two words', '`two words` is not a name: a name begins with a letter or `_`; letters, digits, `_` and hyphens follow.'],
    ['6Al', '`6Al` is not a name: a name begins with a letter or `_`; letters, digits, `_` and hyphens follow.'],
    ['', '`` is not a name: a name begins with a letter or `_`; letters, digits, `_` and hyphens follow.'],
    ['a/*b*/', '`a/*b*/` is not a name: a name begins with a letter or `_`; letters, digits, `_` and hyphens follow.'],
  ])('to what is no name is refused: %s', async (name, message) => {
    await expect(rename(main, name)).rejects.toThrow(message);
  });

  test('to any word that is no beginning is fine, as the language says', async () => {
    expect(await rename(main, 'cells')).toContain('material cells {');
  });

  test('of the library is refused', async () => {
    await expect(rename('import "xdesign:materials"\ncase A { white St<|>eel }', 'Iron')).rejects.toThrow('Names of the library cannot be changed');
  });
});

test('the outline shows declarations with what tells them apart, and blocks below them', async () => {
  const open = await openText(`material Hard { young 100 GPa  poisson 0.3 }
database Images { size 800  fraction 0.38 .. 0.41  cells 60% { count 20 }  spinodal 40% }
case A { white Hard  black Hard  from Images  maximize E along x, y  learn compact { epochs 3 }  explain gradram  construct mirror  compare control  compare optimization  refine optimization { best 3 } }
case {`);
  const symbols = await open.xdesign.lsp.DocumentSymbolProvider!.getSymbols(open.document, open);
  const lines = symbols.flatMap(({ kind, name, detail, children = [] }) => [`${kind} ${name}: ${detail}`, ...children.map((child) => `  ${child.name}: ${child.detail}`)]);
  expect(lines.join('\n')).toMatchInlineSnapshot(`
    "14 Hard: young 100 GPa
    18 Images: size 800
      cells: 60%
      spinodal: 40%
    5 A: maximize E along x, y · Hard in Hard · Images
      learn compact: 
      explain gradram: 
      construct mirror: 
      compare optimization: 
      refine optimization: "
  `);
});

test('all files are searched for names, the library is not', async () => {
  const { shared } = await openText(main, { 'library.xdesign': library });
  const find = async (query: string) => (await shared.lsp.WorkspaceSymbolProvider!.getSymbols({ query })).map(({ name }) => name);
  expect(await find('ha')).toEqual(['Hard']);
  expect((await find('')).toSorted()).toEqual(['A', 'B', 'Hard', 'Images', 'Soft']);
  expect(await find('Titanium')).toEqual([]);
});

test('blocks and comments fold', async () => {
  const open = await openText(`/* one
two
three */
case A {
    white B
    learn compact {
        epochs 3
    }
}
material B { young 1 GPa  poisson 0.3 }`);
  const ranges = await open.xdesign.lsp.FoldingRangeProvider!.getFoldingRanges(open.document, open);
  expect(ranges.map(({ startLine, endLine, kind }) => `${startLine + 1}-${endLine + 1}${kind === undefined ? '' : ` ${kind}`}`)).toEqual(['4-8', '6-7', '1-2 comment']);
});

test('a selection grows from the word to the file', async () => {
  const open = await openText(`material A { young 1 GPa  poisson 0.3 }
case C { explain gradram { threshold 0.5, 0.<|>6 } }`);
  const steps: string[] = [];
  for (let step = selectionRanges(open.document, [open.position])[0]; step !== undefined; step = step.parent) steps.push(held(open.document, step.range));
  expect(steps).toEqual([
    '0.6',
    'threshold 0.5, 0.6',
    'explain gradram { threshold 0.5, 0.6 }',
    'case C { explain gradram { threshold 0.5, 0.6 } }',
    'material A { young 1 GPa poisson 0.3 } case C { explain gradram { threshold 0.5, 0.6 } }',
  ]);
  expect(selectionRanges(open.document, [{ line: 99, character: 0 }])).toHaveLength(1);
});

test('paths of imports are links, those that are followed', async () => {
  const open = await openText('import "library.xdesign" import "xdesign:materials" import "../away.xdesign" import "none.xdesign"', { 'library.xdesign': library });
  const links = await open.xdesign.lsp.DocumentLinkProvider!.getDocumentLinks(open.document, open);
  expect(links.map(({ range, target }) => `${held(open.document, range)} → ${target}`)).toEqual([
    '"library.xdesign" → file:///work/library.xdesign',
    '"xdesign:materials" → xdesign:/materials.xdesign',
  ]);
  const content = await open.shared.lsp.TextDocumentContentProvider!.provideTextDocumentContent({ uri: 'xdesign:/materials.xdesign' }, undefined as never);
  expect(content!.text).toContain('material Steel');
});
