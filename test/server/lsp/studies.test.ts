import { SemanticTokensDecoder } from 'langium/lsp';
import { expect, test } from 'vitest';
import type { CompletionItem, MarkupContent } from 'vscode-languageserver';
import { openText } from '#test/server/open-text';
import { edited } from '#test/server/show';

const before = `material Boron { young 379.3 GPa  poisson 0.3 }
material Aluminum { young 68.3 GPa  poisson 0.33 }
database Images { size 800  fraction 0.38 .. 0.41  fibers 100% }
case Stiffness { white Boron  black Aluminum  from Images  maximize E along x, y }
`;

async function items(marked: string): Promise<readonly CompletionItem[]> {
  const open = await openText(before + marked);
  return (await open.xdesign.lsp.CompletionProvider!.getCompletion(open.document, open))?.items ?? [];
}

async function labels(marked: string): Promise<readonly string[]> {
  return (await items(marked)).map(({ label }) => label);
}

test('settings, their values and cases are offered', async () => {
  const settings = await labels('study S of Stiffness { <|> }');
  expect(settings).toEqual(expect.arrayContaining(['size', 'seed', 'fraction', 'network', 'method', 'threshold', 'construct', 'fibers', 'particles', 'compare', 'filter', 'transfer']));
  expect(settings).not.toContain('overlap');
  expect(await labels('study S of Stiffness { seed 1, 2  <|> }')).not.toContain('seed');
  expect(await labels('study S of Stiffness { fibers overlap allowed, avoided  fib<|> }')).toContain('fibers');
  expect(await labels('study S of Stiffness { fibers <|> }')).toEqual(['orientation', 'overlap']);
  expect(await labels('study S of Stiffness { method gradram, <|> }')).toEqual(expect.arrayContaining(['gradram', 'hirescam', 'layercam']));
  expect(await labels('study S of <|>')).toEqual(['Stiffness']);
  expect(await labels('study S of Stiffness { holdout 10<|> }')).toContain('%');
});

test('what is offered tells what it means', async () => {
  const settings = await items('study S of Stiffness { <|> }');
  const find = (label: string) => settings.find((each) => each.label === label);
  expect(find('threshold')).toMatchObject({ detail: 'of explain', documentation: 'Fraction of its maximum above which the map is critical; varied in `explain`. Each value is a share above 0% and below 100%.' });
  expect(find('method')).toMatchObject({ detail: 'of explain', documentation: 'Each variant has another word after `explain`.' });
  expect((await items('study S of Stiffness { density <|> }')).find(({ label }) => label === 'ring')).toMatchObject({ documentation: 'One wavenumber and its surroundings.' });
  expect((await items('study S of Stiffness { method <|> }')).find(({ label }) => label === 'hirescam')).toMatchObject({ documentation: 'Each position of the feature maps has its own weight.' });
});

async function hover(marked: string): Promise<string | undefined> {
  const open = await openText(before + marked);
  const found = await open.xdesign.lsp.HoverProvider!.getHoverContent(open.document, open);
  return (found?.contents as MarkupContent | undefined)?.value;
}

test('a pointer on the name of a study shows what it varies', async () => {
  expect(await hover('study Th<|>resholds of Stiffness { threshold 0.3 .. 0.9 by 0.1  fibers overlap allowed, avoided }')).toMatchInlineSnapshot(`
    "**Thresholds**: 14 variants of \`Stiffness\` (7 × 2)

    | | |
    |---|---|
    | \`threshold\` | 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9 |
    | \`fibers overlap\` | allowed, avoided |"
  `);
  expect(await hover('study S of Stiff<|>ness { seed 1, 2 }')).toContain('**Stiffness**: maximize E');
});

test('a pointer on a setting or a value shows its meaning', async () => {
  expect(await hover('study S of Stiffness { thresh<|>old 0.3 .. 0.9 by 0.1 }')).toMatchInlineSnapshot(`
    "\`threshold\`: Fraction of its maximum above which the map is critical; varied in \`explain\`. Each value is a share above 0% and below 100%.

    7 values: 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9"
  `);
  expect(await hover('study S of Stiffness { fibers over<|>lap allowed, avoided }')).toMatchInlineSnapshot(`
    "\`fibers overlap\`: Whether shapes may overlap; varied in \`fibers\`.

    2 values: allowed, avoided"
  `);
  expect(await hover('study S of Stiffness { fib<|>ers overlap allowed, avoided }')).toContain('`fibers overlap`: Whether shapes may overlap');
  expect(await hover('study S of Stiffness { method layer<|>cam, gradram }')).toMatchInlineSnapshot(`"\`method layercam\`: The same, with positive gradients only."`);
  expect(await hover('study S of Stiffness { threshold 0.3 .. 0.9 by 0.<|>1 }')).toContain('It is a share above 0% and below 100%.');
  expect(await hover('study S of Stiffness { fraction 0.3<|>0 .. 0.35 }')).toContain('30% = 0.3');
  expect(await hover('study S of Stiffness { seed 1 .<|>. 5 }')).toContain('both ends included');
});

test('the case of a study is found, and renamed with its studies', async () => {
  const open = await openText(`${before}study S of Stiff<|>ness { transfer from Stiffness }`);
  const [link] = (await open.xdesign.lsp.DefinitionProvider!.getDefinition(open.document, open)) ?? [];
  expect(link!.targetSelectionRange.start).toEqual({ line: 3, character: 5 });
  const references = await open.xdesign.lsp.ReferencesProvider!.findReferences(open.document, { ...open, context: { includeDeclaration: false } });
  expect(references).toHaveLength(2);
  const edit = await open.xdesign.lsp.RenameProvider!.rename(open.document, { ...open, newName: 'Stiffer' });
  const [changes] = Object.values(edit!.changes!);
  expect(edited(open.document, changes!)).toContain('case Stiffer { white Boron');
  expect(edited(open.document, changes!)).toContain('study S of Stiffer { transfer from Stiffer }');
});

test('the outline has studies with their settings, and they fold', async () => {
  const open = await openText(`${before}study S of Stiffness {\n  seed 1 .. 3\n  fibers overlap allowed, avoided\n}\n`);
  const symbols = await open.xdesign.lsp.DocumentSymbolProvider!.getSymbols(open.document, open);
  const study = symbols.find(({ name }) => name === 'S')!;
  expect(study.detail).toBe('of Stiffness · 6 variants');
  expect(study.children!.map(({ name, detail }) => `${name}: ${detail}`)).toEqual(['seed: 1, 2, 3', 'fibers overlap: allowed, avoided']);
  const folds = await open.xdesign.lsp.FoldingRangeProvider!.getFoldingRanges(open.document, open);
  expect(folds.map(({ startLine }) => startLine)).toContain(4);
});

test('words of a study are told by what they are', async () => {
  const open = await openText(`${before}study S of Stiffness { fibers overlap allowed  seed 1 .. 5  transfer from Stiffness  holdout 10% }`);
  const provider = open.xdesign.lsp.SemanticTokenProvider!;
  const tokens = await provider.semanticHighlight(open.document, open);
  const types = Object.fromEntries(provider.semanticTokensOptions!.legend.tokenTypes.map((type, index) => [type, index]));
  const words = SemanticTokensDecoder.decode(tokens, types, open.document).map(({ text, tokenType }) => `${text}:${tokenType}`);
  expect(words.slice(words.indexOf('S:namespace')).join(' ')).toBe('S:namespace Stiffness:class fibers:property overlap:property allowed:enumMember seed:property transfer:property Stiffness:class holdout:property %:type');
});

test('a row that ends elsewhere, a mistyped setting and a refused value have fixes', async () => {
  const fixed = async (study: string): Promise<readonly string[]> => {
    const open = await openText(before + study);
    const actions = await open.xdesign.lsp.CodeActionProvider!.getCodeActions(open.document, { textDocument: { uri: open.document.uri.toString() }, range: open.document.diagnostics![0]!.range, context: { diagnostics: open.document.diagnostics! } });
    return (actions ?? []).flatMap((action) => ('edit' in action && action.kind === 'quickfix' ? Object.values(action.edit!.changes!).map((edits) => edited(open.document, edits).slice(before.length)) : []));
  };
  expect(await fixed('study S of Stiffness { threshold 0.3 .. 0.85 by 0.1 }')).toEqual(['study S of Stiffness { threshold 0.3 .. 0.8 by 0.1 }', 'study S of Stiffness { threshold 0.3 .. 0.9 by 0.1 }']);
  expect(await fixed('study S of Stiffness { threshold 0.3 .. 0.8 }')).toEqual(['study S of Stiffness { threshold 0.3 .. 0.8 by 0.05 }']);
  expect(await fixed('study S of Stiffness { threshhold 0.3, 0.8 }')).toContain('study S of Stiffness { threshold 0.3, 0.8 }');
  expect(await fixed('study S of Stiffness { resolution 100, 128 }')).toContain('study S of Stiffness { resolution 128, 128 }');
  expect(await fixed('study S of Stifness { seed 1, 2 }')).toContain('study S of Stiffness { seed 1, 2 }');
});
