import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { URI } from 'langium';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatFile } from '#language/format/layout';
import type { SpecificationFile } from '#language/generated/ast';
import { createXDesignServices } from '#language/xdesign-module';
import { disk, fixturePaths, readText, root } from '#test/language/read-fixture';

const { shared } = createXDesignServices();

/** The formatted text; undefined for a text with syntax errors, which nobody formats. */
function format(text: string, indent = '    '): string | undefined {
  const { value, lexerErrors, parserErrors } = shared.workspace.LangiumDocumentFactory.fromString<SpecificationFile>(text, URI.parse('file:///f.xdesign')).parseResult;
  if (lexerErrors.length + parserErrors.length > 0) return undefined;
  return formatFile(value, { indent }).toReversed().reduce((before, { start, end, text: wanted }) => before.slice(0, start) + wanted + before.slice(end), text);
}

describe('a formatted file', () => {
  test('has its blocks indented, entries two blanks apart, and the rest as it is said', () => {
    expect(format(`

case   C{white  A black B
  from D;maximize E along x ,y}`.replace(';', ' '))).toMatchInlineSnapshot(`
      "case C {
          white A  black B
          from D  maximize E along x, y
      }
      "
    `);
  });

  test('has the blocks of optimizations like others', () => {
    expect(format('case C { refine   optimization{best 10 filter 3\nsymmetry mirror} compare control compare optimization{starts 24 from noise,"cells/a b.png",cosines}}')).toMatchInlineSnapshot(`
      "case C {
          refine optimization {
              best 10  filter 3
              symmetry mirror
          }  compare control  compare optimization { starts 24  from noise, "cells/a b.png", cosines }
      }
      "
    `);
  });

  test('keeps lines, lone blank lines and what is written in one line', () => {
    expect(format('material A { young 1 GPa poisson .3 }\n\n\n\nmaterial B {\n\n  young 2GPa\n\n\n  poisson 0.3\n\n}\n\n\n')).toMatchInlineSnapshot(`
      "material A { young 1 GPa  poisson .3 }

      material B {
          young 2 GPa

          poisson 0.3
      }
      "
    `);
  });

  test('aligns what is written as a table', () => {
    expect(format(`
material Boron {young 379.3 GPa poisson 0.3}
material Aluminum {young 68.3 GPa poisson 0.33 expansion 23.6e-6 1/K}
// others
material Void {young 0.1 MPa poisson 0.25}
database D {
  size 800 resolution 128 fraction 0.38..0.41 seed 7 // so many
  particles 25 % fibers 25% cells 25% spinodal 25%
}
database E {
  size 800 fraction 38% .. 0.41
  fibers 50% { width 3% .. 5% overlap avoided }
  particles 50% { radius 3% overlap allowed }
}`)).toMatchInlineSnapshot(`
  "material Boron    { young 379.3 GPa  poisson 0.3 }
  material Aluminum { young 68.3 GPa   poisson 0.33  expansion 23.6e-6 1/K }
  // others
  material Void { young 0.1 MPa  poisson 0.25 }
  database D {
      size 800       resolution 128  fraction 0.38 .. 0.41  seed 7  // so many
      particles 25%  fibers 25%      cells 25%              spinodal 25%
  }
  database E {
      size 800  fraction 38% .. 0.41
      fibers 50%    { width 3% .. 5%  overlap avoided }
      particles 50% { radius 3%       overlap allowed }
  }
  "
`);
  });

  test('has every comment, where it stood', () => {
    expect(format(`// first
import   "a.xdesign"   // why
/* a
     picture */ material A /* b */ { // c
young 1 GPa /* d */ poisson 0.3
      // e
} // f
/* g */
// h`)).toMatchInlineSnapshot(`
  "// first
  import "a.xdesign"  // why
  /* a
       picture */ material A /* b */ {  // c
      young 1 GPa /* d */ poisson 0.3
      // e
  }  // f
  /* g */
  // h
  "
`);
  });

  test('indents what goes on in the next line, and each declaration has a line', () => {
    expect(format('case C {\nexplain gradram { threshold 0.1,\n0.2,\n0.3\n} subject to\nE > 1 GPa } material A { }', '\t')).toMatchInlineSnapshot(`
      "case C {
      	explain gradram {
      		threshold 0.1,
      			0.2,
      			0.3
      	}  subject to
      		E > 1 GPa
      }
      material A { }
      "
    `);
  });

  test('ends lines as it did, and begins with the mark of its encoding if it did', () => {
    expect(format('\uFEFFmaterial A {\r\nyoung 1 GPa\r\n}')).toBe('\uFEFFmaterial A {\r\n    young 1 GPa\r\n}\r\n');
    expect(format('')).toBe('');
    expect(format(' \n\n')).toBe('');
  });
});

const texts = [...fixturePaths('good'), ...['quickstart', 'paper/stiffness', 'paper/materials', 'paper/expansion'].map((name) => join(root, 'examples', `${name}.xdesign`))].map(
  (path) => readFileSync(path, 'utf8'),
);

/** The same words with other blanks, line breaks and comments between them. */
const respaced = fc
  .tuple(fc.constantFrom(...texts), fc.array(fc.constantFrom(' ', '  ', '\n', '\n\n\n', '\t', '\r\n', ' // c\n', '/* d */', '/* e\n */ ', '\u2028'), { minLength: 20, maxLength: 60 }))
  .map(([text, blanks]) => {
    const words = text.replace(/\/\/.*/g, '').match(/"[^"]*"|[\w.+%°/-]+|\S/g) ?? [];
    return words.map((word, index) => word + blanks[index % blanks.length]!).join('');
  });

test('formatting twice is formatting once, and changes nothing that a file means', () => {
  const meaning = (text: string): object => {
    const { specification, findings } = readText(text);
    const cases = specification?.cases.map((each) => ({ ...each, place: undefined }));
    return { cases, findings: findings.map(({ code, message }) => `${code} ${message.replace(/line \d+/g, '')}`) };
  };
  let formatted = 0;
  fc.assert(
    fc.property(fc.oneof(fc.constantFrom(...texts), respaced), (text) => {
      const once = format(text);
      if (once === undefined) return;
      formatted++;
      expect(format(once)).toBe(once);
      expect(meaning(once)).toEqual(meaning(text));
      const words = (of: string): string => of.replace(/\s+/g, '');
      expect(words(once)).toBe(words(text));
    }),
    { numRuns: 300, seed: 11 },
  );
  expect(formatted).toBeGreaterThan(200);
});

test('what is committed as an example is formatted', () => {
  for (const name of ['quickstart', 'paper/stiffness', 'paper/poisson', 'paper/expansion', 'paper/materials']) {
    const text = disk.read(join(root, 'examples', `${name}.xdesign`))!;
    expect(format(text), name).toBe(text);
  }
});
