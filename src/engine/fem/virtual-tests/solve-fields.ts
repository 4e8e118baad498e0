/*
 * What happens inside an image during its virtual test, and how each property depends on each pixel.
 *
 * Sensitivity: the white share ρ of one pixel mixes the two element stiffnesses linearly; then the
 * derivative of an energy is the energy of the same displacements in the difference of the two, and
 * that of a mean displacement is minus its mixed energy with the adjoint (e.g. Bendsøe & Sigmund 2003,
 * Topology Optimization, section 1.2). Exact, without another factorization.
 */
import type { PhasePair } from '#domain/materials';
import type { VirtualTestSettings } from '#domain/virtual-tests';
import type { Image2D } from '#engine/grid/image-2d';
import { inverse3 } from '#engine/numerics/matrix-3';
import { compressionLoad, heatingLoads } from '../direct/roller-direct';
import { createCondensation, type Condensation } from '../direct/condensation';
import type { RetainedValues } from '../direct/factorization';
import { strainLoads, strainStiffness } from '../direct/periodic-direct';
import { planeElement } from '../element/plane-element';
import { periodicDerivatives, type DirectionalField } from '../periodic-properties';
import { checkTest } from './run-virtual-test';
import { rollerBoundaryConditions, periodicBoundaryConditions } from '../element/boundary-conditions';
import { hasVoid } from '../element/void-phase';

/** The load cases of all tests. */
export type LoadCaseName = 'compression x' | 'compression y' | 'heating' | 'strain 11' | 'strain 22' | 'shear 12' | 'constrained heating';

/** One load case: a unit macroscopic strain, or heating by 1 K. */
export interface LoadCaseFields {
  readonly name: LoadCaseName;
  /**
   * Displacement of each node in edges of the image, per unit strain or per kelvin: (n + 1)² nodes,
   * row-major from the bottom left, x before y.
   */
  readonly displacement: Float64Array;
  /** Strain energy density of each pixel, Pa per unit strain squared or kelvin squared; row 0 at the top. */
  readonly energyDensity: Float64Array;
}

/** Derivative of a property with respect to each pixel's white share, row 0 at the top. */
export type SensitivityField = DirectionalField;

/** The inside of one virtual test. */
export interface VirtualTestFields {
  readonly loadCases: readonly LoadCaseFields[];
  readonly youngsModulus: SensitivityField;
  readonly poissonRatio: SensitivityField;
  /** As far as the test measures it. */
  readonly thermalExpansion?: SensitivityField;
}

/** Solves the fields of images of one resolution, like `createVirtualTester`. */
export interface FieldSolver {
  solve(image: Image2D<'binary'>): VirtualTestFields;
}

/** Displacements of the whole grid and the temperature for one load case. */
interface Answer {
  readonly field: Float64Array;
  readonly temperature: number;
}

/** A field solver; the same conditions as for `createVirtualTester`. */
export function createFieldSolver(resolution: number, phases: PhasePair, settings: VirtualTestSettings): FieldSolver {
  checkTest(resolution, phases, settings);
  const energies = pixelEnergies(resolution, phases, settings);
  return settings.kind === 'periodic'
    ? periodicSolver(resolution, phases, settings, energies)
    : boxSolver(resolution, phases, settings, energies);
}

function boxSolver(resolution: number, phases: PhasePair, settings: VirtualTestSettings, energies: PixelEnergies): FieldSolver {
  const heating = settings.kind === 'heating';
  const condensation = createCondensation(rollerBoundaryConditions(resolution, heating ? 1 : 0), phases, settings.plane);
  const solve = (image: Image2D<'binary'>): VirtualTestFields => {
    const stiffness = condensation.condense(image);
    const x = compressionLoad(condensation, stiffness, resolution, 'x');
    const y = compressionLoad(condensation, stiffness, resolution, 'y');
    const [atX, atY, adjointX, adjointY] = answers(condensation, [x.values, y.values, x.adjoint, y.adjoint]);
    // The edge moved by one pixel: a strain of 1 / n, displacements of 1 / n edges.
    const unitStrain = { displacement: 1, energy: resolution * resolution };
    const fields = {
      loadCases: [
        energies.loadCase('compression x', image, atX, unitStrain),
        energies.loadCase('compression y', image, atY, unitStrain),
      ],
      youngsModulus: { x: energies.difference(atX, atX, 1), y: energies.difference(atY, atY, 1) },
      poissonRatio: { x: energies.difference(atX, adjointX, -1), y: energies.difference(atY, adjointY, -1) },
    };
    if (!heating) return fields;
    const heated = heatingLoads(condensation, stiffness, resolution);
    const [hot, adjointRight, adjointTop] = answers(condensation, [heated.x.values, heated.x.adjoint, heated.y.adjoint]);
    const perPixel = -1 / resolution;
    return {
      ...fields,
      loadCases: [...fields.loadCases, energies.loadCase('heating', image, hot, { displacement: 1 / resolution, energy: 1 })],
      thermalExpansion: { x: energies.difference(hot, adjointRight, perPixel), y: energies.difference(hot, adjointTop, perPixel) },
    };
  };
  return { solve };
}

function periodicSolver(resolution: number, phases: PhasePair, settings: VirtualTestSettings, energies: PixelEnergies): FieldSolver {
  const { loads, heated } = strainLoads(phases);
  const condensation = createCondensation(periodicBoundaryConditions(resolution, heated ? 1 : 0), phases, settings.plane);
  const area = resolution * resolution;
  const names = ['strain 11', 'strain 22', 'shear 12', 'constrained heating'] as const;
  const solve = (image: Image2D<'binary'>): VirtualTestFields => {
    const condensed = condensation.condense(image);
    const displacements = condensation.substituteBack(loads);
    const stiffness = Float64Array.from({ length: 9 }, (_, i) => displacements.energy(Math.floor(i / 3), i % 3) / area);
    const stress = heated ? Float64Array.from({ length: 3 }, (_, row) => -displacements.energy(row, 3) / area) : undefined;
    // The solid next to a void may have no compliance; that of the filled cell differs by as little as it is filled.
    const S = inverse3(hasVoid(phases) ? strainStiffness(condensed, area) : stiffness);
    const all = answers(condensation, loads);
    const dC = Array.from({ length: 9 }, (_, i) => energies.difference(all[Math.floor(i / 3)]!, all[i % 3]!, 1 / area));
    const dStress = heated ? [0, 1, 2].map((i) => energies.difference(all[i]!, all[3]!, -1 / area)) : undefined;
    const { youngsModulus, poissonRatio, thermalExpansion } = periodicDerivatives(S, dC, stress, dStress);
    return {
      loadCases: all.map((answer, c) =>
        energies.loadCase(names[c]!, image, answer, { displacement: 1 / resolution, energy: 1 }),
      ),
      youngsModulus,
      poissonRatio,
      ...(thermalExpansion && { thermalExpansion }),
    };
  };
  return { solve };
}

/** Copies of all displacements for up to four load cases. */
function answers<Loads extends readonly RetainedValues[]>(condensation: Condensation, loads: readonly [...Loads]): { [load in keyof Loads]: Answer } {
  const { field, stride, temperatures } = condensation.substituteBack(loads);
  return loads.map((_, c) => ({
    field: Float64Array.from({ length: field.length / stride }, (_, i) => field[i * stride + c]!),
    temperature: temperatures[c]!,
  })) as { [load in keyof Loads]: Answer };
}

interface PixelEnergies {
  /** factor · aᵀ (K_white − K_black) b of each pixel. */
  difference(a: Answer, b: Answer, factor: number): Float64Array;
  loadCase(
    name: LoadCaseFields['name'],
    image: Image2D<'binary'>,
    answer: Answer,
    scale: { readonly displacement: number; readonly energy: number },
  ): LoadCaseFields;
}

function pixelEnergies(n: number, phases: PhasePair, { plane }: VirtualTestSettings): PixelEnergies {
  const white = planeElement(phases.white, plane);
  const black = planeElement(phases.black, plane);
  const change = white.map((value, i) => value - black[i]!);
  const own = new Float64Array(9);
  const other = new Float64Array(9);

  /** Displacements of a pixel's corners relative to the first, then the temperature. */
  const gather = ({ field, temperature }: Answer, p: number, into: Float64Array): void => {
    const corner = 2 * ((n - 1 - Math.floor(p / n)) * (n + 1) + (p % n));
    const above = corner + 2 * (n + 1);
    for (let component = 0; component < 2; component++) {
      const base = field[corner + component]!;
      into[component] = 0;
      into[2 + component] = field[corner + 2 + component]! - base;
      into[4 + component] = field[above + 2 + component]! - base;
      into[6 + component] = field[above + component]! - base;
    }
    into[8] = temperature;
  };
  const mixed = (matrix: Float64Array): number => {
    let sum = 0;
    for (let r = 0; r < 9; r++) {
      let row = 0;
      for (let c = 0; c < 9; c++) row += matrix[9 * r + c]! * other[c]!;
      sum += own[r]! * row;
    }
    return sum;
  };
  return {
    difference(a, b, factor) {
      const result = new Float64Array(n * n);
      for (let p = 0; p < result.length; p++) {
        gather(a, p, own);
        gather(b, p, other);
        result[p] = factor * mixed(change);
      }
      return result;
    },
    loadCase(name, image, answer, scale) {
      const energyDensity = new Float64Array(n * n);
      for (let p = 0; p < energyDensity.length; p++) {
        gather(answer, p, own);
        other.set(own);
        energyDensity[p] = (scale.energy / 2) * mixed(image.data[p] === 1 ? white : black);
      }
      return { name, displacement: answer.field.map((value) => scale.displacement * value), energyDensity };
    },
  };
}
