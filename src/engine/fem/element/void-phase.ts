/*
 * A phase without stiffness, exactly: the limit of a phase whose modulus goes to zero, with Poisson's ratio 0 and no
 * expansion.
 *
 * The equations of the solid alone may have no solution: islands float, pieces turn about the corners that they
 * hang by, and nodes inside a void touch nothing. So the void is filled with a phase of `filling` times the solid's
 * modulus, which is what the factorization sees; properties are taken from the strain energies of the solid alone.
 * With the filled stiffness K = K_s + δ K_f, displacements u under a load and a those of the adjoint load, an energy
 * uᵀ K u = E₀ + δ E₁ + O(δ²) has δ E₁ = uᵀ δ K_f u, because it is stationary, so uᵀ K_s u = E₀ + O(δ²). The mean
 * displacement ℓ(u) has the derivative −aᵀ K_f u, and aᵀ K u = 0, so ℓ(u) − aᵀ K_s u is its limit to second order.
 * This takes off what the solver errs in first order, too (roller-direct.ts).
 *
 * Where no part of the solid carries the load, the limit is zero, and nearly all of the energy that is left is the
 * filling's; where one does, nearly all is the solid's. So their shares tell which.
 */
import type { IsotropicMaterial, PhasePair } from '#domain/materials';

/**
 * The filling's modulus over the solid's. What is left out, of second order in it, and the round-off of a solid that
 * many times stiffer are both below 1e-6 (see docs/methods.md, "Voids").
 */
export const filling = 1e-8;

/** Whether the material has no stiffness. */
export function isVoid({ youngsModulus }: IsotropicMaterial): boolean {
  return youngsModulus === 0;
}

/** Whether one phase is a void. */
export function hasVoid({ white, black }: PhasePair): boolean {
  return isVoid(white) || isVoid(black);
}

/** The phases as the factorization sees them. */
export function filledPhases({ white, black }: PhasePair): PhasePair {
  return { white: isVoid(white) ? fillingOf(white, black) : white, black: isVoid(black) ? fillingOf(black, white) : black };
}

function fillingOf({ name }: IsotropicMaterial, solid: IsotropicMaterial): IsotropicMaterial {
  return { name, youngsModulus: filling * solid.youngsModulus, poissonRatio: 0, thermalExpansion: 0 };
}

/** Whether the solid carries a load, from its strain energy and that of the filled cell. */
export function carries(solidEnergy: number, filledEnergy: number): boolean {
  return solidEnergy > filledEnergy / 2;
}
