/* What a topology optimization is asked to do. */
import type { Interval } from './intervals';
import { isotropicModuli, type PhasePair, type PlaneAssumption } from './materials';
import type { Constraint, Objective } from './objective';
import type { VirtualTestKind } from './virtual-tests';

/** Symmetries of a cell: of the square, of its two mirror lines, of the exchange of x and y, none. */
export const optimizationSymmetries = ['square', 'mirror', 'transpose', 'none'] as const;
export type OptimizationSymmetry = (typeof optimizationSymmetries)[number];

/** Whether the symmetry exchanges x and y, so that both directions have equal properties. */
export function keepsDirectionsEqual(symmetry: OptimizationSymmetry): boolean {
  return symmetry === 'square' || symmetry === 'transpose';
}

/** Whether cells of the symmetry are mirrored from their quarter. */
export function hasMirrors(symmetry: OptimizationSymmetry): boolean {
  return symmetry === 'square' || symmetry === 'mirror';
}

/** Families of starts that need no image. */
export const startFamilies = ['noise', 'cosines', 'disc', 'frame', 'laminates'] as const;
export type StartFamily = (typeof startFamilies)[number];

/** Sources of starts that have a keyword: families, and the best images of the database. */
export const sourceKeywords = [...startFamilies, 'images'] as const;

/** What starts can be taken from: `pictures` are PNG files that the user names. */
export const startSources = [...sourceKeywords, 'pictures'] as const;
export type StartSource = (typeof startSources)[number];

/** The group of the starts of a source. That of PNG files is not named `pictures`: the refined designs of that arm are a group, too. */
export function startGroup(source: StartSource): string {
  return source === 'pictures' ? 'files' : source;
}

/** How often a source is different: `disc` and `frame` are one start each. */
export function isSingleStart(source: StartSource): boolean {
  return source === 'disc' || source === 'frame';
}

/** A start, and how many of its source come before it. */
export interface NumberedStart {
  readonly source: StartSource;
  readonly number: number;
}

/** Starts from sources by turns, all pictures in the first one: `count` of them, or as many as there are where there are so many images of the database and pictures. */
export function startsByTurns(count: number, from: readonly StartSource[], images: number, pictures = 0): readonly NumberedStart[] {
  const mostOf = (source: StartSource): number => (isSingleStart(source) ? 1 : source === 'images' ? images : Infinity);
  const turns: NumberedStart[] = [];
  for (let number = 0; turns.length < count; number++) {
    const turn = from.flatMap((source): NumberedStart[] => {
      if (source === 'pictures') return number === 0 ? Array.from({ length: pictures }, (_, picture) => ({ source, number: picture })) : [];
      return number < mostOf(source) ? [{ source, number }] : [];
    });
    if (turn.length === 0) break;
    turns.push(...turn);
  }
  return turns.slice(0, count);
}

/** What is optimized. */
export interface OptimizationProblem {
  readonly phases: PhasePair;
  readonly plane: PlaneAssumption;
  readonly test: VirtualTestKind;
  readonly objective: Objective;
  readonly constraints: readonly Constraint[];
  /** A power of two ≥ 4. */
  readonly resolution: number;
  /** Of white, in the cell. */
  readonly window: Interval;
}

/** Smallest radius of the density filter, pixels: below, cells become checkerboards that are stiff by the elements alone. */
export const smallestFilter = 1.5;

/** A number of white pixels that cells of the symmetry can have, of an even resolution: all multiples of it they can have, too. */
export function pixelStep(symmetry: OptimizationSymmetry): number {
  // Pixels on the diagonal that `transpose` keeps have no others with them.
  return hasMirrors(symmetry) ? 4 : 1;
}

/** What the phases share that gives every arrangement of them one value of the objective. */
export type SharedByPhases = 'expansion' | 'bulk-modulus' | 'stiffness';

/** Why there is nothing to optimize; undefined where there is. Phases of an objective of expansion have one. */
export function nothingToOptimize({ phases, plane, test, objective }: Pick<OptimizationProblem, 'phases' | 'plane' | 'test' | 'objective'>): SharedByPhases | undefined {
  const [white, black] = [isotropicModuli(phases.white, plane), isotropicModuli(phases.black, plane)];
  const [sameBulk, sameShear] = [areAlike(white.bulk, black.bulk), areAlike(white.shear, black.shear)];
  if (objective.property !== 'thermal-expansion') return sameBulk && sameShear ? 'stiffness' : undefined;
  const hasVoid = phases.white.youngsModulus === 0 || phases.black.youngsModulus === 0;
  if (hasVoid || areAlike(white.thermalExpansion!, black.thermalExpansion!)) return 'expansion';
  // The mean of both directions is then that of the phases, in every arrangement.
  return objective.directions.length === 2 && sameBulk && (test === 'periodic' || sameShear) ? 'bulk-modulus' : undefined;
}

/** Equal but for rounding. */
function areAlike(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
}

export interface OptimizationSettings {
  /** Radius of the density filter, pixels. */
  readonly filter: number;
  readonly symmetry: OptimizationSymmetry;
}

/** The optimizations of a case: all of its arms optimize in the same way, so that their starts can be compared. */
export interface CaseOptimization<NamedFile> extends OptimizationSettings {
  /** How many designs of an arm are refined, the best ones. */
  readonly best: number;
  /** How many starts the arm of starts has, taken from its sources by turns. */
  readonly starts: number;
  readonly from: readonly StartSource[];
  /** The PNG files of the source `pictures`, each one start; absent where the case names none. */
  readonly pictures?: readonly NamedFile[];
}
