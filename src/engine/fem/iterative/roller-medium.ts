/*
 * The homogeneous medium in the roller cell, wave by wave. Along x the bilinear elements take a
 * wave u_x = S sin(θ i), u_y = C cos(θ i), θ = π k / n, into itself, because the rollers at both sides are
 * planes of symmetry. What is left of each wave is a chain of the rows' (S, C): each strip of elements joins
 * two rows, the bottom row has no C, the top row is free or, where it is on rollers too, without a C as well. The chain is block tridiagonal and is eliminated
 * from the bottom upwards.
 *
 * The kernel holds a wave's sums for k and −k, C + S and C − S; so the tables here are for these two.
 */
import type { ModalStiffness } from '../element/modal-stiffness';

/** A symmetric 2 × 2 matrix: 11, 12, 22. */
export type Symmetric = readonly [number, number, number];

/** What joins the lower row's (S, C) with itself and with the upper row's. That of the upper row with itself has the other sign in 12. */
export interface WaveStrip {
  readonly lower: Symmetric;
  /** B₁₁, B₂₂, and B₁₂ = −B₂₁. */
  readonly coupling: readonly [number, number, number];
}

/** Tables of the elimination. */
export interface RollerElimination {
  /** For each wave B₁₁ = B₂₂, B₁₂, B₂₁. */
  readonly couplings: Float32Array;
  /** For each row from the bottom, and each wave, 11, 12, 22 of the inverse of its block. */
  readonly pivots: Float32Array;
}

/** The strip of wave k of n elements, for each element of a wave of amplitude 1. */
export function waveStrip({ own, cross, shear, hourglass }: ModalStiffness, k: number, n: number): WaveStrip {
  const sine = 2 * Math.sin((Math.PI * k) / (2 * n));
  const cosine = 2 * Math.cos((Math.PI * k) / (2 * n));
  const [ss, cc, sc] = [sine * sine, cosine * cosine, sine * cosine];
  return {
    lower: [(own + hourglass) * ss + shear * cc, (shear - cross) * sc, (own + hourglass * (ss / cc)) * cc + shear * ss],
    coupling: [(own - hourglass) * ss - shear * cc, shear * ss - own * cc - hourglass * ss, (cross + shear) * sc],
  };
}

/** Eliminates all waves, of the medium's stiffness times `scale`; `closed`: whether the top edge is on rollers too. */
export function eliminateRollerCell(n: number, stiffness: ModalStiffness, scale: number, closed = false): RollerElimination {
  const couplings = new Float32Array(3 * (n + 1));
  const pivots = new Float32Array(3 * (n + 1) * (n + 1));
  for (let k = 0; k <= n; k++) {
    const { lower, coupling } = waveStrip(stiffness, k, n);
    const [p11, p12, p22] = lower.map((value) => scale * value) as [number, number, number];
    const [b11, b22, b12] = coupling.map((value) => scale * value) as [number, number, number];
    // The longest and the shortest wave have cosines alone.
    const sines = k > 0 && k < n;
    if (sines) couplings.set([(b11 + b22) / 2, (b22 - b11) / 2 + b12, (b22 - b11) / 2 - b12], 3 * k);
    else couplings[3 * k] = b22;
    let inverse: Symmetric = [sines ? 1 / p11 : 0, 0, 0];
    for (let row = 0; row <= n; row++) {
      if (row > 0) {
        const [x11, x12, x22] = inverse;
        // X B, then Bᵀ X B.
        const [y11, y12] = [x11 * b11 - x12 * b12, x11 * b12 + x12 * b22];
        const [y21, y22] = [x12 * b11 - x22 * b12, x12 * b12 + x22 * b22];
        const strips = row < n ? 2 : 1;
        const s11 = strips * p11 - (b11 * y11 - b12 * y21);
        const s12 = (row < n ? 0 : -p12) - (b11 * y12 - b12 * y22);
        const s22 = strips * p22 - (b12 * y12 + b22 * y22);
        const determinant = s11 * s22 - s12 * s12;
        if (closed && row === n) inverse = [sines ? 1 / s11 : 0, 0, 0];
        else inverse = sines ? [s22 / determinant, -s12 / determinant, s11 / determinant] : [0, 0, 1 / s22];
      }
      const [i11, i12, i22] = inverse;
      const at = 3 * (row * (n + 1) + k);
      if (sines) pivots.set([(i11 + i22) / 2 + i12, (i22 - i11) / 2, (i11 + i22) / 2 - i12], at);
      else pivots[at] = i22;
    }
  }
  return { couplings, pivots };
}
