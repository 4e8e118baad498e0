/* The phases' laws and the reference medium in the numbers of the kernels of conjugate gradients. */
import type { PhasePair, PlaneAssumption } from '#domain/materials';
import { phaseLaws, referenceMedium, type ModalLaw } from './reference-medium';

/** All laws in `unit`, but for the thermal forces, which are as they were. */
export interface KernelLaws {
  /** Pa; a power of two, so that nothing is rounded: single precision has no room for pascals squared. */
  readonly unit: number;
  /** Black, then white. */
  readonly laws: readonly [ModalLaw, ModalLaw];
  readonly medium: ModalLaw;
  /** As in `ReferenceMedium`. */
  readonly least: number;
  readonly most: number;
}

export function kernelLaws(phases: PhasePair, plane: PlaneAssumption): KernelLaws {
  const [black, white] = phaseLaws(phases, plane);
  const { law, least, most } = referenceMedium(phases, plane);
  const unit = powerOfTwo(Math.max(black.own, white.own));
  const inUnit = ({ own, cross, shear, hourglass, thermal }: ModalLaw): ModalLaw => ({
    own: own / unit,
    cross: cross / unit,
    shear: shear / unit,
    hourglass: hourglass / unit,
    thermal,
  });
  return { unit, laws: [inUnit(black), inUnit(white)], medium: inUnit(law), least, most };
}

/** The largest power of two that is not above the value. */
export function powerOfTwo(value: number): number {
  return 2 ** Math.floor(Math.log2(value));
}
