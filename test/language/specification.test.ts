import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { familyDefaults, learnDefaults, optimizationDefaults } from '#language/entries/defaults';
import { readSpecification } from '#language/read-specification';
import type { CaseSpecification } from '#language/specification/specification';
import { disk, fixturePaths, readText, root } from './read-fixture';

const least = `
material Hard { young 100 GPa  poisson 0.3  expansion 1e-6 1/K }
material Soft { young 1 GPa    poisson 0.2  expansion 2e-6 1/K }
database Images { size 1000  fraction 0.3 .. 0.5  cells 100% }`;

function onlyCase(text: string): CaseSpecification['case'] {
  const { specification, findings } = readText(`${least}\ncase Only { white Hard  black Soft  from Images  ${text} }`);
  expect(findings.filter((finding) => finding.severity === 'error')).toEqual([]);
  return specification!.cases[0]!.case;
}

test('every entry arrives in SI, whatever the order in which it is written', () => {
  const path = fixturePaths('good').find((each) => each.endsWith('everything.xdesign'))!;
  const { specification, findings } = readSpecification(path, disk);
  expect(findings).toEqual([]);
  expect(specification!.file).toBe(path);
  const { case: read, ...around } = specification!.cases[0]!;
  expect(around).toEqual({ place: { file: path, start: { line: 14, character: 5 }, end: { line: 14, character: 15 } }, database: 'Rich' });
  expect(read).toEqual({
    name: 'Everything',
    phases: {
      white: { name: 'Boron', youngsModulus: 379.3e9, poissonRatio: 0.3, thermalExpansion: 5e-6 },
      black: { name: 'Soft', youngsModulus: 1.25e9, poissonRatio: -0.9, thermalExpansion: -1.5e-6 },
    },
    database: {
      size: 640,
      resolution: 256,
      fraction: { lower: 0.35, upper: 0.45 },
      seed: 0,
      shares: { particles: 0.2, fibers: 0.3, cells: 0.125, spinodal: 0.375 },
      particles: { radius: { lower: 0.03, upper: 0.07 }, aspect: { lower: 2, upper: 2 }, orientation: { lower: -Math.PI / 6, upper: Math.PI / 6 }, overlap: 'avoided' },
      fibers: { length: { lower: 0.2, upper: 0.6 }, width: { lower: 0.02, upper: 0.04 }, orientation: { lower: 0, upper: 1.5 }, overlap: 'avoided' },
      cells: { kind: 'network', count: { lower: 15, upper: 25 } },
      spinodal: { density: 'ring', wavenumber: { lower: 5, upper: 9 }, bandwidth: { lower: 0.05, upper: 0.2 }, synthesis: 'waves', waves: 500 },
    },
    plane: 'plane-strain',
    test: 'periodic',
    objective: { sense: 'minimize', property: 'thermal-expansion', directions: ['x', 'y'] },
    constraints: [
      { kind: 'difference', property: 'poisson-ratio', limit: 0.2 },
      { kind: 'bound', property: 'youngs-modulus', relation: '>', value: 100 },
      { kind: 'bound', property: 'youngs-modulus', relation: '<', value: 380e9 },
      { kind: 'bound', property: 'thermal-expansion', relation: '<', value: 5e-6 },
      { kind: 'bound', property: 'poisson-ratio', relation: '>', value: -0.5 },
    ],
    learning: {
      network: 'resnet18', properties: ['youngs-modulus', 'poisson-ratio', 'thermal-expansion'], epochs: 3, batchSize: 16, learningRate: 2e-4, optimizer: 'adamw', weightDecay: 0.05,
      schedule: 'constant', directions: 'shared', augmentation: 'symmetries', holdOut: 0.25, validation: 0.1, patience: 4, backend: 'wasm',
    },
    start: { kind: 'file', file: 'weights/start.safetensors', place: { file: path, start: { line: 27, character: 16 }, end: { line: 27, character: 43 } } },
    explain: { method: 'grad-ram', layers: ['conv1', 'last', 'layer2.0.downsample.0', 'stage-1'], outlierShare: 0.125, thresholds: [0.45, 0.7], intersection: 'normalized' },
    construct: { mask: 'region', prune: 2, smallestPatch: 10, thinning: 'guo-hall', fraction: { lower: 0.36, upper: 0.44 }, norm: 3, axes: 'four' },
    optimization: { filter: 2.5, symmetry: 'transpose', best: 4, starts: 7, from: ['images', 'disc', 'pictures', 'cosines'], pictures: [{ file: 'cells/mine.png', place: { file: path, start: { line: 16, character: 56 }, end: { line: 16, character: 72 } } }] },
    pictures: [
      { file: 'designs/*.png', place: { file: path, start: { line: 20, character: 21 }, end: { line: 20, character: 36 } } },
      { file: 'cells/b?.png', place: { file: path, start: { line: 20, character: 38 }, end: { line: 20, character: 52 } } },
    ],
    arms: [
      { name: 'explained', images: 'outliers', proposals: 'regions', construct: 'mirror' },
      { name: 'optimization', proposals: 'starts', construct: 'optimize' },
      { name: 'graph', images: 'outliers', proposals: 'regions', construct: 'graph' },
      { name: 'control', images: 'outliers', proposals: 'random', construct: 'mirror' },
      { name: 'white-share', images: 'outliers', proposals: 'least-white', construct: 'mirror' },
      { name: 'moderate', images: 'moderate', proposals: 'limited-regions', construct: 'mirror' },
      { name: 'pictures', proposals: 'pictures', construct: 'unchanged' },
      { name: 'explained-refined', proposals: 'designs', construct: 'optimize', startFrom: 'explained' },
      { name: 'graph-refined', proposals: 'designs', construct: 'optimize', startFrom: 'graph' },
      { name: 'control-refined', proposals: 'designs', construct: 'optimize', startFrom: 'control' },
      { name: 'white-share-refined', proposals: 'designs', construct: 'optimize', startFrom: 'white-share' },
      { name: 'moderate-refined', proposals: 'designs', construct: 'optimize', startFrom: 'moderate' },
      { name: 'pictures-refined', proposals: 'designs', construct: 'optimize', startFrom: 'pictures' },
    ],
  } satisfies CaseSpecification['case']);
});

describe('what a case does not say', () => {
  test('follows from its objective, its database and the defaults', () => {
    const specification = onlyCase('maximize E along x');
    expect(specification).toMatchObject({
      plane: 'plane-stress',
      test: 'compression',
      constraints: [],
      learning: { network: 'compact', properties: ['youngs-modulus'], epochs: 16, batchSize: 64, learningRate: 0.01, optimizer: 'adamw', weightDecay: 0.01, schedule: 'one-cycle', directions: 'shared', augmentation: 'symmetries', holdOut: 0.2, validation: 0.05, backend: 'auto' },
      start: { kind: 'random' },
      explain: { method: 'grad-ram', layers: ['last'], outlierShare: 0.1, thresholds: [0.5, 0.6, 0.7], intersection: 'binarized' },
      construct: { mask: 'square', prune: 4, smallestPatch: 12, thinning: 'end-preserving', fraction: { lower: 0.3, upper: 0.5 } },
      optimization: { filter: 5, symmetry: 'mirror', best: 10, starts: 24, from: ['noise', 'cosines'] },
      arms: [{ name: 'explained', images: 'outliers', proposals: 'regions', construct: 'mirror' }],
    });
    expect(specification.database).toMatchObject({ seed: 1, resolution: 128, shares: { particles: 0, fibers: 0, cells: 1, spinodal: 0 }, ...familyDefaults });
  });

  test('the learned properties have one order, whichever is the objective and however they are written', () => {
    const learned = (objective: string, properties: string) => onlyCase(`${objective}  learn compact { properties ${properties} }`).learning!;
    expect(learned('maximize poisson along x', 'E').properties).toEqual(['youngs-modulus', 'poisson-ratio']);
    expect(learned('maximize poisson along x', 'poisson, E')).toEqual(learned('maximize E along x', 'E, poisson'));
  });

  test('expansion is measured by heating', () => {
    expect(onlyCase('minimize expansion along x').test).toBe('heating');
    expect(onlyCase('minimize expansion along x  test periodic').test).toBe('periodic');
    expect(onlyCase('minimize poisson along y').test).toBe('compression');
  });

  test('resnet18 has the defaults of the paper', () => {
    expect(onlyCase('maximize E along x  learn resnet18').learning).toEqual({
      network: 'resnet18', properties: ['youngs-modulus'], epochs: 50, batchSize: 32, learningRate: 0.001, optimizer: 'adam', weightDecay: 0,
      schedule: 'decay', directions: 'separate', augmentation: 'none', holdOut: 0.2, validation: 0.05, backend: 'auto',
    });
  });
});

test('squares by the share of white have the most of it where its limit is better, and the least where less is better', () => {
  const proposalsOf = (text: string) => onlyCase(`${text}  compare white-share`).arms[1]?.proposals;
  expect(proposalsOf('maximize E along x, y')).toBe('most-white');
  expect(proposalsOf('minimize E along x, y')).toBe('least-white');
  // No limit is known of this one.
  expect(proposalsOf('minimize poisson along x, y')).toBe('most-white');
  expect(onlyCase('maximize E along x  construct graph  compare white-share').arms[1]).toEqual({ name: 'white-share', images: 'outliers', proposals: 'most-white', construct: 'graph' });
});

describe('optimizations', () => {
  const armsOf = (text: string) => onlyCase(`maximize E along x, y  ${text}`).arms.map(({ name }) => name);
  const optimizationOf = (text: string) => onlyCase(`maximize E along x, y  ${text}`).optimization;

  test('come after the own arm and those that it is compared with; what optimizes is not refined', () => {
    expect(armsOf('refine optimization  compare control')).toEqual(['explained', 'control', 'explained-refined', 'control-refined']);
    expect(armsOf('refine optimization  compare optimization')).toEqual(['explained', 'optimization', 'explained-refined']);
    expect(armsOf('compare optimization  compare control')).toEqual(['explained', 'optimization', 'control']);
    expect(armsOf('compare moderate  compare control')).toEqual(['explained', 'moderate', 'control']);
    expect(armsOf('refine optimization')).toEqual(['explained', 'explained-refined']);
    expect(armsOf('construct graph  compare mirror  refine optimization')).toEqual(['explained', 'mirror', 'explained-refined', 'mirror-refined']);
  });

  test('have the defaults without blocks, and one filter and one symmetry from either block', () => {
    const defaults = { filter: 5, symmetry: 'mirror', best: 10, starts: 24, from: ['noise', 'cosines'] };
    expect(optimizationOf('refine optimization  compare optimization {}')).toEqual(defaults);
    expect(optimizationOf('refine optimization { filter 5 }  compare optimization { symmetry none }')).toEqual({ ...defaults, filter: 5, symmetry: 'none' });
    expect(optimizationOf('refine optimization { symmetry square }  compare optimization { filter 1.5 }')).toEqual({ ...defaults, filter: 1.5, symmetry: 'square' });
    expect(optimizationOf('refine optimization { symmetry square  filter 2 }  compare optimization { filter 2.0  symmetry square }')).toEqual({ ...defaults, filter: 2, symmetry: 'square' });
    expect(optimizationOf('compare optimization { from frame, images  starts 3 }')).toEqual({ ...defaults, from: ['frame', 'images'], starts: 3 });
  });

  test('name PNG files among their sources, which keep their order and their places', () => {
    const { from, pictures } = optimizationOf(`compare optimization { from noise, "a.png", frame, '../b/c.png' }`);
    expect(from).toEqual(['noise', 'pictures', 'frame']);
    expect(pictures!.map(({ file }) => file)).toEqual(['a.png', '../b/c.png']);
    const [first, second] = pictures!.map(({ place }) => place.end.character - place.start.character);
    expect([first, second]).toEqual(['"a.png"'.length, "'../b/c.png'".length]);
    expect(optimizationOf('compare optimization { starts 1  from "noise" }')).toMatchObject({ from: ['pictures'], pictures: [{ file: 'noise' }] });
  });
});

test('a case without `compare pictures` names no pictures, and they are no starts', () => {
  expect(Object.keys(onlyCase('maximize E along x'))).not.toContain('pictures');
  const { pictures, optimization, arms } = onlyCase(`maximize E along x  compare pictures "b.png", "a.png"  compare optimization { from "c.png"  starts 1 }`);
  expect([pictures!.map(({ file }) => file), optimization.pictures!.map(({ file }) => file)]).toEqual([['b.png', 'a.png'], ['c.png']]);
  expect(arms.map(({ name }) => name)).toEqual(['explained', 'pictures', 'optimization']);
});

test('a training that starts from another case has all of that case', () => {
  const { specification } = readSpecification(fixturePaths('good').find((each) => each.endsWith('everything.xdesign'))!, disk);
  const [everything, , transferred] = specification!.cases;
  expect(transferred!.case.start).toEqual({ kind: 'case', case: everything!.case });
});

describe('`construct graph`', () => {
  test('is the construction of every arm from patches, and its entries are those of `mirror`', () => {
    const { arms, construct } = onlyCase('maximize E along x  construct graph { prune 7  mask region }  compare control  refine optimization');
    expect(arms.map((arm) => arm.construct)).toEqual(['graph', 'graph', 'optimize', 'optimize']);
    expect(construct).toEqual(onlyCase('maximize E along x  construct mirror { prune 7  mask region }').construct);
  });

  test('makes cells of any number of white pixels, with struts half as wide as those of mirrored quarters', () => {
    const codesOf = (method: string, fraction: string): string[] =>
      readText(`${least}\ncase Only { white Hard  black Soft  from Images  maximize E along x  construct ${method}  subject to fraction in ${fraction} }`).findings.map(({ code }) => code);
    // 6554 of 128² pixels are no multiple of four.
    expect(codesOf('mirror', '0.40001 .. 0.40003')).toContain('fraction-window-too-narrow');
    expect(codesOf('graph', '0.40001 .. 0.40003')).not.toContain('fraction-window-too-narrow');
    expect(codesOf('graph', '0.40001 .. 0.40002')).toContain('fraction-window-too-narrow');
    expect(codesOf('mirror', '0.012 .. 0.02')).toContain('fraction-beyond-thickening');
    expect(codesOf('graph', '0.012 .. 0.02')).not.toContain('fraction-beyond-thickening');
    expect(codesOf('graph', '0.005 .. 0.011')).toContain('fraction-beyond-thickening');
  });
});

test('feature maps are weighed as the word says', () => {
  const methodOf = (word: string) => onlyCase(`maximize E along x  ${word}`).explain.method;
  expect(['', 'explain gradram', 'explain hirescam', 'explain layercam'].map(methodOf)).toEqual(['grad-ram', 'grad-ram', 'hires-cam', 'layer-cam']);
});

test('adam has no weight decay, even if one is written (a finding says so)', () => {
  expect(onlyCase('maximize E along x  learn compact { optimizer adam  weight-decay 0.3 }').learning!.weightDecay).toBe(0);
  expect(learnDefaults.compact['weight-decay']).toBe(0.01);
});

test('directions and thresholds come in order, so that their order in the file changes no result', () => {
  const specification = onlyCase('maximize E along y, x  explain gradram { threshold 0.7, 0.5 }');
  expect(specification.objective.directions).toEqual(['x', 'y']);
  expect(specification.explain).toMatchObject({ thresholds: [0.5, 0.7] });
});

test('comments and blanks change nothing but places', () => {
  expect(onlyCase('/* a */ maximize // b\n E\n\talong x')).toEqual(onlyCase('maximize E along x'));
});

describe('imports', () => {
  const files: Readonly<Record<string, string>> = {
    'main.xdesign': 'import "lib/materials.xdesign" import "lib/materials.xdesign" import "lib/images.xdesign" case C { white Hard black Soft from Images maximize E along x }',
    'lib/materials.xdesign': 'import "images.xdesign" material Hard { young 100 GPa poisson 0.3 } material Soft { young 1 GPa poisson 0.2 } case Own { white Hard black Soft from Images maximize E along y }',
    'lib/images.xdesign': 'database Images { size 1000 fraction 0.3 .. 0.5 cells 100% }',
  };

  test('bring names; cases are those of the file itself; each file is read once', () => {
    const reads: string[] = [];
    const { specification, findings } = readSpecification('main.xdesign', {
      read: (file) => (reads.push(file), files[file]),
      resolve: (from, target) => (from.startsWith('lib/') ? `lib/${target}` : target),
    });
    expect(findings).toEqual([]);
    expect(specification!.cases.map((each) => each.case.name)).toEqual(['C']);
    expect(specification!.cases[0]).toMatchObject({ database: 'Images', case: { phases: { white: { name: 'Hard' } }, database: { size: 1000 } } });
    expect(reads).toEqual(['main.xdesign', 'lib/materials.xdesign', 'lib/images.xdesign']);
  });

  test('an error in an imported file refuses the specification, in that file', () => {
    const { specification, findings } = readSpecification('main.xdesign', {
      read: (file) => (file === 'lib/images.xdesign' ? files[file]!.replace('1000', '0') : files[file]),
      resolve: (from, target) => (from.startsWith('lib/') ? `lib/${target}` : target),
    });
    expect(specification).toBeUndefined();
    expect(findings.map((finding) => [finding.place.file, finding.code])).toEqual([['lib/images.xdesign', 'value-out-of-range']]);
  });
});

describe('examples', () => {
  const examples = [
    ['quickstart.xdesign', { size: 800, network: 'compact', epochs: 16, property: 'youngs-modulus', sense: 'maximize', test: 'compression' }],
    ['paper/stiffness.xdesign', { size: 20000, network: 'resnet18', epochs: 100, property: 'youngs-modulus', sense: 'maximize', test: 'compression' }],
    ['paper/poisson.xdesign', { size: 20000, network: 'resnet18', epochs: 50, property: 'poisson-ratio', sense: 'maximize', test: 'compression' }],
    ['paper/expansion.xdesign', { size: 20000, network: 'resnet18', epochs: 50, property: 'thermal-expansion', sense: 'minimize', test: 'heating' }],
  ] as const;

  test.each(examples)('%s says what the paper did, in about 30 lines, without a finding', (name, paper) => {
    const path = join(root, 'examples', name);
    const { specification, findings } = readSpecification(path, disk);
    // What the paper did has its limits, and they are told.
    expect(findings.filter(({ severity }) => severity !== 'information')).toEqual([]);
    expect(disk.read(path)!.trimEnd().split('\n').length).toBeLessThanOrEqual(30);
    const [only, ...others] = specification!.cases;
    expect(others).toEqual([]);
    const { database, learning, objective, explain, construct, constraints, arms, plane } = only!.case;
    expect({ size: database.size, network: learning!.network, epochs: learning!.epochs, property: objective.property, sense: objective.sense, test: only!.case.test }).toEqual(paper);
    expect({ resolution: database.resolution, fraction: database.fraction }).toEqual({ resolution: 128, fraction: { lower: 0.38, upper: 0.41 } });
    expect(constraints).toEqual([{ kind: 'difference', property: paper.property, limit: 0.1 }]);
    expect({ share: explain.outlierShare, fraction: construct.fraction, arms: arms.map(({ name, proposals }) => [name, proposals]), plane, directions: objective.directions, holdOut: learning!.holdOut }).toEqual({
      share: 0.1, fraction: { lower: 0.39, upper: 0.4 }, arms: [['explained', 'regions'], ['control', 'random']], plane: 'plane-stress', directions: ['x', 'y'], holdOut: 0.2,
    });
    if (paper.network === 'resnet18') {
      expect(learning).toMatchObject({ batchSize: 32, optimizer: 'adam', schedule: 'decay', directions: 'separate', augmentation: 'none' });
    }
  });

  test('paper/compact.xdesign has the cases of the paper with another network, each with a training of its own', () => {
    const { specification, findings } = readSpecification(join(root, 'examples/paper/compact.xdesign'), disk);
    expect(findings.filter(({ severity }) => severity !== 'information')).toEqual([]);
    const cases = specification!.cases.map((each) => each.case);
    for (const [i, file] of ['stiffness', 'poisson', 'expansion'].entries()) {
      const alike = ({ database, phases, plane, test, objective, constraints, construct, arms }: CaseSpecification['case']) => ({ database, phases, plane, test, objective, constraints, construct, arms });
      expect(alike(cases[i]!)).toEqual(alike(readSpecification(join(root, `examples/paper/${file}.xdesign`), disk).specification!.cases[0]!.case));
    }
    expect(cases.map(({ learning }) => learning!.properties)).toEqual([['youngs-modulus'], ['poisson-ratio'], ['thermal-expansion']]);
  });

  test('optimization/stiffness.xdesign refines both arms and compares them with starts of their own, without a finding', () => {
    const { specification, findings } = readSpecification(join(root, 'examples/optimization/stiffness.xdesign'), disk);
    expect(findings).toEqual([]);
    const { arms, optimization, database } = specification!.cases[0]!.case;
    expect(arms.map(({ name }) => name)).toEqual(['explained', 'control', 'optimization', 'explained-refined', 'control-refined']);
    expect(optimization).toEqual({ ...optimizationDefaults, best: 20, starts: 61, from: ['noise', 'cosines', 'frame', 'images'] });
    expect(database.size).toBe(800);
  });

  test('the materials are those of the paper', () => {
    const phasesOf = (name: string) => {
      const { white, black } = readSpecification(join(root, 'examples', name), disk).specification!.cases[0]!.case.phases;
      return [white, black].map(({ youngsModulus, poissonRatio, thermalExpansion }) => [youngsModulus, poissonRatio, thermalExpansion]);
    };
    const boronInAluminum = [[379_300e6, 0.3, undefined], [68_300e6, 0.3, undefined]];
    expect(phasesOf('quickstart.xdesign')).toEqual(boronInAluminum);
    expect(phasesOf('paper/stiffness.xdesign')).toEqual(boronInAluminum);
    expect(phasesOf('paper/poisson.xdesign')).toEqual(boronInAluminum);
    expect(phasesOf('paper/expansion.xdesign')).toEqual([[68_300e6, 0.33, 23.6e-6], [0.1e6, 0.25, 1e-15]]);
  });
});
