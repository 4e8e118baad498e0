/* `explain exact`: a case without a network, its own entries, and studies that vary the method. */
import { describe, expect, test } from 'vitest';
import { readText } from './read-fixture';

const head = `material Boron { young 379.3 GPa  poisson 0.3 }
material Aluminum { young 68.3 GPa  poisson 0.3 }
database Images { size 800  resolution 128  fraction 0.38 .. 0.41  seed 7  cells 100% }
`;
const caseWith = (entries: string, name = 'C', database = 'Images'): string => `case ${name} { white Boron  black Aluminum  from ${database}  maximize E along x, y  ${entries} }\n`;
const read = (entries: string, more = '') => readText(`${head}${caseWith(entries)}${more}`);
const codes = (text: ReturnType<typeof readText>): string[] => text.findings.map(({ code }) => code);

describe('a case', () => {
  test('has squares in place of layers, smallest first, and nothing that is learned', () => {
    const { specification, findings } = read('explain exact { outliers top 20%  edge 24, 16  squares 3  contribution total }');
    expect(findings).toEqual([]);
    const { explain, learning, start } = specification!.cases[0]!.case;
    expect(explain).toEqual({ method: 'exact', edges: [16, 24], contribution: 'total', outlierShare: 0.2, squares: 3 });
    expect(learning).toBeUndefined();
    expect(start).toEqual({ kind: 'random' });
  });

  test('has squares that follow the resolution where it says none', () => {
    const edgesAt = (resolution: number) => readText(`${head}${caseWith('explain exact')}`.replace('resolution 128', `resolution ${resolution}`)).specification!.cases[0]!.case.explain;
    expect(edgesAt(128)).toMatchObject({ edges: [12, 14, 16, 18, 20, 24, 28, 32], squares: 1 });
    expect(edgesAt(256)).toMatchObject({ edges: [24, 28, 32, 36, 40, 48, 56, 64] });
    // None is smaller than a patch may be.
    expect(edgesAt(32)).toMatchObject({ edges: [12] });
    expect(edgesAt(64)).toMatchObject({ edges: [12, 14, 16] });
  });

  test.each([
    ['maximize E along x, y', 'efficiency'],
    ['maximize poisson along x, y', 'arrangement'],
    ['minimize poisson along x, y', 'arrangement'],
    ['minimize expansion along x, y', 'total'],
  ])('that should %s compares the %s of squares where it does not say', (objective, contribution) => {
    const text = `${head}${caseWith('explain exact').replace('maximize E along x, y', objective)}`.replace('poisson 0.3 }', 'poisson 0.3  expansion 5e-6 1/K }').replace('poisson 0.3 }', 'poisson 0.3  expansion 23e-6 1/K }');
    expect(readText(text).specification!.cases[0]!.case.explain).toMatchObject({ contribution });
  });

  test('needs no images to train on', () => {
    const few = (entries: string) => codes(readText(`${head}database Few { size 40  fraction 0.38 .. 0.41  cells 100% }\n${caseWith(entries, 'C', 'Few')}`));
    expect(few('explain gradram { outliers top 50% }')).toContain('too-few-images');
    expect(few('explain exact { outliers top 50% }')).not.toContain('too-few-images');
    const { findings } = readText(`${head}database Few { size 40  fraction 0.38 .. 0.41  cells 100% }\n${caseWith('explain exact { outliers top 10% }', 'C', 'Few')}`);
    expect(findings.find(({ code }) => code === 'too-few-outliers')!.remedy).toContain('at least 200 images');
  });

  test('asks for an expansion that the test does not measure, and is refused', () => {
    expect(codes(readText(`${head}${caseWith('explain exact  test compression').replace('maximize E', 'minimize expansion')}`))).toContain('property-not-tested');
  });
});

describe('findings', () => {
  test.each([
    ['explain exact { layer last, stage-1 }', '`explain exact` takes no network, so it has no `layer`.', 'explain exact {  }'],
    ['explain exact { edge 16  threshold 0.5 }', '`explain exact` takes no network, so it has no `threshold`.', 'explain exact { edge 16   }'],
    ['explain exact { intersect normalized }', '`explain exact` takes no network, so it has no `intersect`.', 'explain exact {  }'],
    ['explain layercam { edge 16, 24 }', '`explain layercam` explains by the maps of a network, so it has no `edge`.', 'explain layercam {  }'],
    ['explain gradram { contribution total  layer last }', '`explain gradram` explains by the maps of a network, so it has no `contribution`.', 'explain gradram {   layer last }'],
  ])('%s is refused, and the fix removes the entry', (entries, message, fixed) => {
    const { findings, specification } = read(entries);
    expect(specification).toBeUndefined();
    expect(findings).toMatchObject([{ code: 'entry-of-other-method', severity: 'error', message }]);
    const { range, text } = findings[0]!.fixes![0]!;
    const lines = `${head}${caseWith(entries)}`.split('\n');
    const line = lines[range.start.line]!;
    expect(line.slice(0, range.start.character) + text + line.slice(range.end.character)).toContain(fixed);
  });

  test('layers that the network does not have are not reported besides', () => {
    expect(codes(read('explain exact { layer stage-3, stage-3 }'))).toEqual(['entry-of-other-method']);
  });

  test('`learn` has no effect: a warning, and a fix that removes it', () => {
    const { findings, specification } = read('learn resnet18 { epochs 3  patience 2  schedule one-cycle }  explain exact');
    expect(findings).toMatchObject([{ code: 'entry-without-effect', severity: 'warning', fixes: [{ title: 'Delete `learn`', text: '' }] }]);
    expect(specification!.cases[0]!.case.learning).toBeUndefined();
  });

  test('an edge twice, one larger than the image, one smaller than a patch may be', () => {
    expect(codes(read('explain exact { edge 24, 16, 24.0 }'))).toEqual(['edge-twice']);
    expect(read('explain exact { edge 16, 129 }').findings).toMatchObject([{ code: 'patch-larger-than-image', severity: 'error', message: 'No square of 129 pixels fits into an image of 128.', fixes: [{ text: '128' }] }]);
    expect(read('explain exact { edge 8, 16 }').findings).toMatchObject([{ code: 'edge-below-patch', severity: 'warning', fixes: [{ text: '12' }] }]);
    expect(codes(read('explain exact { edge 8, 128 }  construct mirror { patch 8 }'))).toEqual([]);
    expect(codes(read('explain exact { edge 16.5 }'))).toEqual(['not-a-whole-number']);
  });

  test('a training cannot start from a case that trains nothing', () => {
    const text = readText(`${head}${caseWith('explain exact', 'A')}${caseWith('learn compact { transfer from A }', 'B')}`);
    expect(codes(text)).toEqual(['transfer-without-network']);
  });
});

describe('studies', () => {
  const settingsOf = (text: ReturnType<typeof readText>) => text.specification!.studies[0]!.variants.map(({ case: { explain, learning } }) => ({ ...explain, network: learning?.network }));

  test('the methods may be varied together: each leaves out what only others have', () => {
    const text = read('learn resnet18 { epochs 3 }  explain gradram { layer last, stage-1  threshold 0.4  intersect normalized }', 'study Methods of C { method gradram, exact }');
    expect(codes(text)).toEqual([]);
    expect(settingsOf(text)).toMatchObject([
      { method: 'grad-ram', layers: ['last', 'stage-1'], thresholds: [0.4], network: 'resnet18' },
      { method: 'exact', edges: [12, 14, 16, 18, 20, 24, 28, 32], contribution: 'efficiency' },
    ]);
    expect(settingsOf(text)[1]!.network).toBeUndefined();
  });

  test('a study that varies the method is what `learn` is there for, also after an edit', () => {
    const text = read('learn compact { epochs 3 }  explain exact { edge 16 }', 'study Methods of C { method exact, hirescam }');
    expect(codes(text)).toEqual([]);
    expect(settingsOf(text)).toMatchObject([{ method: 'exact', edges: [16] }, { method: 'hires-cam', layers: ['last'], network: 'compact' }]);
    expect(codes(read('learn compact { epochs 3 }  explain exact { edge 16 }', 'study Squares of C { edge 16, 24 }'))).toContain('entry-without-effect');
  });

  test('squares and contributions are settings; those of a training are not', () => {
    const text = read('explain exact', 'study Forms of C { edge 24, 16  contribution total, arrangement }');
    expect(codes(text)).toEqual([]);
    expect(settingsOf(text).map((explain) => explain.method === 'exact' && [explain.edges, explain.contribution])).toEqual([
      [[24], 'total'], [[24], 'arrangement'], [[16], 'total'], [[16], 'arrangement'],
    ]);
    expect(read('explain exact', 'study Epochs of C { epochs 4, 8 }').findings).toMatchObject([{ code: 'setting-without-effect', message: 'Case `C` has no network, because it explains by `exact`, so `epochs` changes nothing.' }]);
  });

  test('an entry of another method is refused in the variants that have it', () => {
    const { findings } = read('explain gradram', 'study Layers of C { method gradram, exact  layer last, stage-1 }');
    expect(findings.filter(({ code }) => code === 'entry-of-other-method').map(({ message }) => message)).toEqual(['With `method exact`: `explain exact` takes no network, so it has no `layer`.']);
  });
});
