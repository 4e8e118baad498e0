/* The stepper: symmetry, fraction, stopping, resuming, what it refuses, and optima that other programs re-test. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { attainableLimit } from '#domain/limits';
import { isSingleStart, optimizationSymmetries, startFamilies } from '#domain/optimization';
import { createRng } from '#engine/core/rng';
import { createVirtualTester } from '#engine/fem/virtual-tests/run-virtual-test';
import { enlarge, imageOf } from '#engine/grid/image-2d';
import { createOptimizer } from '#engine/optimization/optimizer';
import { startOfFamily, startOfImage } from '#engine/optimization/starts';
import { decodeState, encodeState, type OptimizationState } from '#engine/optimization/state';
import { optimize, optimizerOf, problemOf, randomStart, startedState, unlikePhases, type ProblemParts } from '#test/support/optimization-problem';
import { aluminumInFoam, boronInAluminum } from '#test/support/virtual-test-phases';

const count = (data: Uint8Array): number => data.reduce((sum, bit) => sum + bit, 0);

describe.each(optimizationSymmetries)('symmetry %s', (symmetry) => {
  test.each(startFamilies)('from %s: an exact fraction inside the window, with whole orbits', (family) => {
    for (const window of [{ lower: 0.38, upper: 0.4 }, { lower: 0.379, upper: 0.383 }]) {
      const optimizer = optimizerOf({ resolution: 32, window }, { symmetry });
      const start = startOfFamily(family, optimizer.orbits, 0.39, createRng(3));
      let state = startedState(optimizer, start);
      for (let k = 0; k < 6; k++) state = optimizer.advance(state);
      const { data } = optimizer.cell(state);
      expect(count(data) / 1024).toBeGreaterThanOrEqual(window.lower);
      expect(count(data) / 1024).toBeLessThanOrEqual(window.upper);
      const { orbitOf, first } = optimizer.orbits;
      data.forEach((bit, p) => expect(bit).toBe(data[first[orbitOf[p]!]!]));
    }
  });
});

test('starts are fixed by family and stream, have their fraction, and differ between seeds', () => {
  const { orbits } = optimizerOf({ resolution: 32 }, { symmetry: 'mirror' });
  for (const family of startFamilies) {
    const at = (seed: number): Float64Array => startOfFamily(family, orbits, 0.4, createRng(seed)).densities;
    expect(at(1)).toEqual(at(1));
    expect(at(1).reduce((sum, x) => sum + x, 0) / 1024).toBeCloseTo(0.4, 1);
    const others = [2, 3, 4, 5, 6, 7, 8, 9].map(at).filter((each) => each.some((x, p) => x !== at(1)[p]));
    expect(others.length > 0).toBe(!isSingleStart(family));
    expect(Math.min(...at(1))).toBeGreaterThanOrEqual(0);
    expect(Math.max(...at(1))).toBeLessThanOrEqual(1);
  }
});

test('a start from an optimum stays there', () => {
  const optimizer = optimizerOf({ resolution: 32, window: { lower: 0.38, upper: 0.4 } });
  const first = optimizer.cell(optimize(optimizer, startOfFamily('frame', optimizer.orbits, 0.4, createRng(1))));
  const again = optimizer.cell(optimize(optimizer, startOfImage(first, optimizer.orbits)));
  const tester = createVirtualTester(32, boronInAluminum, { kind: 'periodic', plane: 'plane-stress' });
  const [one, other] = [first, again].map((cell) => tester.run(cell).youngsModulus!.x) as [number, number];
  expect(Math.abs(other / one - 1)).toBeLessThan(2e-3);
  expect(first.data.reduce((sum, bit, p) => sum + Number(bit !== again.data[p]), 0)).toBeLessThan(30);
});

test('details of one pixel survive: a laminate of a laminate gets better', () => {
  const n = 64;
  // A wall, and rows of one pixel between the walls: two scales.
  const wall = 15;
  const picture = imageOf('binary', n, n, Uint8Array.from({ length: n * n }, (_, p) => Number(p % n < wall || Math.floor(p / n) % 5 === 0)));
  const optimizer = optimizerOf({ resolution: n, window: { lower: 0.38, upper: 0.4 } }, { symmetry: 'none', filter: 1.5 });
  const cell = optimizer.cell(optimize(optimizer, startOfImage(picture, optimizer.orbits)));
  const tester = createVirtualTester(n, boronInAluminum, { kind: 'periodic', plane: 'plane-stress' });
  const worst = ({ x, y }: { readonly x: number; readonly y: number }): number => Math.min(x, y);
  const [before, after] = [picture, cell].map((each) => worst(tester.run(each).youngsModulus!)) as [number, number];
  expect(after).toBeGreaterThan(before);
  expect(after).toBeGreaterThan(156e9);
});

test.each([
  // Of the limits at the cell's fraction; Poisson's ratio at twice the resolution, since stairs of one pixel read too high.
  { property: 'youngs-modulus', symmetry: 'mirror', share: 0.99 },
  { property: 'poisson-ratio', symmetry: 'transpose', share: 0.955 },
] as const)('from laminates, optima have two scales: $property', ({ property, symmetry, share }) => {
  const n = 128;
  const window = { lower: 0.38, upper: 0.4 };
  const optimizer = optimizerOf({ resolution: n, property, window }, { symmetry, filter: 1.5 });
  const cell = enlarge(optimizer.cell(optimize(optimizer, startOfFamily('laminates', optimizer.orbits, 0.4, createRng(1)))), 2);
  const measured = createVirtualTester(2 * n, boronInAluminum, { kind: 'periodic', plane: 'plane-stress' }).run(cell);
  const { x, y } = property === 'youngs-modulus' ? measured.youngsModulus! : measured.poissonRatio!;
  const limit = attainableLimit({ phases: boronInAluminum, plane: 'plane-stress', volumeFraction: measured.volumeFraction, property, sense: 'maximize', test: 'periodic' })!;
  expect(Math.min(x, y)).toBeGreaterThan(share * limit.value);
});

test('a small Poisson’s ratio around a void stays in the cell of two phases', () => {
  const phases = { white: boronInAluminum.white, black: { name: 'void', youngsModulus: 0, poissonRatio: 0, thermalExpansion: 0 } };
  const found = [1, 2, 3].map((seed) => {
    const optimizer = optimizerOf({ resolution: 64, phases, sense: 'minimize', property: 'poisson-ratio', window: { lower: 0.38, upper: 0.4 }, constraints: [{ kind: 'bound', property: 'youngs-modulus', relation: '>', value: 8e9 }] }, { filter: 2 });
    const cell = optimizer.cell(optimize(optimizer, startOfFamily('noise', optimizer.orbits, 0.4, createRng(seed))));
    const { youngsModulus, poissonRatio } = createVirtualTester(64, phases, { kind: 'periodic', plane: 'plane-stress' }).run(cell);
    return { E: youngsModulus!.x, nu: poissonRatio?.x ?? NaN };
  });
  for (const { E, nu } of found) {
    expect(nu).toBeLessThan(-0.75);
    expect(E).toBeGreaterThan(6.2e9);
  }
});

test('the last value belongs to the densities that a run ends with', () => {
  const optimizer = optimizerOf({}, { symmetry: 'mirror' });
  const state = optimize(optimizer, randomStart(16));
  const { objectives } = optimizer.linearize(state, 1e-12);
  expect(Math.abs(-Math.max(...objectives.map(({ value }) => value)) / state.values.at(-1)! - 1)).toBeLessThan(1e-7);
});

test('the objective rises, and ends far above the start, in every test', () => {
  for (const parts of [{ test: 'compression' }, { test: 'periodic', property: 'poisson-ratio' }, { test: 'heating', property: 'thermal-expansion', sense: 'minimize' }] as const) {
    const optimizer = optimizerOf({ resolution: 16, phases: unlikePhases, ...parts }, { symmetry: 'mirror' });
    const { values } = optimize(optimizer, randomStart(16));
    const sign = 'sense' in parts ? -1 : 1;
    expect(sign * (values.at(-1)! - values[0]!) / Math.abs(values[0]!), parts.test).toBeGreaterThan(0.02);
  }
});

test('constraints hold at the end', () => {
  const bound = 0.28;
  const optimizer = optimizerOf({ resolution: 32, constraints: [{ kind: 'bound', property: 'poisson-ratio', relation: '<', value: bound }, { kind: 'difference', property: 'youngs-modulus', limit: 0.05 }], window: { lower: 0.38, upper: 0.4 } }, { symmetry: 'mirror' });
  const state = optimize(optimizer, randomStart(32));
  const { constraints } = optimizer.linearize(state);
  for (const { value, gradient } of constraints) expect(value / gradient.reduce((largest, each) => Math.max(largest, Math.abs(each)), 0)).toBeLessThan(0.05);
});

describe('resuming', () => {
  const flatten = (state: OptimizationState): unknown => {
    const { header, arrays } = encodeState(state);
    return [JSON.parse(JSON.stringify(header)), Object.entries(arrays).map(([name, values]) => [name, Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('hex')])];
  };
  const cases: readonly ProblemParts[] = [
    { test: 'periodic' },
    { test: 'compression', property: 'poisson-ratio' },
    { test: 'heating', property: 'thermal-expansion', sense: 'minimize', phases: unlikePhases },
  ];

  test.each(cases)('after any iteration, with another optimizer, the same bytes: $test', (parts) => {
    const optimizer = optimizerOf(parts);
    const states = [startedState(optimizer, randomStart(16))];
    for (let k = 0; k < 12; k++) states.push(optimizer.advance(states.at(-1)!));
    for (const from of [0, 1, 2, 5, 9]) {
      const artifact = encodeState(states[from]!);
      let state = decodeState({ header: JSON.parse(JSON.stringify(artifact.header)) as typeof artifact.header, arrays: artifact.arrays });
      const other = optimizerOf(parts);
      // It has solved something else in between.
      other.advance(startedState(other, randomStart(16, 2)));
      for (let k = from; k < 12; k++) state = other.advance(state);
      expect(flatten(state)).toEqual(flatten(states[12]!));
    }
  });
});

describe('refused with a finding', () => {
  const codeOf = (parts: ProblemParts, settings: { readonly filter?: number; readonly symmetry?: (typeof optimizationSymmetries)[number] } = {}): string => {
    const made = createOptimizer(problemOf(parts), { filter: 2, symmetry: 'square', ...settings });
    return made.ok ? 'none' : made.findings[0]!.code;
  };
  const twin = { ...boronInAluminum.white, name: 'twin' };

  test.each<readonly [string, string, ProblemParts, Parameters<typeof codeOf>[1]]>([
    ['nothing', 'none', {}, {}],
    ['a filter of 1.4 pixels', 'filter-too-small', {}, { filter: 1.4 }],
    ['a filter that is no number', 'filter-too-small', {}, { filter: NaN }],
    ['one stiffness', 'equal-phases', { phases: { white: boronInAluminum.white, black: { ...twin, thermalExpansion: 1e-6 } } }, {}],
    ['one stiffness, expansion', 'equal-phases', { phases: { white: boronInAluminum.white, black: { ...twin, thermalExpansion: 1e-6 } }, property: 'thermal-expansion' }, {}],
    ['one expansion', 'equal-phases', { phases: { white: boronInAluminum.white, black: { ...boronInAluminum.black, thermalExpansion: 8.3e-6 } }, property: 'thermal-expansion' }, {}],
    ['the expansion of one solid with voids', 'equal-phases', { phases: { white: boronInAluminum.white, black: { name: 'void', youngsModulus: 0, poissonRatio: 0, thermalExpansion: 0 } }, property: 'thermal-expansion' }, {}],
    ['square symmetry for one direction', 'symmetry-of-one-direction', { directions: ['x'] }, {}],
    ['transposition for one direction', 'symmetry-of-one-direction', { directions: ['y'] }, { symmetry: 'transpose' }],
    ['mirrors for one direction', 'none', { directions: ['x'] }, { symmetry: 'mirror' }],
    ['a fraction of no whole orbits', 'fraction-window-too-narrow', { window: { lower: 0.395, upper: 0.3975 } }, { symmetry: 'mirror' }],
    ['one bulk modulus', 'equal-phases', { phases: { white: { ...boronInAluminum.white, youngsModulus: 240e9, poissonRatio: 0.25 }, black: { ...boronInAluminum.black, youngsModulus: 200e9, poissonRatio: 0.375 } }, property: 'thermal-expansion' }, {}],
  ])('%s: %s', (_, code, parts, settings) => {
    expect(codeOf(parts, settings)).toBe(code);
  });

  test('a uniform start has no gradient', () => {
    const optimizer = optimizerOf({});
    const started = optimizer.start({ densities: new Float64Array(256).fill(0.4), sharp: false });
    expect(started.ok ? '' : started.findings[0]!.code).toBe('no-gradient');
    expect(optimizer.start(randomStart(16)).ok).toBe(true);
  });
});

test('white may be the softer phase, and a void', () => {
  for (const phases of [{ white: boronInAluminum.black, black: boronInAluminum.white }, { white: boronInAluminum.white, black: { name: 'void', youngsModulus: 0, poissonRatio: 0, thermalExpansion: 0 } }]) {
    const optimizer = optimizerOf({ resolution: 16, phases });
    const state = optimize(optimizer, randomStart(16));
    const tester = createVirtualTester(16, phases, { kind: 'periodic', plane: 'plane-stress' });
    const value = tester.run(optimizer.cell(state)).youngsModulus!.x;
    expect(Math.abs(value / state.values.at(-1)! - 1)).toBeLessThan(0.1);
    expect(value).toBeGreaterThan(1.2 * state.values[0]!);
  }
});

interface Golden {
  readonly optima: readonly { readonly case: string; readonly resolution: number; readonly phases: 'boron' | 'aluminum'; readonly rows: readonly string[]; readonly youngsModulus: readonly [number, number]; readonly poissonRatio: readonly [number, number]; readonly thermalExpansion: readonly [number, number] }[];
}
const golden = JSON.parse(readFileSync(new URL('../../golden/optimization/optima.json', import.meta.url), 'utf8')) as Golden;

test.each(golden.optima)('$case: an independent program finds the same of its optimum', ({ resolution, phases, rows, youngsModulus, poissonRatio, thermalExpansion }) => {
  const cell = imageOf('binary', resolution, resolution, Uint8Array.from(rows.join(''), (character) => (character === '#' ? 1 : 0)));
  const result = createVirtualTester(resolution, phases === 'boron' ? boronInAluminum : aluminumInFoam, { kind: 'periodic', plane: 'plane-stress' }).run(cell);
  const near = (found: { readonly x: number; readonly y: number }, [x, y]: readonly [number, number]): void => {
    expect(Math.abs(found.x / x - 1)).toBeLessThan(1e-6);
    expect(Math.abs(found.y / y - 1)).toBeLessThan(1e-6);
  };
  near(result.youngsModulus!, youngsModulus);
  near(result.poissonRatio!, poissonRatio);
  near(result.thermalExpansion!, thermalExpansion);
});

test('heating with a foam 683 000 times softer: the expansion falls near the limit, and the virtual test of the cell confirms it', () => {
  const window = { lower: 0.38, upper: 0.4 };
  const n = 64;
  const optimizer = optimizerOf({ resolution: n, phases: aluminumInFoam, test: 'heating', property: 'thermal-expansion', sense: 'minimize', window }, { filter: 5 });
  const state = optimize(optimizer, startOfFamily('disc', optimizer.orbits, 0.4, createRng(1)));
  const cell = optimizer.cell(state);
  expect(count(cell.data) / n ** 2).toBeGreaterThanOrEqual(window.lower);
  expect(count(cell.data) / n ** 2).toBeLessThanOrEqual(window.upper);
  expect(state.values[0]).toBeGreaterThan(20e-6);
  const { x, y } = createVirtualTester(n, aluminumInFoam, { kind: 'heating', plane: 'plane-stress' }).run(cell).thermalExpansion!;
  expect(Math.max(x, y)).toBeLessThan(11.3e-6);
  expect(Math.abs(x / y - 1)).toBeLessThan(1e-6);
  expect(Math.abs(state.values.at(-1)! / Math.max(x, y) - 1)).toBeLessThan(0.005);
});
