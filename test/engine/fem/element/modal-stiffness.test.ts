import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { IsotropicMaterial } from '#domain/materials';
import { planeElement } from '#engine/fem/element/plane-element';
import { contrastOf, modalStiffness, referenceMedium } from '#engine/fem/element/modal-stiffness';
import { inverseSymbol } from '#engine/fem/iterative/reference-medium';
import { aluminumInFoam, boronInAluminum } from '#test/support/virtual-test-phases';

const sideA = [-1, 1, 1, -1];
const sideB = [-1, -1, 1, 1];
const anyMaterial: fc.Arbitrary<IsotropicMaterial> = fc.record({
  name: fc.constant('any'),
  youngsModulus: fc.double({ min: 1e5, max: 1e12, noNaN: true }),
  poissonRatio: fc.double({ min: -0.9, max: 0.45, noNaN: true }),
});
const plane = fc.constantFrom('plane-stress' as const, 'plane-strain' as const);

/** Force of the element on a node by its modes. */
function modalForces(stiffness: ReturnType<typeof modalStiffness>, u: readonly number[]): number[] {
  const mode = (component: number, weight: (node: number) => number) => [0, 1, 2, 3].reduce((sum, node) => sum + weight(node) * u[2 * node + component]!, 0);
  const [xi, eta] = [mode(0, (node) => sideA[node]!), mode(1, (node) => sideB[node]!)];
  const shear = stiffness.shear * (mode(0, (node) => sideB[node]!) + mode(1, (node) => sideA[node]!));
  const zigzag = [0, 1].map((component) => stiffness.hourglass * mode(component, (node) => sideA[node]! * sideB[node]!));
  return [0, 1, 2, 3].flatMap((node) => {
    const [a, b] = [sideA[node]!, sideB[node]!];
    return [
      a * (stiffness.own * xi + stiffness.cross * eta) + b * shear + a * b * zigzag[0]!,
      b * (stiffness.cross * xi + stiffness.own * eta) + a * shear + a * b * zigzag[1]!,
    ];
  });
}

test('the modes give the forces of the element matrix', () => {
  fc.assert(
    fc.property(anyMaterial, plane, fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 8, maxLength: 8 }), (material, assumption, u) => {
      const element = planeElement(material, assumption);
      modalForces(modalStiffness(element), u).forEach((force, row) => {
        const expected = u.reduce((sum, value, column) => sum + element[9 * row + column]! * value, 0);
        expect(Math.abs(force - expected) / element[0]!).toBeLessThan(1e-12);
      });
    }),
  );
  expect(modalStiffness(planeElement(boronInAluminum.white, 'plane-stress')).thermal).toBe(planeElement(boronInAluminum.white, 'plane-stress')[26]);
});

test('the energy of an element of either phase lies between the medium\'s bounds', () => {
  fc.assert(
    fc.property(anyMaterial, anyMaterial, plane, fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 8, maxLength: 8 }), (white, black, assumption, u) => {
      const { stiffness, lambdaMin, lambdaMax } = referenceMedium({ white, black }, assumption);
      const energy = (forces: readonly number[]) => forces.reduce((sum, force, i) => sum + force * u[i]!, 0);
      const reference = energy(modalForces(stiffness, u));
      for (const phase of [white, black]) {
        const own = energy(modalForces(modalStiffness(planeElement(phase, assumption)), u));
        expect(own).toBeGreaterThanOrEqual(lambdaMin * reference * (1 - 1e-9) - 1e-9 * stiffness.own);
        expect(own).toBeLessThanOrEqual(lambdaMax * reference * (1 + 1e-9) + 1e-9 * lambdaMax * stiffness.own);
      }
    }),
  );
});

test('the contrast is that of the moduli', () => {
  expect(contrastOf(boronInAluminum, 'plane-stress')).toBeCloseTo(379.3 / 68.3, 12);
  expect(contrastOf({ white: boronInAluminum.black, black: boronInAluminum.white }, 'plane-strain')).toBeCloseTo(379.3 / 68.3, 12);
  expect(contrastOf(aluminumInFoam, 'plane-stress')).toBeGreaterThan(6e5);
  expect(contrastOf({ white: boronInAluminum.white, black: boronInAluminum.white }, 'plane-stress')).toBe(1);
});

test('the symbol is what the grid answers to a wave', () => {
  const n = 8;
  const stiffness = modalStiffness(planeElement(boronInAluminum.white, 'plane-strain'));
  for (const [kx, ky] of [[1, 0], [0, 3], [2, 5], [4, 4], [4, 1], [7, 7]] as const) {
    const phase = (x: number, y: number) => (2 * Math.PI * (kx * x + ky * y)) / n;
    // Force at the origin by a cosine wave along x, then along y; the four elements around it.
    const answer = [0, 1].map((component) => {
      const sum = [0, 0];
      for (const [ex, ey, node] of [[0, 0, 0], [-1, 0, 1], [-1, -1, 2], [0, -1, 3]] as const) {
        const u = [0, 1, 2, 3].flatMap((corner) => {
          const value = Math.cos(phase(ex + (sideA[corner]! + 1) / 2, ey + (sideB[corner]! + 1) / 2));
          return component === 0 ? [value, 0] : [0, value];
        });
        const forces = modalForces(stiffness, u);
        sum[0]! += forces[2 * node]!;
        sum[1]! += forces[2 * node + 1]!;
      }
      return sum;
    });
    const [g11, g12, g22] = inverseSymbol(stiffness, kx, ky, n);
    expect(g11 * answer[0]![0]! + g12 * answer[0]![1]!).toBeCloseTo(1, 10);
    expect(g12 * answer[0]![0]! + g22 * answer[0]![1]!).toBeCloseTo(0, 10);
    expect(g12 * answer[1]![0]! + g22 * answer[1]![1]!).toBeCloseTo(1, 10);
  }
});
