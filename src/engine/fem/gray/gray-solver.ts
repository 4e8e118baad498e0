/*
 * Virtual tests of gray images by preconditioned conjugate gradients, for what solves hundreds of images that change
 * slowly, such as topology optimization. Tests, supports and units are those of the two-phase solvers. Every
 * result errs in second order: energies are stationary, and mean displacements are weighted with their adjoint.
 */
import type { PlaneAssumption } from '#domain/materials';
import { properties as allProperties, type Directional, type Property } from '#domain/objective';
import { ensure } from '#engine/core/bug-error';
import { inverse3 } from '#engine/numerics/matrix-3';
import { solverName as directName } from '../direct/condensation';
import { ensureKernelSize, lanes } from '../iterative/conjugate-gradients';
import { carries } from '../element/void-phase';
import { periodicProperties, porousExpansion, porousProperties } from '../periodic-properties';
import { usualLimits, type IterationLimits, type Solution, type Solver } from '../solver';
import type { TestProperties } from '../virtual-test';
import { createGrayDirect, type GrayDirect } from './gray-direct';
import { createGraySystem, type GraySystem } from './gray-equations';
import { iterateGray, type GrayIterations, type Measured, type Measurement } from './gray-iterations';
import type { GraySystemName, GrayTestKind } from './gray-modes';
import { pixelStiffnesses, type PixelStiffnesses, type GrayPixels } from './gray-pixels';

/**
 * Displacements of the systems of a test beyond their uniform strains: rows of nodes from the bottom, eight numbers
 * per node, four lanes along x, then four along y (`gray-equations.ts` says which lane is what), in edges
 * of a pixel; of tractions per `unit`, of heating per `kelvins`. A start for images of the same resolution and test.
 */
export interface GrayFields {
  readonly unit: number;
  readonly kelvins: number;
  readonly displacements: Readonly<Partial<Record<GraySystemName, Float64Array>>>;
}

/**
 * `statistics.errorEstimate` is a bound of the relative error of E, of the error of ν, and of that of α relative to the
 * largest of a pixel; of a periodic cell, of every entry of the stiffness relative to the largest, and of the thermal
 * stress relative to the largest that a pixel has under constrained heating. Fields and derivatives err by about its
 * square root. Iterations are those of all systems.
 */
export interface GraySolution extends Solution {
  /** Of the periodic cell with its voids filled, nine entries, row-major, 1/Pa; zero for the shear of a mirrored cell, which is not solved. */
  readonly compliance?: Float64Array;
  readonly pixels: GrayPixels;
  readonly fields: GrayFields;
}

export interface GraySolveSettings extends IterationLimits {
  /** Fields of a former solution; without them, results depend on the image alone. */
  readonly start?: GrayFields;
  /** Whether nodes are scaled by their stiffness, which suits smooth moduli; sharp ones take fewer iterations without. */
  readonly scaled?: boolean;
  /** Whether the direct solver is used, which ignores all other settings; without it, the image decides. Images with voids have iterations. */
  readonly direct?: boolean;
}

/** Solves images of one resolution. */
export interface GraySolver extends Solver<GrayPixels, GraySolveSettings> {
  solve(pixels: GrayPixels, settings?: GraySolveSettings): GraySolution;
}

/** The systems of each test. */
const systemNames: Readonly<Record<GrayTestKind, readonly GraySystemName[]>> = {
  compression: ['compression'],
  heating: ['compression', 'heating'],
  periodic: ['periodic'],
  mirrored: ['mirrored'],
};

/**
 * A solver; the resolution is a power of two ≥ 4. `heating` needs pixels with an expansion. Only systems that measure an
 * `asked` property are solved; images with voids need the elastic properties for their expansion.
 *
 * `mirrored`: the `periodic` test of the cell that mirroring an image of n × n pixels to the right and downwards gives, from
 * this quarter alone. It has neither shear modulus nor stiffness tensor, because shear is not solved; the stiffness within
 * the bound of the error is that of normal strains.
 */
export function createGraySolver(
  n: number,
  { kind, plane }: { readonly kind: GrayTestKind; readonly plane: PlaneAssumption },
  asked: readonly Property[] = allProperties,
): GraySolver {
  ensureKernelSize(n);
  const isAsked = (name: GraySystemName): boolean => isPeriodic(name) || asked.some((property) => (property === 'thermal-expansion') === (name === 'heating'));
  const systems = systemNames[kind].filter(isAsked).map((name) => ({ name, system: createGraySystem(name, n) }));
  let direct: GrayDirect | undefined;
  return {
    solve(pixels, settings = usualLimits) {
      ensure(kind !== 'heating' || pixels.thermalExpansion !== undefined, 'heating of pixels without an expansion');
      const stiffnesses = pixelStiffnesses(n, pixels, plane);
      if (!(settings.direct ?? suitsDirect(kind, stiffnesses)) || stiffnesses.voids.length > 0) return solveGray(systems, n, pixels, stiffnesses, settings);
      direct ??= createGrayDirect(n, kind);
      return solveGray(systems, n, pixels, stiffnesses, settings, direct(stiffnesses));
    },
  };
}

/** From this contrast of an image on the direct solver takes less time than iterations; see docs/methods.md, "Gray pixels". */
const leastDirectContrast: Readonly<Record<GrayTestKind, number>> = { compression: 100, heating: 100, periodic: 1000, mirrored: 100 };

/** Whether the direct solver finds the displacements of an image: by the image alone, so that solutions depend on nothing else. */
function suitsDirect(kind: GrayTestKind, { contrast }: PixelStiffnesses): boolean {
  return contrast >= leastDirectContrast[kind];
}

function solveGray(
  systems: readonly { readonly name: GraySystemName; readonly system: GraySystem }[],
  n: number,
  pixels: GrayPixels,
  stiffnesses: PixelStiffnesses,
  { start, scaled = false, ...limits }: GraySolveSettings,
  direct?: ReturnType<GrayDirect>,
): GraySolution {
  const porous = stiffnesses.voids.length > 0;
  const expands = pixels.thermalExpansion !== undefined;
  ensure(!porous || systems[0]!.name !== 'heating', 'the expansion of an image with voids without its elastic properties');
  const displacements: Partial<Record<GraySystemName, Float64Array>> = {};
  let properties: TestProperties = {};
  let thermalStress: Float64Array | undefined;
  let compliance: Float64Array | undefined;
  let [converged, unknowns, iterations, residual, errorEstimate] = [true, 0, 0, 0, 0];
  for (const { name, system } of systems) {
    // A solid that does not carry both loads has no expansion.
    if (name === 'heating' && porous && properties.poissonRatio === undefined) continue;
    const { found } = system.memory;
    let ended: GrayIterations;
    if (direct !== undefined) ended = direct(name, system);
    else {
      system.setStiffnesses(stiffnesses, scaled);
      const former = start?.displacements[name];
      ensure(former === undefined || former.length === found.length, `fields of another resolution as a start of ${n} pixels`);
      if (former === undefined) found.set(homogeneousStart(name, n, stiffnesses));
      else found.set(rescaled(name, former, start!, stiffnesses));
      ended = iterateGray(system, limits, scaled, stiffnesses, (squares, measured) => boundOf(name, squares, measured, n, stiffnesses));
    }
    displacements[name] = found.slice();
    const { filled, solid } = ended.measured;
    if (isPeriodic(name)) {
      const effective = effectiveStiffness(name, solid, n, stiffnesses);
      const whole = porous ? effectiveStiffness(name, filled, n, stiffnesses) : effective;
      if (expands) thermalStress = effective.thermalStress;
      const { shearModulus, stiffness, ...normal } = porous
        ? porousProperties(effective.stiffness, whole.stiffness, expands ? porousExpansion(effective.stiffness, whole.stiffness, effective.thermalStress, whole.thermalStress) : undefined)
        : periodicProperties(effective.stiffness, thermalStress);
      properties = name === 'mirrored' ? normal : { ...normal, shearModulus, stiffness };
      compliance = inverse3(whole.stiffness);
      if (name === 'mirrored') compliance[8] = 0;
    } else if (name === 'compression') properties = compressionProperties(ended.measured, n, stiffnesses);
    else properties = { ...properties, thermalExpansion: expansionOf(solid, n, stiffnesses) };
    unknowns = Math.max(unknowns, unknownsOf(name, n));
    converged &&= ended.converged;
    iterations += ended.iterations;
    residual = Math.max(residual, filled.residual);
    errorEstimate = Math.max(errorEstimate, ended.errorBound);
  }
  const fields = { unit: stiffnesses.unit, kelvins: stiffnesses.kelvins, displacements };
  const statistics = { solver: direct ? `${directName}-of-gray-pixels` : 'preconditioned-conjugate-gradients-of-gray-pixels', unknowns, iterations, residual, errorEstimate };
  return { pixels, properties, ...(thermalStress && { thermalStress }), ...(compliance && { compliance }), fields, converged, statistics };
}

function isPeriodic(name: GraySystemName): boolean {
  return name === 'periodic' || name === 'mirrored';
}

/** Displacements of the image's mean medium: where all pixels are alike, nothing is left to do. */
function homogeneousStart(name: GraySystemName, n: number, { numbers }: PixelStiffnesses): Float64Array {
  const nodes = name === 'periodic' ? n : n + 1;
  const found = new Float64Array(2 * lanes * nodes * nodes);
  if (isPeriodic(name)) return found;
  let [bulk, shear, thermal] = [0, 0, 0];
  for (let at = 0; at < numbers.length; at += 3) {
    bulk += numbers[at]! / (n * n);
    shear += numbers[at + 1]! / (n * n);
    thermal += numbers[at + 2]! / (n * n);
  }
  const poisson = (bulk - shear) / (bulk + shear);
  const confined = 1 / (4 * (bulk + shear));
  const pulled = (bulk + shear) / (16 * bulk * shear);
  // Strains 11 of four lanes, then strains 22.
  const warm = -thermal / (4 * bulk);
  const strains = name === 'compression' ? [0, 0, 0, 0, poisson, confined, poisson, confined] : [warm, pulled, -poisson * pulled, 0, warm, -poisson * pulled, pulled, 0];
  for (let row = 0, at = 0; row < nodes; row++) {
    for (let column = 0; column < nodes; column++) {
      for (let lane = 0; lane < lanes; lane++) found[at++] = strains[lane]! * column;
      for (let lane = lanes; lane < 2 * lanes; lane++) found[at++] = strains[lane]! * row;
    }
  }
  return found;
}

/** A former state in the units of the image: powers of two, so nothing is rounded. */
function rescaled(name: GraySystemName, former: Float64Array, { unit, kelvins }: GrayFields, stiffnesses: PixelStiffnesses): Float64Array {
  const [softer, warmer] = [stiffnesses.unit / unit, stiffnesses.kelvins / kelvins];
  const factors = { periodic: [1, 1, 1, warmer], mirrored: [1, 1, 1, warmer], compression: [1, softer, 1, softer], heating: [warmer, softer, softer, 1] }[name];
  if (factors.every((factor) => factor === 1)) return former;
  return former.map((value, i) => value * factors[i % lanes]!);
}

/**
 * How large errors are, from the bounds of the squares of the lanes' errors in energy. What the fillings of voids have in
 * energy is taken off results, and errs in first order: so their energies come in. A load that the solid does not carry
 * gives zero, which is certain as soon as the energy is known to a hundredth.
 */
function boundOf(name: GraySystemName, squares: readonly number[], { filled, solid }: Measurement, n: number, stiffnesses: PixelStiffnesses): number {
  const square = squares.map((each) => each / (n * n));
  const filling = filled.energies.map((energy, lane) => Math.max(0, energy - solid.energies[lane]!) / (n * n));
  /** Of a mixed energy of two lanes of the solid. */
  const mixed = (a: number, b: number): number => Math.sqrt(square[a]! * square[b]!) + Math.sqrt(square[a]! * filling[b]!) + Math.sqrt(square[b]! * filling[a]!);
  if (name === 'heating') return stiffnesses.mostExpansion === 0 ? 0 : Math.max(mixed(0, 1), mixed(0, 2)) / stiffnesses.mostExpansion;
  const loads = { periodic: [0, 1, 2], mirrored: [0, 1], compression: [0, 2] }[name];
  const carried = loads.filter((lane) => carriesLoad(filled, solid, lane));
  const own = (lane: number): number => square[lane]! + 2 * Math.sqrt(square[lane]! * filling[lane]!);
  const rest = loads.filter((lane) => !carried.includes(lane)).map((lane) => (square[lane]! * n * n) / filled.energies[lane]!);
  const uncertain = Math.max(0, ...rest.filter((share) => share > 0.01));
  if (isPeriodic(name)) {
    const strains = Math.max(0, ...carried.map(own));
    const largest = Math.max(stiffnesses.leastEntry, ...carried.map((lane) => solid.energies[lane]! / (n * n) - own(lane)));
    const thermal = stiffnesses.mostThermalStress === 0 ? 0 : Math.max(0, ...carried.map((lane) => mixed(lane, 3))) / stiffnesses.mostThermalStress;
    return Math.max(strains / largest, thermal, uncertain);
  }
  const moduli = carried.map((lane) => own(lane) / Math.max(stiffnesses.leastModulus, solid.energies[lane]! / (n * n) - own(lane)));
  return Math.max(uncertain, ...moduli, ...(carried.length === 2 ? [mixed(0, 1), mixed(2, 3)] : []));
}

/** Whether the solid carries the load of a lane; without voids it does. */
function carriesLoad(filled: Measured, solid: Measured, lane: number): boolean {
  return filled === solid || carries(solid.energies[lane]!, filled.energies[lane]!);
}

/** Mean displacement of lane u where the traction of lane v pulls, in edges of the image. */
function meanOf({ work, loadWork }: Measured, n: number, v: number, u: number): number {
  return (loadWork[lanes * v + u]! - work[lanes * v + u]!) / (n * n);
}

function compressionProperties({ filled, solid }: Measurement, n: number, { unit }: PixelStiffnesses): TestProperties {
  const [x, y] = [0, 2].map((lane) => (carriesLoad(filled, solid, lane) ? solid.energies[lane]! / (n * n) : 0)) as [number, number];
  return {
    youngsModulus: { x: unit * x, y: unit * y },
    ...(x > 0 && y > 0 && { poissonRatio: { x: meanOf(solid, n, 1, 0), y: meanOf(solid, n, 3, 2) } }),
  };
}

function expansionOf(solid: Measured, n: number, { kelvins }: PixelStiffnesses): Directional {
  return { x: meanOf(solid, n, 1, 0) / kelvins, y: meanOf(solid, n, 2, 0) / kelvins };
}

/**
 * Effective stiffness in Pa, and thermal stress in Pa/K. In a mirrored cell the shear stresses of the quarters cancel out, so
 * nothing else depends on the shear modulus; a modulus of normal strain stands in its place.
 */
function effectiveStiffness(name: GraySystemName, { stress, work }: Measured, n: number, { unit, kelvins }: PixelStiffnesses): { readonly stiffness: Float64Array; readonly thermalStress: Float64Array } {
  const isShear = (i: number): boolean => name === 'mirrored' && i === 2;
  const energy = (i: number, j: number): number => (isShear(i) || isShear(j) ? 0 : (2 * stress[lanes * i + j]! + work[lanes * i + j]!) / (n * n));
  const stiffness = Float64Array.from({ length: 9 }, (_, k) => {
    const [i, j] = [Math.floor(k / 3), k % 3];
    return (unit * (energy(i, j) + energy(j, i))) / 2;
  });
  if (name === 'mirrored') stiffness[8] = stiffness[0]!;
  return {
    stiffness,
    thermalStress: Float64Array.from({ length: 3 }, (_, i) => (-unit / kelvins) * energy(i, 3)),
  };
}

/** Unknowns of one load case: components of nodes that no roller fixes. */
function unknownsOf(name: GraySystemName, n: number): number {
  return { periodic: 2 * n * n - 2, mirrored: 2 * (n + 1) * (n - 1), compression: (n + 1) * (2 * n - 1), heating: (n + 1) * 2 * n }[name];
}
