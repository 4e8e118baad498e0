/*
 * The phases' stiffnesses and the reference medium in the numbers of the kernels of conjugate gradients, and the medium's
 * inverse on the periodic grid. On the roller cell: roller-medium.ts.
 */
import type { PhasePair, PlaneAssumption } from '#domain/materials';
import { phaseStiffnesses, referenceMedium, type ModalStiffness } from '../element/modal-stiffness';
import { frequencies, oppositePositions } from './fourier-tables';

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

/**
 * Inverse of the medium's 2 × 2 symbol at wave numbers kx, ky of n, not both zero: g₁₁, g₁₂, g₂₂, per Pa.
 * Real, because the square is its own image under inversion.
 */
export function inverseSymbol({ own, cross, shear, hourglass }: ModalStiffness, kx: number, ky: number, n: number): readonly [number, number, number] {
  const [sx, cx] = [Math.sin((Math.PI * kx) / n), Math.cos((Math.PI * kx) / n)];
  const [sy, cy] = [Math.sin((Math.PI * ky) / n), Math.cos((Math.PI * ky) / n)];
  const alongX = (4 * sx * cy) ** 2;
  const alongY = (4 * sy * cx) ** 2;
  const zigzag = hourglass * (4 * sx * sy) ** 2;
  const xx = own * alongX + shear * alongY + zigzag;
  const yy = own * alongY + shear * alongX + zigzag;
  const xy = (cross + shear) * 16 * sx * cx * sy * cy;
  const determinant = xx * yy - xy * xy;
  return [yy / determinant, -xy / determinant, xx / determinant];
}

/**
 * For each column that does not come after its opposite, and for each position of a column,
 * (g₁₁ + g₂₂) / 2, (g₁₁ − g₂₂) / 2 and g₁₂ of the inverse symbol, over n² for the two transforms. Zero
 * for the mean, which no force moves.
 */
export function symbolTable(n: number, stiffness: ModalStiffness): Float32Array {
  const frequencyAt = frequencies(n);
  const table = new Float32Array(3 * n * (n / 2 + 1));
  let next = 0;
  oppositePositions(n).forEach((opposite, column) => {
    if (opposite < column) return;
    const kx = frequencyAt[column]!;
    for (let position = 0; position < n; position++, next += 3) {
      const ky = frequencyAt[position]!;
      if (kx === 0 && ky === 0) continue;
      const [xx, xy, yy] = inverseSymbol(stiffness, kx, ky, n);
      table[next] = (xx + yy) / 2 / n ** 2;
      table[next + 1] = (xx - yy) / 2 / n ** 2;
      table[next + 2] = xy / n ** 2;
    }
  });
  return table;
}
