/*
 * The bilinear four-node square of edge 1 with 2 × 2 Gauss points (exact for a square), e.g. Bathe,
 * Finite Element Procedures, section 5.3. In two dimensions its stiffness does not depend on the edge.
 */
import type { IsotropicMaterial, PlaneAssumption } from '#engine/core/material';

/**
 * Stiffness of an element, 8 × 9 row-major, Pa: eight displacements (nodes counter-clockwise from the
 * bottom left, x before y) and, as ninth column, minus the thermal force of a temperature of 1 K; and
 * the constant that completes it to a symmetric 9 × 9 matrix.
 */
export interface PlaneElement {
  readonly rows: Float64Array;
  /** Twice the thermal energy of the held element at 1 K, Pa. */
  readonly thermalDiagonal: number;
}

const gauss = 1 / Math.sqrt(3);
const corners = [[-1, -1], [1, -1], [1, 1], [-1, 1]] as const;

/** The element of the material; without an expansion its ninth column is zero. */
export function planeElement(material: IsotropicMaterial, plane: PlaneAssumption): PlaneElement {
  const D = planeStiffness(material, plane);
  const { poissonRatio, thermalExpansion = 0 } = material;
  const expansion = plane === 'plane-stress' ? thermalExpansion : (1 + poissonRatio) * thermalExpansion;
  const thermalStress = [(D[0]! + D[1]!) * expansion, (D[3]! + D[4]!) * expansion, 0];

  const rows = new Float64Array(72);
  for (const [sx, sy] of corners) {
    const B = strainRows(sx * gauss, sy * gauss);
    for (let r = 0; r < 8; r++) {
      for (let p = 0; p < 3; p++) {
        for (let q = 0; q < 3; q++) {
          for (let c = 0; c < 8; c++) rows[9 * r + c]! += 0.25 * B[p]![r]! * D[3 * p + q]! * B[q]![c]!;
        }
        rows[9 * r + 8]! -= 0.25 * B[p]![r]! * thermalStress[p]!;
      }
    }
  }
  return { rows, thermalDiagonal: (thermalStress[0]! + thermalStress[1]!) * expansion };
}

/** Stress from strain, 3 × 3 row-major, Voigt order 11, 22, 12, engineering shear, Pa. */
export function planeStiffness({ youngsModulus: E, poissonRatio: nu }: IsotropicMaterial, plane: PlaneAssumption): Float64Array {
  const shear = E / (2 * (1 + nu));
  const side = plane === 'plane-stress' ? (nu * E) / (1 - nu * nu) : (nu * E) / ((1 + nu) * (1 - 2 * nu));
  const main = side + 2 * shear;
  return Float64Array.of(main, side, 0, side, main, 0, 0, 0, shear);
}

/** The three strains of unit displacements at the point (ξ, η) of [−1, 1]². */
function strainRows(xi: number, eta: number): readonly Float64Array[] {
  const B = [new Float64Array(8), new Float64Array(8), new Float64Array(8)];
  corners.forEach(([sx, sy], node) => {
    const dx = 0.5 * sx * (1 + sy * eta);
    const dy = 0.5 * sy * (1 + sx * xi);
    B[0]![2 * node] = dx;
    B[1]![2 * node + 1] = dy;
    B[2]![2 * node] = dy;
    B[2]![2 * node + 1] = dx;
  });
  return B;
}
