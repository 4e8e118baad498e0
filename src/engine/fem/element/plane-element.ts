/*
 * The bilinear four-node square of edge 1, integrated exactly (2 × 2 Gauss points are exact here),
 * e.g. Bathe, Finite Element Procedures, section 5.3. In two dimensions its stiffness does not depend
 * on the edge.
 *
 * The constants are rounded to 48 bits (relative 4e-14) and composed without further rounding, so
 * translations and rotations give forces of exactly zero. Otherwise stiff pixels are held by springs of
 * round-off size, thousands of them alike, which a phase 683 000 times softer would feel.
 */
import { isotropicModuli, type IsotropicMaterial, type PlaneAssumption } from '#domain/materials';

/**
 * Symmetric 9 × 9 stiffness of an element, row-major, Pa: eight displacements (nodes counter-clockwise
 * from the bottom left, x before y) and the temperature. Its last column is minus the thermal force of
 * 1 K, its last diagonal entry twice the energy of the constrained element at 1 K.
 */
export type PlaneElement = Float64Array;

const keptBits = 48;
/** Side of each corner, −1 or 1, counter-clockwise from the bottom left. */
const corners = [[-1, -1], [1, -1], [1, 1], [-1, 1]] as const;

/** The element of the material; without an expansion its ninth column is zero. */
export function planeElement(material: IsotropicMaterial, plane: PlaneAssumption): PlaneElement {
  const D = planeStiffness(material, plane);
  let quantum = 2 ** -1000;
  while (quantum * 2 ** keptBits < D[0]!) quantum *= 2;
  const rounded = (value: number): number => quantum * Math.round(value / quantum);
  // Integrals over the square: main / 12, shear / 12, and side / 4, shear / 4 for the mixed terms.
  const main = rounded(D[0]! / 12);
  const shear = rounded(D[8]! / 12);
  const side = rounded(D[1]! / 4);
  const { thermalExpansion: expansion = 0 } = isotropicModuli(material, plane);
  const thermalStress = (D[0]! + D[1]!) * expansion;

  const element = new Float64Array(81);
  corners.forEach(([ax, ay], a) => {
    corners.forEach(([bx, by], b) => {
      // ∫ N_a,x N_b,x = ax bx (3 + ay by) / 12, ∫ N_a,x N_b,y = ax by / 4.
      const xx = ax * bx * (3 + ay * by);
      const yy = ay * by * (3 + ax * bx);
      element[18 * a + 2 * b] = xx * main + yy * shear;
      element[18 * a + 2 * b + 1] = ax * by * side + 3 * ay * bx * shear;
      element[18 * a + 9 + 2 * b] = ay * bx * side + 3 * ax * by * shear;
      element[18 * a + 9 + 2 * b + 1] = yy * main + xx * shear;
    });
    element[18 * a + 8] = element[72 + 2 * a] = (-ax * thermalStress) / 2;
    element[18 * a + 17] = element[72 + 2 * a + 1] = (-ay * thermalStress) / 2;
  });
  element[80] = 2 * thermalStress * expansion;
  return element;
}

/** Stress from strain, 3 × 3 row-major, Voigt order 11, 22, 12, engineering shear, Pa. */
export function planeStiffness({ youngsModulus: E, poissonRatio: nu }: IsotropicMaterial, plane: PlaneAssumption): Float64Array {
  const shear = E / (2 * (1 + nu));
  const side = plane === 'plane-stress' ? (nu * E) / (1 - nu * nu) : (nu * E) / ((1 + nu) * (1 - 2 * nu));
  const main = side + 2 * shear;
  return Float64Array.of(main, side, 0, side, main, 0, 0, 0, shear);
}
