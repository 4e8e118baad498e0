/* What makes an optimization pointless, found before it starts. */
import { failure, success, type Result } from '#domain/finding';
import { pixelsInWindow, widenedWindow } from '#domain/intervals';
import { isotropicModuli } from '#domain/materials';
import { keepsDirectionsEqual, type OptimizationProblem, type OptimizationSettings } from '#domain/optimization';
import { isVoid } from '#engine/fem/element/void-phase';
import { formatWindow } from '#units/format-quantity';

/** Smallest filter radius, pixels: below, cells become checkerboards that are stiff by the elements alone. */
const smallestFilter = 1.5;

/** `step`: the number of pixels that the symmetry changes at a time. */
export function checkProblem({ phases, plane, test, objective, window, resolution }: OptimizationProblem, { filter, symmetry }: OptimizationSettings, step: number): Result<undefined> {
  if (!(filter >= smallestFilter)) {
    return failure('filter-too-small', `An optimization filter of ${filter} pixels lets cells become checkerboards, whose stiffness is an error of the elements.`, `Use a radius of at least ${smallestFilter} pixels.`);
  }
  const [white, black] = [isotropicModuli(phases.white, plane), isotropicModuli(phases.black, plane)];
  if (objective.property === 'thermal-expansion') {
    if (white.thermalExpansion === black.thermalExpansion || isVoid(phases.white) || isVoid(phases.black)) {
      return failure('equal-phases', `\`${phases.white.name}\` and \`${phases.black.name}\` have one thermal expansion, and so does every arrangement of them.`, 'Choose phases with different `expansion`.');
    }
    // The mean of both directions is then that of the phases, in every arrangement.
    if (objective.directions.length === 2 && areAlike(white.bulk, black.bulk) && (test === 'periodic' || areAlike(white.shear, black.shear))) {
      return failure('equal-phases', `\`${phases.white.name}\` and \`${phases.black.name}\` have the same bulk modulus: the thermal expansion follows from the fraction alone.`, 'Choose phases with different stiffness.');
    }
  } else if (areAlike(white.bulk, black.bulk) && areAlike(white.shear, black.shear)) {
    return failure('equal-phases', `\`${phases.white.name}\` and \`${phases.black.name}\` have the same stiffness: every arrangement of them is the same solid.`, 'Choose phases with different stiffness.');
  }
  if (keepsDirectionsEqual(symmetry) && objective.directions.length < 2) {
    return failure('symmetry-of-one-direction', `The objective asks for direction ${objective.directions[0]!} alone, and symmetry \`${symmetry}\` makes both directions equal.`, 'Use symmetry `mirror` or `none`.');
  }
  if (pixelsInWindow(window, resolution, step) === undefined) {
    return failure(
      'fraction-window-too-narrow',
      `No cell of ${resolution} × ${resolution} pixels with this symmetry has a fraction within ${formatWindow(window.lower, window.upper)}.`,
      `Make it wider, such as \`${widenedWindow(window, resolution, step)}\`.`,
    );
  }
  return success(undefined);
}

/** Equal but for rounding. */
function areAlike(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(a, b);
}
