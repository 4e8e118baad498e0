/*
 * What fixes the grid in each virtual test, and which unknowns stay to the end of the elimination.
 *
 * Roller cell (compression, heating): left edge u_x = 0, bottom edge u_y = 0. The u_x of the right edge and
 * the u_y of the top edge are retained, so that compression along x, along y and heating share one
 * factorization: they differ in these unknowns alone.
 * Quarter of a mirrored cell: strains 11 and 22 and heating in the roller cell, shear in the one with u_x and
 * u_y swapped: left edge u_y = 0, bottom edge u_x = 0, right u_y and top u_x retained.
 * Periodic: u(n) = u(0) + n ε; the corner node and the three macroscopic strains are retained.
 */

/** Numbers and places of the unknowns of a grid of resolution² pixels. */
export interface BoundaryConditions {
  readonly periodic: boolean;
  /** Pixels along an edge. */
  readonly resolution: number;
  /** 1 when the temperature is an unknown, else 0. */
  readonly temperatures: 0 | 1;
  /** Unknowns of the nodes: number 2 (row (n + 1) + column) + component, rows from the bottom. */
  readonly nodal: number;
  /** Nodal unknowns, macroscopic strains, temperature. */
  readonly unknowns: number;
  /** Unknowns of the equations: neither fixed, nor doubled by a periodic boundary, nor a strain or temperature. */
  readonly solved: number;
  /** Numbers of ε₁₁, ε₂₂, γ₁₂; empty without periodicity. */
  readonly strains: readonly number[];
  /** Number of the temperature, used when `temperatures` is 1. */
  readonly temperature: number;
  /** The unknowns retained to the end: see above; strains, then temperature, last. */
  readonly retained: Int32Array;
  isRetained(unknown: number): boolean;
  /** The unknown of a node, or −1 when the boundary conditions fix it. Component 0 is x, 1 is y. */
  unknownAt(column: number, row: number, component: number): number;
  placeOf(unknown: number): { readonly column: number; readonly row: number; readonly component: number };
}

/** The roller cell. Retained: right edge u_x upwards, top edge u_y rightwards, temperature. */
export function rollerBoundaryConditions(resolution: number, temperatures: 0 | 1): BoundaryConditions {
  return betweenRollers(resolution, temperatures, 0);
}

/** The sheared quarter of a mirrored cell. Retained: right edge u_y upwards, top edge u_x rightwards. */
export function shearBoundaryConditions(resolution: number): BoundaryConditions {
  return betweenRollers(resolution, 0, 1);
}

/** `side` is the component that the left and right edges fix; the bottom and top edges fix the other. */
function betweenRollers(resolution: number, temperatures: 0 | 1, side: 0 | 1): BoundaryConditions {
  const n = resolution;
  const level = 1 - side;
  const grid = numbering(n);
  const retained: number[] = [];
  for (let row = 0; row <= n; row++) retained.push(grid.numberOf(n, row, side));
  for (let column = 0; column <= n; column++) retained.push(grid.numberOf(column, n, level));
  if (temperatures === 1) retained.push(grid.nodal);
  return {
    periodic: false,
    resolution,
    temperatures,
    nodal: grid.nodal,
    unknowns: grid.nodal + temperatures,
    solved: grid.nodal - 2 * (n + 1),
    strains: [],
    temperature: grid.nodal,
    retained: Int32Array.from(retained),
    isRetained(unknown) {
      const { column, row, component } = grid.placeOf(unknown);
      return (component === side && column === n) || (component === level && row === n);
    },
    unknownAt(column, row, component) {
      const fixed = (component === side && column === 0) || (component === level && row === 0);
      return fixed ? -1 : grid.numberOf(column, row, component);
    },
    placeOf: grid.placeOf,
  };
}

/** The periodic cell. Retained: corner node, ε₁₁, ε₂₂, γ₁₂, temperature. */
export function periodicBoundaryConditions(resolution: number, temperatures: 0 | 1): BoundaryConditions {
  const grid = numbering(resolution);
  const strains = [grid.nodal, grid.nodal + 1, grid.nodal + 2];
  const temperature = grid.nodal + 3;
  return {
    periodic: true,
    resolution,
    temperatures,
    nodal: grid.nodal,
    unknowns: grid.nodal + 3 + temperatures,
    solved: 2 * resolution * resolution - 2,
    strains,
    temperature,
    retained: Int32Array.from([0, 1, ...strains, ...(temperatures === 1 ? [temperature] : [])]),
    isRetained: (unknown) => unknown < 2,
    unknownAt: grid.numberOf,
    placeOf: grid.placeOf,
  };
}

function numbering(n: number) {
  return {
    nodal: 2 * (n + 1) * (n + 1),
    numberOf: (column: number, row: number, component: number): number => 2 * (row * (n + 1) + column) + component,
    placeOf(unknown: number) {
      const node = unknown >> 1;
      return { column: node % (n + 1), row: Math.floor(node / (n + 1)), component: unknown & 1 };
    },
  };
}
