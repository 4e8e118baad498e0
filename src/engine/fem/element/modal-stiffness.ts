/*
 * A homogeneous medium between the two phases, whose stiffness on the periodic grid is diagonal in
 * Fourier space. Its bulk and shear moduli are the geometric means of the phases', so the phases' elements
 * lie between 1 / √contrast and √contrast times its own, as quadratic forms; the condition number of the
 * preconditioned stiffness is at most the contrast.
 *
 * The symbol is that of the bilinear elements themselves, not of the continuum (Ladecký et al. 2022,
 * arXiv 2203.02962), so every frequency that the grid has is preconditioned exactly. Theirs is a mean of the
 * stiffnesses; the geometric one has the same condition number when the moduli have one ratio, and a
 * smaller one when they have two.
 */
import type { IsotropicMaterial, PhasePair, PlaneAssumption } from '#domain/materials';
import { planeElement, planeStiffness, type PlaneElement } from './plane-element';
import { hasVoid } from './void-phase';

/**
 * What an isotropic pixel answers to the modes of its corners (sides a, b = ±1): the displacements sums
 * ξ = Σ a u, η = Σ b u and h = Σ a b u of either component. Pa; `thermal` Pa/K.
 */
export interface ModalStiffness {
  /** Force in ξ of x by ξ of x, or in η of y by η of y. */
  readonly own: number;
  /** Force in ξ of x by η of y, or the other way round. */
  readonly cross: number;
  /** Force in η of x and in ξ of y by the sum of the two. */
  readonly shear: number;
  /** Force in h by h of the same component. */
  readonly hourglass: number;
  /** Force in ξ of x and in η of y by 1 K. */
  readonly thermal: number;
}

/** A reference medium for the preconditioner. */
export interface ReferenceMedium {
  readonly stiffness: ModalStiffness;
  /** The stiffness of any image of the two phases lies between `lambdaMin` and `lambdaMax` times the medium's. */
  readonly lambdaMin: number;
  readonly lambdaMax: number;
}

/** The stiffness of an element; exact, because the element's numbers leave room in their mantissas. */
export function modalStiffness(element: PlaneElement): ModalStiffness {
  // The second node: a = 1, b = −1.
  const sideA = [-1, 1, 1, -1];
  const sideB = [-1, -1, 1, 1];
  const force = (component: 0 | 1, weights: (node: number) => number): number => {
    let sum = 0;
    for (let node = 0; node < 4; node++) sum += weights(node) * element[18 + 2 * node + component]!;
    return sum / 4;
  };
  return {
    own: force(0, (node) => sideA[node]!),
    cross: force(1, (node) => sideB[node]!),
    shear: -force(0, (node) => sideB[node]!),
    hourglass: -force(0, (node) => sideA[node]! * sideB[node]!),
    thermal: element[26]!,
  };
}

/** The largest ratio of the phases' bulk or shear moduli, in either order, and across both where they cross; infinite next to a void. */
export function contrastOf(phases: PhasePair, plane: PlaneAssumption): number {
  if (hasVoid(phases)) return Infinity;
  const { lambdaMin, lambdaMax } = referenceMedium(phases, plane);
  return lambdaMax / lambdaMin;
}

/** The largest contrast of `isLowContrast`. Iterations take about the square root of the contrast, and single precision has an end. */
const lowContrast = 50;

/** Whether the contrast is low: then iterations are the fastest way, and E by `compression` is nearly invariant to a mirroring across the load. */
export function isLowContrast(phases: PhasePair, plane: PlaneAssumption): boolean {
  return contrastOf(phases, plane) <= lowContrast;
}

export function referenceMedium({ white, black }: PhasePair, plane: PlaneAssumption): ReferenceMedium {
  const moduli = [white, black].map((material) => modularPair(material, plane));
  const bulk = Math.sqrt(moduli[0]!.bulk * moduli[1]!.bulk);
  const shear = Math.sqrt(moduli[0]!.shear * moduli[1]!.shear);
  const ratios = moduli.flatMap((phase) => [phase.bulk / bulk, phase.shear / shear]);
  const stiffness = { own: (bulk + shear) / 4, cross: (bulk - shear) / 4, shear: shear / 4, hourglass: (bulk + 2 * shear) / 12, thermal: 0 };
  return { stiffness, lambdaMin: Math.min(...ratios), lambdaMax: Math.max(...ratios) };
}

function modularPair(material: IsotropicMaterial, plane: PlaneAssumption): { readonly bulk: number; readonly shear: number } {
  const D = planeStiffness(material, plane);
  return { bulk: (D[0]! + D[1]!) / 2, shear: D[8]! };
}

/** The stiffnesses of both phases, black first. */
export function phaseStiffnesses({ white, black }: PhasePair, plane: PlaneAssumption): readonly [ModalStiffness, ModalStiffness] {
  return [modalStiffness(planeElement(black, plane)), modalStiffness(planeElement(white, plane))];
}
