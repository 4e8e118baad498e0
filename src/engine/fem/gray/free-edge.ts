/*
 * The reference medium between rollers at the left and at the bottom, with the right edge free. The waves of
 * roller-medium.ts have a roller at the right too. So the u_x of the right edge are eliminated last (Schur complement,
 * a dense matrix of n + 1 unknowns, factorized once for a medium): the waves are solved with the edge at rest,
 * the edge follows from the forces that are left on it, and the waves are solved once more with the edge where it went.
 */
import { ensure } from '#engine/core/bug-error';
import { lanes } from '../iterative/conjugate-gradients';
import type { ModalStiffness } from '../element/modal-stiffness';

/** The inverse of the medium's stiffness. */
export interface FreeEdge {
  /** Displacements in place of forces. */
  solve(): void;
}

const record = 2 * lanes;
/** Sides of the corners, counter-clockwise from the bottom left. */
const corners = [[-1, -1], [1, -1], [1, 1], [-1, 1]] as const;

/**
 * `z`: (n + 1)² nodes, `rowNumbers` from one row to the next. `solveWaves`: displacements in place of the
 * forces in z, with u_x = 0 at the right edge, whose forces along x it ignores.
 */
export function createFreeEdge(n: number, medium: ModalStiffness, z: Float32Array, rowNumbers: number, solveWaves: () => void): FreeEdge {
  const size = n + 1;
  const right = record * n;
  const element = elementOf(medium);
  /** Numbers in z of the eight displacements of the element at the right in a row, first lane. */
  const places = (row: number): readonly number[] => {
    const below = row * rowNumbers + right;
    const above = below + rowNumbers;
    const [left, rest] = [below - record, above - record];
    return [left, left + lanes, below, below + lanes, above, above + lanes, rest, rest + lanes];
  };
  // u_x of the edge at the lower and at the upper corner; all others of the element.
  const onEdge = [2, 4] as const;
  const others = [0, 1, 3, 5, 6, 7] as const;

  /** Forces on the edge along x by all displacements but its own along x; four lanes for each node. */
  const edgeForces = (into: Float64Array): void => {
    into.fill(0);
    for (let row = 0; row < n; row++) {
      const place = places(row);
      onEdge.forEach((unknown, k) => {
        for (const other of others) {
          const factor = element[8 * unknown + other]!;
          for (let lane = 0; lane < lanes; lane++) into[lanes * (row + k) + lane]! += factor * z[place[other]! + lane]!;
        }
      });
    }
  };
  /** Takes the forces of the edge's displacements along x off all other forces. */
  const moveEdge = (edge: Float64Array): void => {
    for (let row = 0; row < n; row++) {
      const place = places(row);
      for (const other of others) {
        for (let lane = 0; lane < lanes; lane++) {
          const force = element[8 * other + 2]! * edge[lanes * row + lane]! + element[8 * other + 4]! * edge[lanes * (row + 1) + lane]!;
          z[place[other]! + lane]! -= force;
        }
      }
    }
  };

  /** The Schur complement, four columns at a time, and its Cholesky factor in its place. */
  const factor = new Float64Array(size * size);
  const edge = new Float64Array(lanes * size);
  for (let first = 0; first < size; first += lanes) {
    z.fill(0);
    edge.fill(0);
    for (let lane = 0; lane < lanes && first + lane < size; lane++) edge[lanes * (first + lane) + lane] = 1;
    moveEdge(edge);
    solveWaves();
    edgeForces(edge);
    for (let lane = 0; lane < lanes && first + lane < size; lane++) {
      for (let row = 0; row < size; row++) factor[row * size + first + lane] = edge[lanes * row + lane]!;
    }
  }
  for (let row = 0; row < n; row++) {
    onEdge.forEach((unknown, k) => onEdge.forEach((other, l) => (factor[(row + k) * size + row + l]! += element[8 * unknown + other]!)));
  }
  factorize(factor, size);

  const forces = new Float32Array(z.length);
  return {
    solve() {
      forces.set(z);
      solveWaves();
      edgeForces(edge);
      for (let row = 0; row < size; row++) {
        for (let lane = 0; lane < lanes; lane++) edge[lanes * row + lane] = forces[row * rowNumbers + right + lane]! - edge[lanes * row + lane]!;
      }
      substitute(factor, size, edge);
      z.set(forces);
      moveEdge(edge);
      solveWaves();
      for (let row = 0; row < size; row++) z.set(edge.subarray(lanes * row, lanes * row + lanes), row * rowNumbers + right);
    },
  };
}

/** 8 × 8 stiffness of an element, x before y. */
function elementOf({ own, cross, shear, hourglass }: ModalStiffness): Float64Array {
  const element = new Float64Array(64);
  corners.forEach(([ax, ay], a) => {
    corners.forEach(([bx, by], b) => {
      const zigzag = hourglass * ax * ay * bx * by;
      element[16 * a + 2 * b] = own * ax * bx + shear * ay * by + zigzag;
      element[16 * a + 2 * b + 1] = cross * ax * by + shear * ay * bx;
      element[16 * a + 8 + 2 * b] = cross * ay * bx + shear * ax * by;
      element[16 * a + 8 + 2 * b + 1] = own * ay * by + shear * ax * bx + zigzag;
    });
  });
  return element;
}

/** Cholesky factor of a symmetric matrix in its lower triangle, of which the mean of both triangles is taken. */
function factorize(matrix: Float64Array, size: number): void {
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = (matrix[row * size + column]! + matrix[column * size + row]!) / 2;
      if (row === column) sum = matrix[row * size + row]!;
      for (let k = 0; k < column; k++) sum -= matrix[row * size + k]! * matrix[column * size + k]!;
      if (row === column) ensure(sum > 0, `pivot ${sum} of the free edge`);
      matrix[row * size + column] = row === column ? Math.sqrt(sum) : sum / matrix[column * size + column]!;
    }
  }
}

/** Solves for four lanes in place. */
function substitute(factor: Float64Array, size: number, values: Float64Array): void {
  for (let row = 0; row < size; row++) {
    for (let lane = 0; lane < lanes; lane++) {
      let sum = values[lanes * row + lane]!;
      for (let k = 0; k < row; k++) sum -= factor[row * size + k]! * values[lanes * k + lane]!;
      values[lanes * row + lane] = sum / factor[row * size + row]!;
    }
  }
  for (let row = size - 1; row >= 0; row--) {
    for (let lane = 0; lane < lanes; lane++) values[lanes * row + lane]! /= factor[row * size + row]!;
    for (let k = 0; k < row; k++) {
      for (let lane = 0; lane < lanes; lane++) values[lanes * k + lane]! -= factor[row * size + k]! * values[lanes * row + lane]!;
    }
  }
}
