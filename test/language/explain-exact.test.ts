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
  test('has scales in place of layers, largest first, and nothing that is learned', () => {
    const { specification, findings } = read('explain exact { outliers top 20%  threshold 0.5, 0.3  scale 3, 12.5  contribution arrangement }');
    expect(findings).toEqual([]);
    const { explain, learning, start } = specification!.cases[0]!.case;
    expect(explain).toEqual({ method: 'exact', scales: [12.5, 3], contribution: 'arrangement', outlierShare: 0.2, thresholds: [0.3, 0.5], intersection: 'binarized' });
    expect(learning).toBeUndefined();
    expect(start).toEqual({ kind: 'random' });
  });

  test('has scales that follow the resolution where it says none', () => {
    expect(readText(`${head}${caseWith('explain exact')}`.replace('resolution 128', 'resolution 32')).specification!.cases[0]!.case.explain).toMatchObject({ scales: [2, 1] });
    expect(read('explain exact').specification!.cases[0]!.case.explain).toMatchObject({ scales: [8, 4], contribution: 'total' });
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
    ['explain layercam { scale 8, 4 }', '`explain layercam` explains by the layers of a network, so it has no `scale`.', 'explain layercam {  }'],
    ['explain gradram { contribution total  layer last }', '`explain gradram` explains by the layers of a network, so it has no `contribution`.', 'explain gradram {   layer last }'],
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

  test('a scale twice, and one that leaves nothing but a spot', () => {
    expect(codes(read('explain exact { scale 8, 4, 8.0 }'))).toEqual(['scale-twice']);
    expect(read('explain exact { scale 32 }').findings).toMatchObject([{ code: 'coarse-map', severity: 'information', fixes: [{ text: 'scale 8, 4' }] }]);
    expect(codes(read('explain exact { scale 32, 8 }'))).toEqual([]);
    expect(codes(read('explain exact { scale 0.2 }'))).toEqual(['value-out-of-range']);
  });

  test('a training cannot start from a case that trains nothing', () => {
    const text = readText(`${head}${caseWith('explain exact', 'A')}${caseWith('learn compact { transfer from A }', 'B')}`);
    expect(codes(text)).toEqual(['transfer-without-network']);
  });
});

describe('studies', () => {
  const settingsOf = (text: ReturnType<typeof readText>) => text.specification!.studies[0]!.variants.map(({ case: { explain, learning } }) => ({ ...explain, network: learning?.network }));

  test('the methods may be varied together: each leaves out what only others have', () => {
    const text = read('learn resnet18 { epochs 3 }  explain gradram { layer last, stage-1  threshold 0.4 }', 'study Methods of C { method gradram, exact }');
    expect(codes(text)).toEqual([]);
    expect(settingsOf(text)).toMatchObject([
      { method: 'grad-ram', layers: ['last', 'stage-1'], thresholds: [0.4], network: 'resnet18' },
      { method: 'exact', scales: [8, 4], thresholds: [0.4] },
    ]);
    expect(settingsOf(text)[1]!.network).toBeUndefined();
  });

  test('a study that varies the method is what `learn` is there for, also after an edit', () => {
    const text = read('learn compact { epochs 3 }  explain exact { scale 6 }', 'study Methods of C { method exact, hirescam }');
    expect(codes(text)).toEqual([]);
    expect(settingsOf(text)).toMatchObject([{ method: 'exact', scales: [6] }, { method: 'hires-cam', layers: ['last'], network: 'compact' }]);
    expect(codes(read('learn compact { epochs 3 }  explain exact { scale 6 }', 'study Scales of C { scale 4, 6 }'))).toContain('entry-without-effect');
  });

  test('scales and contributions are settings; those of a training are not', () => {
    const text = read('explain exact', 'study Forms of C { scale 6, 3  contribution total, arrangement }');
    expect(codes(text)).toEqual([]);
    expect(settingsOf(text).map((explain) => explain.method === 'exact' && [explain.scales, explain.contribution])).toEqual([
      [[6], 'total'], [[6], 'arrangement'], [[3], 'total'], [[3], 'arrangement'],
    ]);
    expect(read('explain exact', 'study Epochs of C { epochs 4, 8 }').findings).toMatchObject([{ code: 'setting-without-effect', message: 'Case `C` has no network, because it explains by `exact`, so `epochs` changes nothing.' }]);
  });

  test('an entry of another method is refused in the variants that have it', () => {
    const { findings } = read('explain gradram', 'study Layers of C { method gradram, exact  layer last, stage-1 }');
    expect(findings.filter(({ code }) => code === 'entry-of-other-method').map(({ message }) => message)).toEqual(['With `method exact`: `explain exact` takes no network, so it has no `layer`.']);
  });
});
