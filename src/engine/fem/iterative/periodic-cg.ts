/*
 * The periodic cell by conjugate gradients (conjugate-gradients.ts), preconditioned by a homogeneous medium
 * (reference-medium.ts).
 *
 * What is asked for is the effective stiffness, not the displacements, and its error is an energy. With
 * r the residual forces of two load cases, K the image's stiffness and M the medium's, the error is
 * rᵀ K⁻¹ r', and since lambdaMin · M ≤ K ≤ lambdaMax · M it lies between rᵀ M⁻¹ r' over `lambdaMax` and over `lambdaMin`.
 * So the middle of the two is taken off, half their distance is a bound of what is left, and the
 * iterations stop by that bound.
 *
 * Ours: iterations in single precision, which halves the work and loses nothing, because the error is
 * the square of the displacements' and is measured afterwards: the residual forces and the energies
 * of the displacements that were found are computed in double precision. If the bound does not hold then,
 * the iterations start again from there.
 */
import type { PhasePair, PlaneAssumption } from '#domain/materials';
import type { Image2D } from '#engine/grid/image-2d';
import { residualSums, createPeriodicCgKernel, stiffnessNumbers } from '#engine/kernels/conjugate-gradients';
import { bothExpand, periodicProperties } from '../periodic-properties';
import { checkImage, usualLimits, type Solution, type Solver } from '../solver';
import { caution, ensureKernelSize, iterate, lanes, margin, type LaneSteps } from './conjugate-gradients';
import { oppositePositions, twiddleTable } from './fourier-tables';
import { kernelStiffnesses, powerOfTwo, symbolTable } from './reference-medium';
import { layOutPeriodicCg } from './kernel-layout';

/** Its error bound is of every entry of the stiffness relative to the largest, and of the thermal stress relative to the larger of the constrained phases'. */
const solverName = 'fft-preconditioned-conjugate-gradients';

/** The load case after unit strains 11, 22, 12. */
const heating = 3;

/** Sets up everything that does not depend on the image; the resolution is a power of two ≥ 4. */
export function createPeriodicCg(resolution: number, phases: PhasePair, plane: PlaneAssumption): Solver {
  const n = resolution;
  ensureKernelSize(n);
  const layout = layOutPeriodicCg(n);
  const { functions: kernel, buffer } = createPeriodicCgKernel(layout.bytes);
  const singles = new Float32Array(buffer);
  const doubles = new Float64Array(buffer);
  const bytes = new Uint8Array(buffer);
  const { u, r, p, z, rowBytes, twiddles, scratch } = layout;

  const { unit, stiffnesses, medium, lambdaMin, lambdaMax } = kernelStiffnesses(phases, plane);
  const largestThermal = Math.max(...stiffnesses.map(({ thermal }) => Math.abs(thermal)));
  const kelvins = largestThermal === 0 ? 1 : unit / powerOfTwo(largestThermal);
  stiffnesses.forEach(({ own, cross, shear, hourglass, thermal }, phase) => {
    const numbers = [own, cross, shear, hourglass];
    singles.set(numbers.flatMap((value) => [value, value, value, value]), layout.singleStiffnesses / 4 + stiffnessNumbers.single * phase);
    doubles.set([...numbers, (thermal * kelvins) / unit], layout.doubleStiffnesses / 8 + stiffnessNumbers.double * phase);
  });
  singles.set(symbolTable(n, medium), layout.symbols / 4);
  singles.set(twiddleTable(n), twiddles / 4);
  new Int32Array(buffer).set(oppositePositions(n), layout.opposites / 4);
  // A unit strain has ξ = 2 (or η, or a shear of 2); heating comes last.
  for (let load = 0; load < lanes; load++) doubles[layout.modes / 8 + lanes * load + load] = load === heating ? 1 : 2;

  const pixels = n * n;
  const heated = bothExpand(phases);
  const middle = (1 / lambdaMin + 1 / lambdaMax) / 2;
  const distance = (1 / lambdaMin - 1 / lambdaMax) / 2;
  // A constrained phase has the stress of −2 times its thermal force.
  const thermalScale = (2 * largestThermal * kelvins) / unit;

  /** M⁻¹ z in place of z, whose rows are transformed before and after; r · M⁻¹ r of each load case. */
  const precondition = (): number[] => {
    kernel.preconditionColumns(z, n, rowBytes, twiddles, layout.opposites, layout.symbols, scratch, layout.products);
    return Array.from(doubles.subarray(layout.products / 8, layout.products / 8 + lanes));
  };
  // The stiffness of any image is at least that of the softer phase.
  const leastEntry = 4 * Math.min(...stiffnesses.map(({ own }) => own));

  /** Unbalanced forces of u into r; the energies of pairs of load cases, row-major, per area, in the units of the kernel. */
  const measure = (thermalSquares: number): { readonly energies: Float64Array; readonly residual: number } => {
    for (const half of [0, 1]) {
      kernel.residualForces(u, r, n, rowBytes, layout.pixels, layout.modes, layout.doubleStiffnesses, layout.sums, scratch, half);
    }
    const sums = doubles.subarray(layout.sums / 8, layout.sums / 8 + residualSums.count);
    const energies = new Float64Array(lanes * lanes);
    let residual = 0;
    for (let i = 0; i < lanes; i++) {
      for (let j = 0; j < lanes; j++) {
        const stress = i === heating ? 0 : 2 * sums[residualSums.stress + lanes * i + j]!;
        energies[lanes * i + j] = (stress + sums[residualSums.work + lanes * i + j]!) / pixels;
      }
      const elements = sums[residualSums.squaredElementForces + i]! + (i === heating ? thermalSquares : 0);
      if (elements > 0) residual = Math.max(residual, Math.sqrt(sums[residualSums.squaredNodalForces + i]! / elements));
    }
    return { energies, residual };
  };
  /** Sum of the squares of all thermal element forces in the units of the kernel. */
  const squaredThermalForces = (image: Image2D<'binary'>): number => {
    const white = image.data.reduce((sum, value) => sum + value, 0);
    const [black, bright] = stiffnesses.map(({ thermal }) => 8 * ((thermal * kelvins) / unit) ** 2);
    return (pixels - white) * black! + white * bright!;
  };

  /**
   * The error's bound from r · M⁻¹ r of each load case and from the energies before they are corrected,
   * whose largest is above the largest entry by no more than r · M⁻¹ r over `lambdaMin`.
   */
  const boundOf = (products: readonly number[], energies: readonly number[]): number => {
    const [a, b, c, heated] = products.map((product) => product / pixels) as [number, number, number, number];
    const strains = Math.max(a, b, c);
    const largest = Math.max(leastEntry, ...[a, b, c].map((square, load) => energies[load]! - square / lambdaMin));
    const thermal = thermalScale === 0 ? 0 : Math.sqrt(strains * heated) / thermalScale;
    return caution * distance * Math.max(strains / largest, thermal);
  };

  const steps: LaneSteps = {
    updateDirection(alpha, beta) {
      singles.set([...alpha, ...beta], layout.factors / 4);
      kernel.applyStiffness(u, p, z, n, rowBytes, layout.factors, twiddles, layout.pixels, layout.singleStiffnesses, layout.products);
      return Array.from(doubles.subarray(layout.products / 8, layout.products / 8 + lanes));
    },
    reduce(alpha) {
      singles.set(alpha, layout.factors / 4);
      kernel.reduceResidual(r, z, n, rowBytes, layout.factors, twiddles);
      return precondition();
    },
    finish: () => kernel.addDirection(u, p, n * rowBytes, layout.factors),
  };

  const solve = (image: Image2D<'binary'>, { tolerance, iterations: mostIterations } = usualLimits): Solution => {
    checkImage(image, n);
    bytes.set(image.data, layout.pixels);
    bytes.fill(0, u, u + n * rowBytes);
    const thermalSquares = squaredThermalForces(image);
    for (let iterations = 0; ; ) {
      const { energies, residual } = measure(thermalSquares);
      kernel.transformRows(r, z, n, rowBytes, twiddles);
      const products = precondition();
      const diagonal = [0, 1, 2].map((load) => energies[(lanes + 1) * load]!);
      const errorBound = boundOf(products, diagonal);
      if (errorBound > tolerance && iterations < mostIterations) {
        // What another image left there may be no number, and stay so times zero.
        bytes.fill(0, p, p + n * rowBytes);
        iterations += iterate(
          steps,
          products,
          mostIterations - iterations,
          (next, lost) => boundOf(next, diagonal.map((energy, load) => energy - lost[load]! / pixels)) <= margin * tolerance,
        );
        continue;
      }
      kernel.transformRowsBack(z, n, rowBytes, twiddles);
      kernel.gram(r, z, n, rowBytes, layout.products);
      const gram = doubles.subarray(layout.products / 8, layout.products / 8 + 3 * lanes);
      /** Twice the mixed energy of a strain and any load case, per area. */
      const energy = (strain: number, load: number): number => {
        const [low, high] = [Math.min(strain, load), Math.max(strain, load)];
        const product = high - low === heating ? gram[lanes + high]! : gram[lanes * (high - low) + low]!;
        return energies[lanes * strain + load]! - (middle * product) / pixels;
      };
      const entry = (i: number, j: number): number => (energy(i, j) + energy(j, i)) / 2;
      const stiffness = Float64Array.from({ length: 9 }, (_, i) => unit * entry(Math.floor(i / 3), i % 3));
      const thermalStress = heated ? Float64Array.from({ length: 3 }, (_, i) => (-unit / kelvins) * energy(i, heating)) : undefined;
      return {
        properties: periodicProperties(stiffness, thermalStress),
        ...(thermalStress && { thermalStress }),
        converged: errorBound <= tolerance,
        statistics: { solver: solverName, unknowns: 2 * pixels - 2, iterations, residual, errorEstimate: errorBound },
      };
    }
  };
  return { solve };
}
