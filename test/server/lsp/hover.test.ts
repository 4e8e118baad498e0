import { describe, expect, test } from 'vitest';
import type { MarkupContent } from 'vscode-languageserver';
import type { LastResult } from '#server/last-results';
import { openText } from '#test/server/open-text';

const declarations = `// Table 3 of the paper.
material Boron { young 379.3 GPa  poisson 0.3 }
material Aluminum { young 68.3 GPa  poisson 0.33  expansion 23.6e-6 1/K }
material Foam { young 0.1 MPa  poisson 0.25  expansion 1e-15 1/K }
database Images { size 800  fraction 0.38 .. 0.41  cells 60% { count 20 }  spinodal 40% }
`;

async function hover(marked: string, last?: LastResult): Promise<string | undefined> {
  const open = await openText(declarations + marked, {}, { results: { of: () => last, hasStudyReport: () => false, onChange: () => undefined } });
  const found = await open.xdesign.lsp.HoverProvider!.getHoverContent(open.document, open);
  return (found?.contents as MarkupContent | undefined)?.value;
}

const body = 'white Boron  black Aluminum  from Images';

describe('a pointer on', () => {
  test('a quantity shows it in other units', async () => {
    expect(await hover('material A { young 37<|>9.3 GPa  poisson 0.3 }')).toMatchInlineSnapshot(`
      "379300000000 Pa = 379300000 kPa = 379300 MPa = 379.3 GPa = 0.3793 TPa

      It is a stress above 0 Pa."
    `);
    expect(await hover('case C { explain gradram { outliers top 12.<|>5% } }')).toMatchInlineSnapshot(`
      "12.5% = 0.125

      It is a share above 0% and at most 50%."
    `);
    expect(await hover('database D { fibers 20% { orientation <|>0 .. 90 deg } }')).toMatchInlineSnapshot(`
      "0 rad = 0 deg

      It is an angle."
    `);
    expect(await hover('case C { subject to expansion < 2<|>e-6 1/K }')).toMatchInlineSnapshot(`
      "0.000002 1/K = 2 ppm/K

      It is an expansion."
    `);
    expect(await hover('case C { learn compact { epochs 1<|>6 } }')).toMatchInlineSnapshot(`"It is a whole number at least 1 and at most 100000."`);
  });

  test('a material shows its moduli and its source', async () => {
    expect(await hover('case C { white Bo<|>ron }')).toMatchInlineSnapshot(`
      "**Boron**: E 379.3 GPa, ν 0.3

      | | bulk k | shear μ | Lamé λ |
      |---|---|---|---|
      | solid | 316.1 GPa | 145.9 GPa | 218.8 GPa |
      | plane stress | 270.9 GPa | 145.9 GPa | 125 GPa |
      | plane strain | 364.7 GPa | 145.9 GPa | 218.8 GPa |

      Table 3 of the paper."
    `);
    expect(await hover('material Ste<|>el { young 210 GPa  poisson 0.3  expansion 12e-6 1/K }')).toMatchInlineSnapshot(`
      "**Steel**: E 210 GPa, ν 0.3, expands by 12e-6 /K

      | | bulk k | shear μ | Lamé λ |
      |---|---|---|---|
      | solid | 175 GPa | 80.77 GPa | 121.2 GPa |
      | plane stress | 150 GPa | 80.77 GPa | 69.23 GPa |
      | plane strain | 201.9 GPa | 80.77 GPa | 121.2 GPa |"
    `);
  });

  test('a database shows what it holds', async () => {
    expect(await hover('case C { from Ima<|>ges }')).toMatchInlineSnapshot(`
      "**Images**: 800 images of 128 × 128 pixels, 38% .. 41% white

      cells 60%, spinodal 40%"
    `);
  });

  test('a case shows bounds and limits at its fraction, and what it has reached', async () => {
    expect(await hover(`case C<|>1 { ${body}  maximize E along x, y  subject to fraction in 0.39 .. 0.40 }`, { state: 'finished', hasReport: true, best: { value: 152.1e9, percentOfLimit: 96.2 } })).toMatchInlineSnapshot(`
      "**C1**: maximize E along x, y with 39% .. 40% white

      | | | |
      |---|---|---|
      | limit, \`test compression\` | 158.8 GPa | rank-2 laminate at 0°/90°, stiff phase as matrix; laminates come arbitrarily close |
      | any arrangement | 100.4 GPa .. 192.7 GPa | uniform stress (Reuss) and strain (Voigt), in one direction |

      Best design of the last run: 152.1 GPa, 96.2% of the limit."
    `);
    expect(await hover('case C<|>2 { white Aluminum  black Foam  from Images  minimize expansion along x, y }')).toMatchInlineSnapshot(`
      "**C2**: minimize expansion along x, y with 38% .. 41% white

      | | | |
      |---|---|---|
      | limit, \`test heating\` | 8.968e-6 /K | uniform stress (Reuss); whether a cell reaches it is not known |
      | limit, \`test periodic\` | 11.68e-6 /K | smallest bulk modulus (Hashin–Shtrikman); laminates come arbitrarily close |"
    `);
    expect(await hover(`case C<|>3 { ${body}  minimize poisson along x, y }`)).toMatchInlineSnapshot(`
      "**C3**: minimize poisson along x, y with 38% .. 41% white

      No limit is known for this objective and test."
    `);
  });

  test('a property shows its definition and its tests', async () => {
    expect(await hover('case C { maximize E<|> along x }')).toMatchInlineSnapshot(`
      "**Young's modulus** \`E\`. Stress along a direction over the strain along it, all else free: 1/S₁₁ of the effective compliance (of the plane, in plane strain).

      \`compression\` measures it by pushing an edge, \`heating\` likewise; \`periodic\` derives it from the effective stiffness."
    `);
    expect(await hover('case C { subject to difference(expan<|>sion) < 10% }')).toMatchInlineSnapshot(`
      "**Thermal expansion** \`expansion\`. Strain along a direction per kelvin of uniform heating.

      \`heating\` measures it with free edges, \`periodic\` under periodicity, where it follows from the effective stiffness (Levin 1967). \`compression\` does not measure it."
    `);
  });

  test('a word shows its meaning and its default', async () => {
    expect(await hover('case C { learn resnet18 { epo<|>chs 3 } }')).toMatchInlineSnapshot(`"\`epochs\`: Passes over the training images. Takes a whole number at least 1 and at most 100000. Default: \`50\`."`);
    expect(await hover('database D { fib<|>ers 20% }')).toMatchInlineSnapshot(`"\`fibers\`: Straight fibers with round ends. Its share of the images follows."`);
    expect(await hover('database D { spinodal 20% { density di<|>sc } }')).toMatchInlineSnapshot(`"\`density disc\`: All wavenumbers up to an edge."`);
    expect(await hover('case C { test peri<|>odic }')).toMatchInlineSnapshot(`"\`test periodic\`: The image repeats periodically; measures all three, and the shear modulus."`);
    expect(await hover('case C { te<|>st periodic }')).toMatchInlineSnapshot(`"\`test\`: the virtual test of every image and design. Default: \`compression\` for \`E\` and \`poisson\`, \`heating\` for \`expansion\`."`);
    expect(await hover('case C { subj<|>ect to fraction in 0.3 .. 0.4 }')).toMatchInlineSnapshot(`"\`subject to fraction in 0.39 .. 0.40\`: Range of the volume fraction of white in a design. Default: the database's."`);
    expect(await hover('case C { comp<|>are control }')).toMatchInlineSnapshot(`"\`compare control\`, \`compare white-share\`, \`compare mirror\`, \`compare graph\`, \`compare moderate\`, \`compare optimization\`, \`compare pictures "FILES"\`: Also makes designs in another way, to measure what the explanation adds: from as many random patches, from squares chosen by their share of white alone, by the other construction from the same patches, from images that are not exceptional, by topology optimization of starts that no design inspired, or from PNG files, each of them a cell. Several may be given. Default: no comparison."`);
    expect(await hover('case C { compare cont<|>rol }')).toMatchInlineSnapshot(`"\`compare control\`: Also makes designs from as many random patches as the explanation gives."`);
    expect(await hover('case C { comp<|>are optimization { starts 3 } }')).toMatchInlineSnapshot(`"\`compare control\`, \`compare white-share\`, \`compare mirror\`, \`compare graph\`, \`compare moderate\`, \`compare optimization\`, \`compare pictures "FILES"\`: Also makes designs in another way, to measure what the explanation adds: from as many random patches, from squares chosen by their share of white alone, by the other construction from the same patches, from images that are not exceptional, by topology optimization of starts that no design inspired, or from PNG files, each of them a cell. Several may be given. Default: no comparison. A block in braces may set: \`starts\`, \`from\`, \`filter\`, \`symmetry\`."`);
    expect(await hover('case C { compare optimi<|>zation { starts 3 } }')).toMatchInlineSnapshot(`"\`compare optimization\`: Also makes designs by topology optimization of starts that no design inspired."`);
    expect(await hover('case C { compare optimization { st<|>arts 3 } }')).toMatchInlineSnapshot(`"\`starts\`: Number of starts, taken from the sources by turns. Takes a whole number at least 1 and at most 1000. Default: \`24\`."`);
    expect(await hover('case C { compare optimization { from noise, ima<|>ges } }')).toMatchInlineSnapshot(`"\`from images\`: The best images of the database."`);
    expect(await hover('case C { compare optimization { fr<|>om noise, images } }')).toMatchInlineSnapshot(`"\`from\`: Sources of the starts. Default: \`noise, cosines\`."`);
    expect(await hover('case C { ref<|>ine optimization }')).toMatchInlineSnapshot(`"\`refine optimization\`: The best designs of each arm go on as starts of topology optimizations. Default: no refinement. A block in braces may set: \`best\`, \`filter\`, \`symmetry\`."`);
    expect(await hover('case C { refine optimization { fil<|>ter 3 } }')).toMatchInlineSnapshot(`"\`filter\`: Radius of the density filter in pixels; a larger one gives coarser cells. Takes a number at least 1.5 and at most 64. Default: \`5\`."`);
    expect(await hover('case C { refine optimization { filter 3<|> } }')).toMatchInlineSnapshot(`"It is a number at least 1.5 and at most 64."`);
    expect(await hover('case C { refine optimization { symmetry trans<|>pose } }')).toMatchInlineSnapshot(`"\`symmetry transpose\`: Of the exchange of x and y alone. Both directions are equal."`);
    expect(await hover('case C { black vo<|>id }')).toMatch(/^`void`: No stiffness at all/);
    expect(await hover('case C { explain ex<|>act }')).toMatchInlineSnapshot(`"\`explain exact\`: No network: the squares that contribute most by the finite elements. Nothing is trained, and the case needs no \`learn\`."`);
    expect(await hover('case C { ex<|>plain exact }')).toContain('may set: `outliers`, `edge`, `squares`, `contribution`.');
    expect(await hover('case C { ex<|>plain gradram }')).toContain('may set: `outliers`, `threshold`, `layer`, `intersect`.');
    expect(await hover('case C { explain exact { ed<|>ge 16 } }')).toContain('Takes a list: whole number at least 4 and at most 1024. Default: `12, 14, 16, 18, 20, 24, 28, 32` at 128 pixels.');
    expect(await hover('case C { explain exact { contribution eff<|>iciency } }')).toBe('`contribution efficiency`: How much more a white pixel of it does than a black one.');
    expect(await hover('case C { explain layer<|>cam }')).toMatchInlineSnapshot(`"\`explain layercam\`: The same, with positive gradients only."`);
  });

  test('nothing shows nothing', async () => {
    expect(await hover('<|>\n')).toBeUndefined();
    expect(await hover('// case<|> C')).toBeUndefined();
  });
});
