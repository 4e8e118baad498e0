/* The phases' stiffnesses and the reference medium in the numbers of the kernels of conjugate gradients. */
import type { PhasePair, PlaneAssumption } from '#domain/materials';
import { phaseStiffnesses, referenceMedium, type ModalStiffness } from '../element/modal-stiffness';

/** All stiffnesses in `unit`, but for the thermal forces, which are as they were. */
export interface KernelStiffnesses {
  /** Pa; a power of two, so that nothing is rounded: single precision has no room for pascals squared. */
  readonly unit: number;
  /** Black, then white. */
  readonly stiffnesses: readonly [ModalStiffness, ModalStiffness];
  readonly medium: ModalStiffness;
  /** As in `ReferenceMedium`. */
  readonly lambdaMin: number;
  readonly lambdaMax: number;
}

export function kernelStiffnesses(phases: PhasePair, plane: PlaneAssumption): KernelStiffnesses {
  const [black, white] = phaseStiffnesses(phases, plane);
  const { stiffness, lambdaMin, lambdaMax } = referenceMedium(phases, plane);
  const unit = powerOfTwo(Math.max(black.own, white.own));
  const inUnit = ({ own, cross, shear, hourglass, thermal }: ModalStiffness): ModalStiffness => ({
    own: own / unit,
    cross: cross / unit,
    shear: shear / unit,
    hourglass: hourglass / unit,
    thermal,
  });
  return { unit, stiffnesses: [inUnit(black), inUnit(white)], medium: inUnit(stiffness), lambdaMin, lambdaMax };
}

/** The largest power of two that is not above the value. */
export function powerOfTwo(value: number): number {
  return 2 ** Math.floor(Math.log2(value));
}
