import { describe, expect, test } from 'vitest';
import { CompletionItemKind, type CompletionItem } from 'vscode-languageserver';
import { TextEdit } from 'vscode-languageserver';
import { openText, type OpenText } from '#test/server/open-text';
import { edited } from '#test/server/show';

const others = { 'library.xdesign': 'material Hard { young 100 GPa  poisson 0.3 }\n', 'images/all.xdesign': 'database Images { size 800  fraction 0.38 .. 0.41  cells 100% }\n' };

async function complete(marked: string, snippetSupport = false): Promise<{ readonly open: OpenText; readonly items: readonly CompletionItem[] }> {
  const open = await openText(marked, others, { prepare: ({ shared }) => {
    void shared.lsp.LanguageServer.initialize({ processId: null, rootUri: null, capabilities: { textDocument: { completion: { completionItem: { snippetSupport } } } } });
  } });
  const list = await open.xdesign.lsp.CompletionProvider!.getCompletion(open.document, open);
  return { open, items: (list?.items ?? []).toSorted((a, b) => ((a.sortText ?? '') + a.label < (b.sortText ?? '') + b.label ? -1 : 1)) };
}

async function labels(marked: string): Promise<string> {
  return (await complete(marked)).items.map(({ label }) => label).join(' | ');
}

/** The text after an item is chosen. */
async function chosen(marked: string, label: string, snippetSupport = false): Promise<string> {
  const { open, items } = await complete(marked, snippetSupport);
  const item = items.find((each) => each.label === label)!;
  return edited(open.document, [item.textEdit as TextEdit, ...(item.additionalTextEdits ?? [])]);
}

describe('completion offers', () => {
  test.each([
    ['at the start of a file', '<|>'],
    ['between declarations', 'material A { young 1 GPa  poisson 0.3 }\n<|>\n'],
    ['a beginning', 'material A { young 1 GPa  poisson 0.3 }\nda<|>'],
    ['entries of a material that it lacks', 'material A { young 1 GPa  <|> }'],
    ['entries of a database', 'database D {\n  size 800\n  <|>\n}'],
    ['entries of a family', 'database D { fibers 25% { <|> } }'],
    ['choices of an entry', 'database D { spinodal 25% { density <|> } }'],
    ['entries of a case', 'case C {\n  white A\n  <|>\n}'],
    ['what a case may be tested by', 'case C { test <|> }'],
    ['properties', 'case C { maximize <|> }'],
    ['directions', 'case C { maximize E along <|> }'],
    ['demands', 'case C { subject to <|> }'],
    ['networks', 'case C { learn <|> }'],
    ['entries of learning', 'case C { learn compact { ep<|> } }'],
    ['layers', 'case C { explain gradram { layer last, <|> } }'],
    ['ways to explain', 'case C { explain <|> }'],
    ['entries of an explanation by a network', 'case C { explain gradram { <|> } }'],
    ['entries of exact contributions', 'case C { explain exact { outliers top 10%  <|> } }'],
    ['what counts as a contribution', 'case C { explain exact { contribution <|> } }'],
    ['comparisons', 'case C { compare <|> }'],
    ['comparisons that are not there yet', 'case C { compare control  compare <|> }'],
    ['refinements', 'case C { compare optimization  refine <|> }'],
    ['entries of a refinement', 'case C { refine optimization { best 3  <|> } }'],
    ['entries of a comparison', 'case C { compare optimization { <|> } }'],
    ['sources of starts', 'case C { compare optimization { from noise, <|> } }'],
    ['symmetries of cells', 'case C { compare optimization { symmetry <|> } }'],
    ['a comparison after another one', 'case C { compare control  comp<|> }'],
    ['no entry again behind one that may have a block', 'case C { learn compact  le<|> }'],
    ['no comparison when all are there', 'case C { compare control  compare white-share  compare graph  compare moderate  compare optimization  compare pictures "a.png"  comp<|> }'],
    ['the other construction, never the own one', 'case C { construct graph  compare <|> }'],
    ['stresses', 'material A { young 379.3 <|> }'],
    ['stresses that begin alike', 'material A { young 379.3 M<|> }'],
    ['expansions', 'material A { expansion 1e-6 <|> }'],
    ['shares', 'database D { cells 25<|> }'],
    ['angles', 'database D { fibers 25% { orientation 0 .. 90 <|> } }'],
    ['units of a bound', 'case C { subject to E > 3 <|> }'],
    ['no units of a plain number', 'material A { poisson 0.3<|> }'],
    ['materials, those of the library last', 'import "library.xdesign"\nmaterial Own { young 1 GPa  poisson 0.3 }\ncase C { white <|> }'],
    ['databases', 'import "images/all.xdesign"\ndatabase Own { size 800 }\ncase C { from <|> }'],
    ['cases to start from', 'case A { white B }\ncase C { learn compact { transfer from <|> } }'],
    ['no names for a name', 'material <|>'],
    ['files', 'import <|>'],
    ['files in quotes', 'import "im<|>"'],
    ['nothing in a comment', 'case C { // ma<|>'],
  ])('%s: %s', async (_what, text) => {
    expect(await labels(text)).toMatchSnapshot();
  });

  test('files to import only where one is imported', async () => {
    for (const text of ['case C { learn compact { weights <|> } }', 'case C { learn compact { weights "sta<|>" } }', 'case C { compare optimization { from "ce<|>" } }', 'case C { compare optimization { from <|> } }']) {
      expect(await labels(text), text).not.toMatch(/\.xdesign|xdesign:/);
    }
  });
});

describe('what is chosen', () => {
  test('replaces the word that it completes', async () => {
    expect(await chosen('case C { te<|> }', 'test')).toBe('case C { test }');
    expect(await chosen('material A { young 379.3 M<|> }', 'MPa')).toBe('material A { young 379.3 MPa }');
    expect(await chosen('material A { young 379.3<|> }', 'GPa')).toBe('material A { young 379.3 GPa }');
    expect(await chosen('database D { cells 25<|> }', '%')).toBe('database D { cells 25% }');
    expect(await chosen('import "im<|>"', '"images/all.xdesign"')).toBe('import "images/all.xdesign"');
  });

  test('brings a value along where the editor has snippets', async () => {
    expect(await chosen('material A { <|> }', 'young', true)).toBe('material A { young ${1:68.3 GPa} }');
    expect(await chosen('case C { learn resnet18 { <|> } }', 'epochs', true)).toBe('case C { learn resnet18 { epochs ${1:50} } }');
    expect(await chosen('case C { explain gradram { <|> } }', 'outliers', true)).toBe('case C { explain gradram { outliers ${1|top,bottom|} ${2:10%} } }');
    expect(await chosen('material A { <|> }', 'young')).toBe('material A { young }');
  });

  test('imports the library, or copies from it where a name is shared', async () => {
    expect(await chosen('case C { white <|> }', 'Steel')).toBe('import "xdesign:materials"\ncase C { white Steel }');
    expect(await chosen('import "library.xdesign"\ncase C { white <|> }', 'Steel')).toBe('import "library.xdesign"\nimport "xdesign:materials"\ncase C { white Steel }');
    expect(await chosen('material Boron { young 1 GPa  poisson 0.3 }\ncase C { white <|> }', 'Steel')).toBe(
      'material Steel { young 210 GPa  poisson 0.3  expansion 12e-6 1/K }\nmaterial Boron { young 1 GPa  poisson 0.3 }\ncase C { white Steel }',
    );
  });

  test('may be a whole case, which has no errors once its names are there', async () => {
    const text = await chosen('<|>', 'case …');
    expect(text).toMatchInlineSnapshot(`
      "case Name {
          white Boron  black Aluminum  from Images

          plane stress
          test compression
          maximize E along x, y
          subject to difference(E) < 10%
          subject to fraction in 0.39 .. 0.40

          learn compact
          explain gradram { outliers top 10%  threshold 0.3, 0.4, 0.5, 0.6, 0.7, 0.8  layer last, stage-1 }
          construct mirror
          compare control
      }
      "
    `);
    const { document } = await openText(`import "xdesign:materials"\n${await chosen('<|>', 'database …')}\n${await chosen('<|>', 'material …')}\n${text}`);
    expect(document.diagnostics).toEqual([]);
    expect((await complete('<|>', true)).items.find(({ label }) => label === 'case …')).toMatchObject({ kind: CompletionItemKind.Snippet, insertTextFormat: 2 });
  });

  test('settings of a study with values that the language has', async () => {
    const { items } = await complete('case C { }\nstudy S of C { <|> }', true);
    const examples = items.flatMap(({ textEdit }) => /^(.*)\$\{1:(.*)\}$/.exec((textEdit as TextEdit | undefined)?.newText ?? '')?.slice(1, 3).join('') ?? []);
    expect(examples).toEqual(expect.arrayContaining(['contribution total, arrangement, efficiency', 'squares 1, 2', 'edge 16, 24, 32', 'method gradram, exact']));
    for (const example of examples) {
      const { document } = await openText(`case C { }\nstudy S of C { ${example} }`);
      expect(document.parseResult.parserErrors.map(({ message }) => message), example).toEqual([]);
    }
  });

  test('tells what it means', async () => {
    const { items } = await complete('case C { learn compact { <|> } }');
    expect(items.find(({ label }) => label === 'rate')).toMatchObject({ detail: 'default 0.01', documentation: 'Peak learning rate. Takes a number above 0 and at most 1.' });
    const words = await complete('database D { spinodal 25% { density <|> } }');
    expect(words.items.find(({ label }) => label === 'ring')).toMatchObject({ documentation: 'One wavenumber and its surroundings.' });
  });
});
