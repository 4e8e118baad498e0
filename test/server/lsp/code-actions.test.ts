import { describe, expect, test } from 'vitest';
import { openText } from '#test/server/open-text';
import { edited } from '#test/server/show';

const boron = 'material Boron { young 379.3 GPa  poisson 0.3 }\n';
const aluminum = 'material Aluminum { young 68.3 GPa  poisson 0.33  expansion 23.6e-6 1/K }\n';
const images = 'database Images { size 800  fraction 0.38 .. 0.41  cells 100% }\n';
const body = 'white Boron  black Aluminum  from Images  maximize E along x, y';

/** Titles of what is offered at the cursor, and the text after the one that is chosen. */
async function actions(marked: string, only: 'quickfix' | 'refactor.rewrite', choose?: string, others: Readonly<Record<string, string>> = {}) {
  const open = await openText(marked, others);
  const diagnostics = open.document.diagnostics!.filter(({ range }) => range.start.line <= open.position.line && open.position.line <= range.end.line);
  const found = await open.xdesign.lsp.CodeActionProvider!.getCodeActions(open.document, { ...open, context: { diagnostics, only: [only] } });
  const all = (found ?? []) as { title: string; edit: { changes: Record<string, []> } }[];
  const chosen = choose === undefined ? undefined : all.find(({ title }) => title === choose)!;
  const texts = Object.entries(chosen?.edit.changes ?? {}).map(([uri, edits]) => edited([...open.shared.workspace.LangiumDocuments.all].find((each) => each.uri.toString() === uri)!, edits));
  return { titles: all.map(({ title }) => title), text: texts.join('\n') };
}

describe('a finding is mended', () => {
  test.each([
    ['a unit', 'material A { young 1 Gp<|>a  poisson 0.3 }', 'Write `GPa`', 'material A { young 1 GPa  poisson 0.3 }'],
    ['a missing unit', 'material A { young 1<|>  poisson 0.3 }', 'Write `1 GPa`', 'material A { young 1 GPa  poisson 0.3 }'],
    ['a word', 'material A { yung<|> 1 GPa  poisson 0.3 }', 'Write `young`', 'material A { young 1 GPa  poisson 0.3 }'],
    ['a percentage', 'database D { size 800  fraction 0.3 .. 0.4  cells 10<|>0 }', 'Write `100%`', 'database D { size 800  fraction 0.3 .. 0.4  cells 100% }'],
    ['half an epoch', `${boron}case C { learn compact { epochs 2<|>.5 } }`, 'Write `3`', `${boron}case C { learn compact { epochs 3 } }`],
    ['a resolution', 'database D { size 800  resolution 1<|>00  fraction 0.3 .. 0.4  cells 100% }', 'Write `128`', 'database D { size 800  resolution 128  fraction 0.3 .. 0.4  cells 100% }'],
    ['a side', `${boron}${aluminum}${images}case C { ${body}  explain gradram { outliers bot<|>tom 10% } }`, 'Write `top`', `${boron}${aluminum}${images}case C { ${body}  explain gradram { outliers top 10% } }`],
    ['a word before a unit', 'material A { youn1<|>/K 1 GPa  poisson 0.3 }', 'Write `young`', 'material A { young /K 1 GPa  poisson 0.3 }'],
    ['a name', `${boron}case C { white Bo<|>ronn }`, 'Write `Boron`', `${boron}case C { white Boron }`],
    ['a missing entry', 'material A<|> { young 1 GPa }', 'Add `poisson 0.3` (replace the value)', 'material A { young 1 GPa  poisson 0.3 }'],
    ['a missing entry of a long block', 'database D<|> {\n  size 800\n  cells 100%\n}', 'Add `fraction 0.38 .. 0.41` (replace the value)', 'database D {\n  size 800\n  cells 100%\n  fraction 0.38 .. 0.41\n}'],
    ['a missing entry of an empty block', 'material A<|> { }', 'Add `young 68.3 GPa` (replace the value)', 'material A { young 68.3 GPa }'],
    ['a window', `${boron}${aluminum}${images}case C { ${body}  subject to fraction in 0.3<|>9 .. 0.50 }`, 'Use the range of `Images`: 38% .. 41%', `${boron}${aluminum}${images}case C { ${body}  subject to fraction in 38% .. 41% }`],
    ['a coarse map', `${boron}${aluminum}${images}case C { ${body}  learn resnet18<|>  explain gradram { layer last } }`, 'Look at `layer stage-1`', `${boron}${aluminum}${images}case C { ${body}  learn resnet18  explain gradram { layer stage-1 } }`],
    ['a coarse map that nobody asked for', `${boron}${aluminum}${images}case C<|> { ${body}  learn resnet18 }`, 'Look at `layer stage-1`', `${boron}${aluminum}${images}case C { ${body}  learn resnet18  explain gradram { layer stage-1 } }`],
    ['a coarse map of bare words', `${boron}${aluminum}${images}case C<|> { ${body}  learn resnet18  explain layercam }`, 'Look at `layer stage-1`', `${boron}${aluminum}${images}case C { ${body}  learn resnet18  explain layercam { layer stage-1 } }`],
    ['a filter', `${boron}${aluminum}${images}case C { ${body}  refine optimization { filter 0.<|>7 } }`, 'Write `1.5`', `${boron}${aluminum}${images}case C { ${body}  refine optimization { filter 1.5 } }`],
    ['a symmetry', `${boron}${aluminum}${images}case C { ${body.slice(0, -3)}  refine optimization { symmetry squ<|>are } }`, 'Write `none`', `${boron}${aluminum}${images}case C { ${body.slice(0, -3)}  refine optimization { symmetry none } }`],
    ['a comparison with the own construction', `${boron}${aluminum}${images}case C { ${body}  compare mir<|>ror }`, 'Write `graph`', `${boron}${aluminum}${images}case C { ${body}  compare graph }`],
    ['a second filter', `${boron}${aluminum}${images}case C { ${body}  compare optimization { filter 4 }  refine optimization { filter <|>3 } }`, 'Write `4`', `${boron}${aluminum}${images}case C { ${body}  compare optimization { filter 4 }  refine optimization { filter 4 } }`],
    ['too few starts', `${boron}${aluminum}${images}case C { ${body}  compare optimization { from fra<|>me } }`, 'Add `starts 1`', `${boron}${aluminum}${images}case C { ${body}  compare optimization { from frame  starts 1 } }`],
    ['a test', `${aluminum}material Foam { young 1 GPa  poisson 0.3  expansion 1e-6 1/K }\n${images}case C { white Aluminum  black Foam  from Images  test compression  minimize expan<|>sion along x, y }`, 'Write `test periodic`', `${aluminum}material Foam { young 1 GPa  poisson 0.3  expansion 1e-6 1/K }\n${images}case C { white Aluminum  black Foam  from Images  test periodic  minimize expansion along x, y }`],
  ])('%s', async (_what, marked, title, text) => {
    expect((await actions(marked, 'quickfix', title)).text).toBe(text);
  });

  test('a material that is missing comes from the library, or is begun', async () => {
    const steel = 'case C {\n    white Ste<|>el\n}';
    expect((await actions(steel, 'quickfix')).titles).toEqual(['Import `Steel` from the library', 'Copy `Steel` from the library']);
    expect((await actions(steel, 'quickfix', 'Import `Steel` from the library')).text).toBe('import "xdesign:materials"\ncase C {\n    white Steel\n}');
    expect((await actions(boron + steel, 'quickfix')).titles).toEqual(['Copy `Steel` from the library']);
    expect((await actions(boron + steel, 'quickfix', 'Copy `Steel` from the library')).text).toBe(
      `material Steel { young 210 GPa  poisson 0.3  expansion 12e-6 1/K }\n${boron}case C {\n    white Steel\n}`,
    );
    expect((await actions('case C {\n    white Unobtainium<|>\n}', 'quickfix')).titles).toEqual(['Declare material `Unobtainium` (replace the values)']);
  });

  test('a property that is missing is added where the material is', async () => {
    const text = `import "library.xdesign"\n${images}case C { white Bo<|>ron  black Aluminum  from Images  minimize expansion along x, y }`;
    const { titles, text: after } = await actions(text, 'quickfix', 'Add `expansion 23.6e-6 1/K` to `Boron` (replace the value)', { 'library.xdesign': boron + aluminum });
    expect(titles).toHaveLength(1);
    expect(after).toBe(`material Boron { young 379.3 GPa  poisson 0.3  expansion 23.6e-6 1/K }\n${aluminum}`);
  });
});

describe('comments stay beside what they are about', () => {
  test.each([
    ['behind the last entry', 'material A<|> {\n  young 1 GPa // measured\n}', 'Add `poisson 0.3` (replace the value)', 'material A {\n  young 1 GPa // measured\n  poisson 0.3\n}'],
    ['in one line', 'material A<|> { young 1 GPa /* measured */ }', 'Add `poisson 0.3` (replace the value)', 'material A { young 1 GPa /* measured */  poisson 0.3 }'],
    ['in an empty block', 'material A<|> { /* soon */ }', 'Add `young 68.3 GPa` (replace the value)', 'material A { /* soon */ young 68.3 GPa }'],
    ['behind an import', 'import "library.xdesign" // ours\ncase C { white Ste<|>el }', 'Import `Steel` from the library', 'import "library.xdesign" // ours\nimport "xdesign:materials"\ncase C { white Steel }'],
    ['above a material', `// Boron, as measured.\n${boron}case C { white Ste<|>el }`, 'Copy `Steel` from the library', `material Steel { young 210 GPa  poisson 0.3  expansion 12e-6 1/K }\n// Boron, as measured.\n${boron}case C { white Steel }`],
  ])('%s', async (_what, marked, title, text) => {
    expect((await actions(marked, 'quickfix', title, { 'library.xdesign': 'material Own { young 1 GPa  poisson 0.3 }' })).text).toBe(text);
  });

  test('what would take one with it is not offered', async () => {
    expect((await actions('material A { young 37<|>9.3 /* GPa? */ GPa }', 'refactor.rewrite')).titles).toEqual([]);
    expect((await actions(`${boron}${aluminum}${images}case C { ${body}  subject to fraction in 0.3<|>9 /* a */ .. 0.50 }`, 'quickfix')).titles).toEqual([]);
  });
});

test('what mends a text that is no longer there is not offered', async () => {
  const open = await openText('material A { young 1 Gpa  poisson 0.3 }');
  const [diagnostic] = open.document.diagnostics!;
  const moved = { ...diagnostic!, range: { start: { line: 1, character: 22 }, end: { line: 1, character: 25 } } };
  const request = (each: typeof moved) => open.xdesign.lsp.CodeActionProvider!.getCodeActions(open.document, { ...open, context: { diagnostics: [each] } });
  expect(await request(diagnostic!)).toHaveLength(1);
  expect(await request(moved)).toEqual([]);
});

test('a unit that another number shares, or that names another power of ten, keeps the value of both', async () => {
  const range = (unit: string) => `database D { size 800  fraction 0.3 .. 0.4  fibers 100% { orientation 0 .. 9<|>0 ${unit} } }`;
  const { titles, text } = await actions(range('deg'), 'refactor.rewrite', 'Write `0 .. 1.5707963267949 rad`');
  expect(titles).toEqual(['Write `0 .. 1.5707963267949 rad`', 'Sort and align the entries of `D`']);
  expect(text).toContain('orientation 0 .. 1.5707963267949 rad }');
  expect((await actions(range('mrad').replace('0 .. 9', '10 .. 9'), 'quickfix')).titles).toEqual([]);
  expect((await actions('material A { young 5 mP<|>a  poisson 0.3 }', 'quickfix')).titles).toEqual(['Write `0.005 Pa`']);
  expect((await actions('material A { young 5 TP<|>a  poisson 0.3 }', 'quickfix')).titles).toEqual([]);
  expect((await actions('material A { young 210000 N/m<|>m2  poisson 0.3 }', 'quickfix')).titles).toEqual([]);
  expect((await actions('material A { young 5<|>  poisson 0.3 }', 'quickfix')).titles).toEqual(['Write `5 GPa`', 'Write `5 Pa`', 'Write `5 kPa`', 'Write `5 MPa`', 'Write `5 TPa`']);
});

test('half of a range has no unit to share', async () => {
  const text = 'database A { size 100  fraction{raction 0.3 .. 0.4  fibers { size 100  fraction 0.3 .. 0.4  fibers 100% }';
  for (const { index } of text.matchAll(/\S+/g)) {
    expect((await actions(`${text.slice(0, index + 1)}<|>${text.slice(index + 1)}`, 'refactor.rewrite')).titles.every((title) => title.startsWith('Write'))).toBe(true);
  }
});

describe('a text is rewritten', () => {
  test('in other units', async () => {
    expect((await actions('material A { young 37<|>9.3 GPa }', 'refactor.rewrite')).titles).toEqual(['Write `379300000000 Pa`', 'Write `379300000 kPa`', 'Write `379300 MPa`', 'Write `0.3793 TPa`']);
    expect((await actions('material A { young 37<|>9.3 GPa }', 'refactor.rewrite', 'Write `379300 MPa`')).text).toBe('material A { young 379300 MPa }');
    expect((await actions('case C { learn compact { holdout 2<|>0% } }', 'refactor.rewrite')).titles[0]).toBe('Write `0.2`');
    expect((await actions('case C { learn compact { holdout 0.<|>2 } }', 'refactor.rewrite')).titles[0]).toBe('Write `20%`');
    expect((await actions('material A { poisson 0.<|>3 }', 'refactor.rewrite')).titles).toEqual([]);
  });

  test('to the window of the database', async () => {
    const { text } = await actions(`${boron}${aluminum}${images}case C { ${body}  subject to fraction in 0.<|>39 .. 0.40 }`, 'refactor.rewrite', 'Use the range of `Images`: 38% .. 41%');
    expect(text).toContain('subject to fraction in 38% .. 41% }');
  });

  test('in order and columns', async () => {
    const title = 'Sort and align the entries of `C`';
    const sorted = await actions('case C<|> { compare control  explain gradram { threshold 0.5 }  subject to E > 1 GPa  maximize E along x, y  subject to fraction in 0.38 .. 0.40\nfrom Images test periodic black A  white B }', 'refactor.rewrite', title);
    expect(sorted.text).toMatchInlineSnapshot(`
      "case C {
          white B  black A  from Images

          test periodic
          maximize E along x, y
          subject to E > 1 GPa
          subject to fraction in 0.38 .. 0.40

          explain gradram { threshold 0.5 }
          compare control
      }"
    `);
    expect((await actions('case C<|> { refine optimization { best 3 } compare optimization compare control white A }', 'refactor.rewrite', title)).text).toMatchInlineSnapshot(`
      "case C {
          white A

          compare optimization
          compare control
          refine optimization { best 3 }
      }"
    `);
    expect((await actions(sorted.text.replace('case C', 'case C<|>'), 'refactor.rewrite')).titles).toEqual([]);
    expect((await actions('database D<|> { cells 50% seed 3 fibers 50% fraction 0.3 .. 0.4 size 800 }', 'refactor.rewrite', 'Sort and align the entries of `D`')).text).toMatchInlineSnapshot(`
      "database D {
          size 800    fraction 0.3 .. 0.4  seed 3
          fibers 50%  cells 50%
      }"
    `);
    expect((await actions('material A<|> { poisson 0.3 young 1 GPa }', 'refactor.rewrite', 'Sort and align the entries of `A`')).text).toBe('material A { young 1 GPa  poisson 0.3 }');
    expect((await actions('case C<|> { compare control // why\n white A }', 'refactor.rewrite')).titles).toEqual([]);
  });
});
