/* The memory of the gray kernels for one system: vectors, stiffnesses and scales of its image, in the numbers of the kernels. */
import { createGrayKernel, forceSum, type GrayFunctions } from '#engine/kernels/gray';
import { recordBytes } from '#engine/kernels/conjugate-gradients';
import { twiddleTable } from '../iterative/fourier-tables';
import { createAllocator, type VectorAddresses } from '../iterative/kernel-layout';
import type { ModalStiffness } from '../element/modal-stiffness';
import type { PixelStiffnesses } from './gray-pixels';

/** Byte addresses, views and the kernel; numbers of a node: four lanes along x, then four along y. */
export interface GrayMemory extends VectorAddresses {
  readonly kernel: GrayFunctions;
  readonly singles: Float32Array;
  readonly doubles: Float64Array;
  readonly integers: Uint32Array;
  readonly n: number;
  readonly periodic: boolean;
  /** Nodes along an edge. */
  readonly nodes: number;
  /** Of a vector in single precision. */
  readonly vectorBytes: number;
  /** What was found, and its nodal forces; double precision, rows without gaps. */
  readonly found: Float64Array;
  readonly forces: Float64Array;
  readonly sums: Float64Array;
  readonly products: number;
  readonly factors: number;
  readonly twiddles: number;
  readonly scratch: number;
  /** Scales of the nodes by their stiffness, and ones. */
  readonly scales: number;
  readonly ones: number;
  /** Moduli of the elements in single precision, of the image and of its transpose. */
  readonly moduli: readonly [number, number];
  /** Four uniform modes of each lane. */
  readonly modes: Float64Array;
  /** Where the system's own tables begin. */
  readonly tables: number;
  /** Takes over an image; the scales of its nodes when they are wanted. */
  setStiffnesses(stiffnesses: PixelStiffnesses, scaled: boolean): void;
  /** Gives these elements other moduli in `computeForces`: zero for the forces of the solid alone. */
  fillVoids(voids: Int32Array, bulk: number, shear: number): void;
  /** Nodal forces of `found` and their sums. */
  computeForces(): void;
  /** found_i · force_j, row-major. */
  multiplyLanes(): Float64Array;
  /** r = minus the nodal forces; their squares. */
  takeResidual(): Float64Array;
  /** Adds u to `found`. */
  addCorrection(): void;
}

/** `transposed`: lanes 2 and 3 belong to the image with its axes exchanged. */
export function createGrayMemory(n: number, periodic: boolean, transposed: boolean, tableBytes: number): GrayMemory {
  const { take, top } = createAllocator();
  const nodes = periodic ? n : n + 1;
  const rowBytes = periodic ? recordBytes * n + 64 : recordBytes * (n + 2);
  const vectorBytes = nodes * rowBytes;
  const [u, r, p, z] = [take(vectorBytes), take(vectorBytes), take(vectorBytes), take(vectorBytes)];
  const [found, forces] = [take(64 * nodes * nodes), take(64 * nodes * nodes)];
  const moduli = [take(8 * n * n), transposed ? take(8 * n * n) : 0] as [number, number];
  if (!transposed) moduli[1] = moduli[0];
  const stiffnesses = [take(24 * n * n), transposed ? take(24 * n * n) : 0] as [number, number];
  if (!transposed) stiffnesses[1] = stiffnesses[0];
  const [scales, ones] = [take(16 * nodes * nodes), take(16 * nodes * nodes)];
  const twiddles = take(4 * twiddleTable(n).length);
  const [modes, factors, products, sums, work] = [take(128), take(32), take(64), take(8 * forceSum.count), take(128)];
  const scratch = take(16 * (recordBytes * n + 64));
  const tables = take(tableBytes);
  const { functions: kernel, buffer } = createGrayKernel(top());
  const singles = new Float32Array(buffer);
  const doubles = new Float64Array(buffer);
  singles.set(twiddleTable(n), twiddles / 4);
  singles.fill(1, ones / 4, ones / 4 + 4 * nodes * nodes);

  /** One over the root of the mean stiffness of the elements at a node, of the medium's. */
  const setScales = (medium: ModalStiffness): void => {
    const own = medium.own + medium.shear + medium.hourglass;
    const halves = transposed ? ([0, 1] as const) : ([0] as const);
    for (const half of halves) {
      const first = moduli[half] / 4;
      for (let row = 0, at = scales / 4 + 2 * half; row < nodes; row++) {
        for (let column = 0; column < nodes; column++, at += 4) {
          let [sum, count] = [0, 0];
          for (let k = 0; k < 4; k++) {
            let j = row - (k >> 1);
            let i = column - (k & 1);
            if (periodic) {
              j = (j + n) % n;
              i = (i + n) % n;
            } else if (j < 0 || i < 0 || j >= n || i >= n) continue;
            const element = first + 2 * (j * n + i);
            sum += (4 * singles[element]! + 8 * singles[element + 1]!) / 3;
            count++;
          }
          const scale = Math.sqrt((own * count) / sum);
          singles[at] = singles[at + 1] = scale;
          if (!transposed) singles[at + 2] = singles[at + 3] = scale;
        }
      }
    }
  };
  const setStiffnesses = ({ numbers, medium }: PixelStiffnesses, scaled: boolean): void => {
    for (const half of transposed ? ([0, 1] as const) : ([0] as const)) {
      let at = stiffnesses[half] / 8;
      let single = moduli[half] / 4;
      for (let row = 0, e = 0; row < n; row++) {
        for (let column = 0; column < n; column++, e++) {
          const from = 3 * (half === 0 ? e : column * n + row);
          const bulk = numbers[from]!;
          const shear = numbers[from + 1]!;
          doubles[at] = bulk;
          doubles[at + 1] = shear;
          doubles[at + 2] = numbers[from + 2]!;
          singles[single] = bulk;
          singles[single + 1] = shear;
          at += 3;
          single += 2;
        }
      }
    }
    if (scaled) setScales(medium);
  };
  return {
    kernel,
    singles,
    doubles,
    integers: new Uint32Array(buffer),
    n,
    periodic,
    nodes,
    rowBytes,
    vectorBytes,
    u,
    r,
    p,
    z,
    found: doubles.subarray(found / 8, found / 8 + 8 * nodes * nodes),
    forces: doubles.subarray(forces / 8, forces / 8 + 8 * nodes * nodes),
    sums: doubles.subarray(sums / 8, sums / 8 + forceSum.count),
    products,
    factors,
    twiddles,
    scratch,
    scales,
    ones,
    moduli,
    modes: doubles.subarray(modes / 8, modes / 8 + 16),
    tables,
    setStiffnesses,
    fillVoids(voids, bulk, shear) {
      for (const half of transposed ? ([0, 1] as const) : ([0] as const)) {
        for (const element of voids) {
          const own = half === 0 ? element : (element % n) * n + Math.floor(element / n);
          doubles.set([bulk, shear], stiffnesses[half] / 8 + 3 * own);
        }
      }
    },
    computeForces() {
      for (const half of [0, 1] as const) kernel.nodalForces(found, forces, n, nodes, periodic ? 1 : 0, modes, stiffnesses[half], sums, half);
    },
    multiplyLanes() {
      kernel.multiplyLanes(found, forces, 64 * nodes * nodes, work);
      return doubles.slice(work / 8, work / 8 + 16);
    },
    takeResidual() {
      kernel.takeResidual(forces, r, nodes, rowBytes, work);
      return doubles.slice(work / 8, work / 8 + 4);
    },
    addCorrection: () => kernel.addCorrection(found, u, nodes, rowBytes),
  };
}
