/*
 * Compression of the roller cell by conjugate gradients, preconditioned by a homogeneous medium in the same cell
 * (roller-medium.ts). Four systems with the same boundary conditions: compression along x of the image and of its
 * transpose, which is the image's along y, and for each a unit traction on the free edge (the adjoint of
 * what ν measures).
 *
 * With r and s the residual forces of the compression and of the traction, K the image's stiffness and M the
 * medium's, what is found of E is too large by rᵀ K⁻¹ r, and ν, once the compression's unbalance is
 * weighted with the traction's displacements, lacks rᵀ K⁻¹ s. Both are of second order. Since
 * lambdaMin · M ≤ K ≤ lambdaMax · M, K⁻¹ differs from the mean of M⁻¹ / lambdaMin and M⁻¹ / lambdaMax by no more than half their
 * distance, as a quadratic form: so the mean's part is taken off, and a bound of the rest ends the iterations.
 *
 * Single precision serves as in periodic-cg.ts: the residual forces and the energies of what was found are
 * computed in double precision, and if the bound does not hold then, the iterations continue from there.
 */
import type { PhasePair, PlaneAssumption } from '#domain/materials';
import { volumeFraction, type Image2D } from '#engine/grid/image-2d';
import { createRollerCgKernel, residualSums, stiffnessNumbers } from '#engine/kernels/conjugate-gradients';
import { layOutRollerCg } from './kernel-layout';
import { phaseFactorTable, twiddleTable, wavePairs } from './fourier-tables';
import { eliminateRollerCell } from './roller-medium';
import { checkImage, usualLimits, type Solution, type Solver } from '../solver';
import { caution, ensureKernelSize, iterate, lanes, margin, type LaneSteps } from './conjugate-gradients';
import { kernelStiffnesses } from './reference-medium';

/** Its error bound is of the relative error of E and of the absolute error of ν, both directions. */
const solverName = 'dct-preconditioned-conjugate-gradients';

/** Lanes of the compressions; those of the tractions come next to them. */
const compressions = [0, 2] as const;
const noFactor: readonly number[] = [0, 0, 0, 0];

/** Sets up everything that does not depend on the image; the resolution is a power of two ≥ 4. */
export function createRollerCg(resolution: number, phases: PhasePair, plane: PlaneAssumption): Solver {
  const n = resolution;
  ensureKernelSize(n);
  const layout = layOutRollerCg(n);
  const { functions: kernel, buffer } = createRollerCgKernel(layout.bytes);
  const singles = new Float32Array(buffer);
  const doubles = new Float64Array(buffer);
  const bytes = new Uint8Array(buffer);
  const { u, r, p, z, rowBytes, vectorBytes, twiddles, phaseFactors, pairs, couplings, pivots } = layout;

  const { unit, stiffnesses, medium, lambdaMin, lambdaMax } = kernelStiffnesses(phases, plane);
  stiffnesses.forEach(({ own, cross, shear, hourglass }, phase) => {
    doubles.set([own, cross, shear, hourglass, 0], layout.doubleStiffnesses / 8 + stiffnessNumbers.double * phase);
  });
  for (let pair = 0; pair < 4; pair++) {
    const [image, transposed] = [stiffnesses[pair & 1]!, stiffnesses[pair >> 1]!];
    const numbers = (['own', 'cross', 'shear', 'hourglass'] as const).flatMap((name) => [image[name], image[name], transposed[name], transposed[name]]);
    singles.set(numbers, layout.singleStiffnesses / 4 + stiffnessNumbers.single * pair);
  }
  // The waves' way there and back multiplies by 4 n.
  const elimination = eliminateRollerCell(n, medium, 4 * n);
  singles.set(elimination.couplings, couplings / 4);
  singles.set(elimination.pivots, pivots / 4);
  singles.set(twiddleTable(n), twiddles / 4);
  singles.set(phaseFactorTable(n), phaseFactors / 4);
  new Uint32Array(buffer).set(wavePairs(n), pairs / 4);

  const area = n * n;
  const middle = (1 / lambdaMin + 1 / lambdaMax) / 2;
  const distance = (1 / lambdaMin - 1 / lambdaMax) / 2;
  // E of an image is at least that of its softer phase.
  const leastModulus = Math.min(...stiffnesses.map(({ own, cross }) => 4 * (own - cross ** 2 / own)));
  const productsAt = layout.products / 8;

  /** r −= α z, then r · M⁻¹ r of each lane, and of the lanes of each pair. */
  const reduce = (alpha: readonly number[]): { readonly straight: number[]; readonly crossed: number[] } => {
    singles.set(alpha, layout.factors / 4);
    kernel.forwardSweep(r, z, n, rowBytes, layout.factors, twiddles, phaseFactors, pairs, couplings, pivots, layout.products);
    const products = Array.from(doubles.subarray(productsAt, productsAt + 2 * lanes));
    return { straight: products.slice(0, lanes), crossed: products.slice(lanes) };
  };
  const steps: LaneSteps = {
    updateDirection(alpha, beta) {
      singles.set([...alpha, ...beta], layout.factors / 4);
      kernel.backwardSweep(
        u, p, z, n, rowBytes, layout.factors, twiddles, phaseFactors, pairs, couplings, pivots, layout.both, layout.singleStiffnesses, layout.scratch, layout.products,
      );
      return Array.from(doubles.subarray(productsAt, productsAt + lanes));
    },
    reduce: (alpha) => reduce(alpha).straight,
    finish: () => kernel.addDirection(u, p, vectorBytes, layout.factors),
  };

  /** Uniform strains of the lanes: those of a homogeneous cell, so that one has no fluctuation. */
  const setUniform = (image: Image2D<'binary'>): { readonly lateral: number; readonly pulled: number } => {
    const white = volumeFraction(image);
    const mean = (name: 'own' | 'cross'): number => (1 - white) * stiffnesses[0]![name] + white * stiffnesses[1]![name];
    const lateral = mean('cross') / mean('own');
    const pulled = 1 / (4 * mean('own'));
    const modes = doubles.fill(0, layout.modes / 8, layout.modes / 8 + 4 * lanes).subarray(layout.modes / 8);
    for (const lane of compressions) {
      modes[lane] = -2;
      modes[lanes + lane] = 2 * lateral;
      modes[lanes + lane + 1] = 2 * pulled;
    }
    return { lateral, pulled };
  };
  /** Sum of the displacements of the top edge, integral mean times n, of a lane. */
  const edgeSum = (lane: number, uniform: number): number => {
    let sum = n * n * uniform;
    const row = (u + n * rowBytes) / 4 + lanes + lane;
    for (let i = 0; i <= n; i++) sum += singles[row + 8 * i]! * (i === 0 || i === n ? 0.5 : 1);
    return sum;
  };

  /** Unbalanced forces of u into r; E and ν as u has them. */
  const measure = (uniform: { readonly lateral: number; readonly pulled: number }) => {
    for (const half of [0, 1]) {
      const pixels = half === 0 ? layout.pixels : layout.transposed;
      kernel.residualForces(u, r, n, rowBytes, pixels, layout.modes, layout.doubleStiffnesses, layout.sums, layout.scratch, half);
    }
    const sums = doubles.subarray(layout.sums / 8, layout.sums / 8 + residualSums.count);
    const residual = Math.max(...noFactor.map((_, lane) => Math.sqrt(sums[residualSums.squaredNodalForces + lane]! / sums[residualSums.squaredElementForces + lane]!)));
    const moduli = compressions.map((lane) => {
      const [along, across] = [sums[residualSums.stress + lane]!, sums[residualSums.stress + lanes + lane]!];
      return (-2 * along + 2 * uniform.lateral * across + sums[residualSums.work + (lanes + 1) * lane]!) / area;
    });
    const ratios = compressions.map((lane) => {
      const across = sums[residualSums.stress + lanes + lane]!;
      const work = 2 * uniform.pulled * across + sums[residualSums.work + lanes * (lane + 1) + lane]!;
      return (edgeSum(lane, uniform.lateral) - work) / area;
    });
    return { moduli, ratios, residual };
  };

  /** The error's bound, from r · M⁻¹ r of each lane and from E before it is corrected. */
  const boundOf = (products: readonly number[], moduli: readonly number[]): number => {
    const errors = compressions.map((lane, i) => {
      const [own, traction] = [products[lane]! / area, products[lane + 1]! / area];
      return Math.max(own / Math.max(leastModulus, moduli[i]! - own / lambdaMin), Math.sqrt(own * traction));
    });
    return caution * distance * Math.max(...errors);
  };

  const solve = (image: Image2D<'binary'>, { tolerance, iterations: mostIterations } = usualLimits): Solution => {
    checkImage(image, n);
    for (let row = 0; row < n; row++) {
      for (let column = 0; column < n; column++) {
        const at = row * n + column;
        const across = image.data[(n - 1 - column) * n + (n - 1 - row)]!;
        bytes[layout.pixels + at] = image.data[at]!;
        bytes[layout.transposed + at] = across;
        bytes[layout.both + at] = image.data[at]! + 2 * across;
      }
    }
    const uniform = setUniform(image);
    bytes.fill(0, u, u + vectorBytes);
    for (let iterations = 0; ; ) {
      const { moduli, ratios, residual } = measure(uniform);
      // What another image left there may be no number, and stay so times zero.
      bytes.fill(0, z, z + vectorBytes);
      const { straight, crossed } = reduce(noFactor);
      const errorBound = boundOf(straight, moduli);
      if (errorBound > tolerance && iterations < mostIterations) {
        bytes.fill(0, p, p + vectorBytes);
        iterations += iterate(
          steps,
          straight,
          mostIterations - iterations,
          (products, lost) => boundOf(products, moduli.map((modulus, i) => modulus - lost[2 * i]! / area)) <= margin * tolerance,
        );
        continue;
      }
      const [x, y] = [0, 1].map((i) => ({
        modulus: unit * (moduli[i]! - (middle * straight[2 * i]!) / area),
        ratio: ratios[i]! + (middle * crossed[2 * i]!) / area,
      })) as [{ modulus: number; ratio: number }, { modulus: number; ratio: number }];
      return {
        properties: { youngsModulus: { x: x.modulus, y: y.modulus }, poissonRatio: { x: x.ratio, y: y.ratio } },
        converged: errorBound <= tolerance,
        // One direction: two components of (n + 1)² nodes, but for u_x of two edges and u_y of one.
        statistics: { solver: solverName, unknowns: (n + 1) * (2 * n - 1), iterations, residual, errorEstimate: errorBound },
      };
    }
  };
  return { solve };
}
