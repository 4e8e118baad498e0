/* Derivatives of every objective and constraint in every test to variables, by central differences on gray cells of unlike phases. */
import { describe, expect, test } from 'vitest';
import type { PlaneAssumption } from '#domain/materials';
import type { Constraint, Property } from '#domain/objective';
import { optimizationSymmetries } from '#domain/optimization';
import { measures, virtualTests, type VirtualTestKind } from '#domain/virtual-tests';
import type { Linearization, Optimizer } from '#engine/optimization/optimizer';
import type { OptimizationState } from '#engine/optimization/state';
import { optimizerOf, randomStart, startedState, unlikePhases } from '#test/support/optimization-problem';
import { aluminumInFoam, boronInAluminum } from '#test/support/virtual-test-phases';

const resolution = 8;
const tight = 1e-14;
const bounds: Readonly<Record<Property, number>> = { 'youngs-modulus': 50e9, 'poisson-ratio': 0.3, 'thermal-expansion': 20e-6 };

/** Compares the derivatives to chosen variables, relative to the largest of the function. */
function expectDerivatives(optimizer: Optimizer, state: OptimizationState, tolerance: number): void {
  const functions = ({ objectives, constraints }: Linearization) => [...objectives, ...constraints];
  const here = optimizer.linearize(state, tight);
  const exact = functions(here);
  const warm = { ...state, fields: here.solution.fields };
  const count = state.variables.length;
  for (const j of new Set([0, Math.floor(count / 3), Math.floor(count / 2), count - 1])) {
    const step = 1e-3;
    const values = [-2, -1, 1, 2].map((k) => functions(optimizer.linearize({ ...warm, variables: state.variables.with(j, state.variables[j]! + k * step) }, tight)).map(({ value }) => value));
    exact.forEach(({ gradient }, i) => {
      const [minus2, minus, plus, plus2] = values.map((each) => each[i]!) as [number, number, number, number];
      const difference = (8 * (plus - minus) - (plus2 - minus2)) / (12 * step);
      const size = gradient.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
      expect(Math.abs(gradient[j]! - difference), `function ${i}, variable ${j}`).toBeLessThanOrEqual(tolerance * size);
    });
  }
}

const properties = (kind: VirtualTestKind): Property[] => (['youngs-modulus', 'poisson-ratio', 'thermal-expansion'] as const).filter((property) => measures(kind, property));

describe.each(['plane-stress', 'plane-strain'] as const)('%s', (plane: PlaneAssumption) => {
  describe.each(virtualTests)('%s', (kind) => {
    test.each(properties(kind))('%s: both senses, bounds, difference; no symmetry', (property) => {
      const constraints: Constraint[] = [
        { kind: 'bound', property, relation: '<', value: bounds[property] },
        { kind: 'bound', property, relation: '>', value: bounds[property] },
        { kind: 'difference', property, limit: 0.1 },
      ];
      for (const sense of ['maximize', 'minimize'] as const) {
        const optimizer = optimizerOf({ resolution, phases: unlikePhases, plane, test: kind, property, sense, constraints }, { symmetry: 'none' });
        expectDerivatives(optimizer, startedState(optimizer, randomStart(resolution)), 1e-5);
      }
    });

    test.each(optimizationSymmetries)('symmetry %s', (symmetry) => {
      const property = kind === 'compression' ? 'poisson-ratio' : 'thermal-expansion';
      const optimizer = optimizerOf({ resolution, phases: unlikePhases, plane, test: kind, property }, { symmetry });
      expectDerivatives(optimizer, startedState(optimizer, randomStart(resolution)), 1e-5);
    });
  });
});

test('one direction alone', () => {
  const optimizer = optimizerOf({ resolution, phases: unlikePhases, directions: ['y'] }, { symmetry: 'mirror' });
  expectDerivatives(optimizer, startedState(optimizer, randomStart(resolution)), 1e-5);
});

test('phases of one bulk modulus, whose expansion has a field of its own', () => {
  const white = { ...boronInAluminum.white, youngsModulus: 240e9, poissonRatio: 0.25 };
  // Bulk moduli E / (2 (1 − ν)) of 160 GPa, exactly.
  const black = { name: 'other', youngsModulus: 200e9, poissonRatio: 0.375, thermalExpansion: 23.6e-6 };
  const optimizer = optimizerOf({ resolution, phases: { white, black }, property: 'thermal-expansion', directions: ['x'] }, { symmetry: 'mirror' });
  expectDerivatives(optimizer, startedState(optimizer, randomStart(resolution)), 1e-5);
});

test('an expansion that hardly depends on the cell: the derivative stays exact', () => {
  // Foam around aluminum: α is that of aluminum to five digits as soon as aluminum connects.
  const optimizer = optimizerOf({ resolution, phases: aluminumInFoam, property: 'thermal-expansion' });
  const state = startedState(optimizer, randomStart(resolution));
  const { solution, objectives } = optimizer.linearize(state, tight);
  const [S11, S12] = (() => {
    const [a, b] = [solution.properties.youngsModulus!.x, solution.properties.poissonRatio!.x];
    return [1 / a, -b / a];
  })();
  expect(-objectives[0]!.value / 23.6e-6).toBeGreaterThan(0.999);
  // Levin: 23.6e-6 − α is proportional to S11 + S12 − 1 / 2k, whose derivative central differences give without cancellation.
  const gap = (variables: Float64Array): number => {
    const { youngsModulus, poissonRatio } = optimizer.linearize({ ...state, variables, fields: solution.fields }, tight).solution.properties;
    return (1 - poissonRatio!.x) / youngsModulus!.x;
  };
  expect(gap(state.variables)).toBeCloseTo(S11 + S12, 24);
  const k = 68.3e9 / (2 * (1 - 0.33));
  const scale = (23.6e-6 + objectives[0]!.value) / (S11 + S12 - 1 / (2 * k));
  const gradient = objectives[0]!.gradient;
  const size = gradient.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  for (const j of [0, 4, 9]) {
    const step = 1e-3;
    const [minus2, minus, plus, plus2] = [-2, -1, 1, 2].map((k) => gap(state.variables.with(j, state.variables[j]! + k * step))) as [number, number, number, number];
    const difference = (8 * (plus - minus) - (plus2 - minus2)) / (12 * step);
    expect(Math.abs(gradient[j]! - scale * difference)).toBeLessThanOrEqual(1e-4 * size);
  }
});

test('a softened void has derivatives', () => {
  const phases = { white: unlikePhases.white, black: { name: 'void', youngsModulus: 0, poissonRatio: 0 } };
  const optimizer = optimizerOf({ resolution, phases, property: 'poisson-ratio', sense: 'minimize' });
  expectDerivatives(optimizer, startedState(optimizer, randomStart(resolution)), 1e-5);
});

test.each(['youngs-modulus', 'poisson-ratio', 'thermal-expansion'] as const)('%s: the tolerance that follows the optimization leaves the derivative right', (property) => {
  const phases = property === 'thermal-expansion' ? aluminumInFoam : boronInAluminum;
  const optimizer = optimizerOf({ resolution: 32, phases, property, sense: property === 'thermal-expansion' ? 'minimize' : 'maximize' });
  let state = startedState(optimizer, randomStart(32));
  for (let iteration = 0; !state.finished && iteration < 60; iteration++) {
    if (iteration % 6 === 0) {
      const [followed, exact] = [optimizer.linearize(state), optimizer.linearize(state, 1e-12)].map(({ objectives }) => objectives[0]!.gradient) as [Float64Array, Float64Array];
      const norm = (values: Float64Array): number => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
      expect(norm(followed.map((value, j) => value - exact[j]!)) / norm(exact), `iteration ${iteration}`).toBeLessThan(0.01);
    }
    state = optimizer.advance(state);
  }
});
