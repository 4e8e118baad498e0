/* What makes an optimization pointless, found before it starts. */
import { failure, success, type Result } from '#domain/finding';
import { pixelsInWindow, widenedWindow } from '#domain/intervals';
import { keepsDirectionsEqual, nothingToOptimize, pixelStep, smallestFilter, type OptimizationProblem, type OptimizationSettings } from '#domain/optimization';
import { formatWindow } from '#units/format-quantity';

export function checkProblem(problem: OptimizationProblem, { filter, symmetry }: OptimizationSettings): Result<undefined> {
  if (!(filter >= smallestFilter)) {
    return failure('filter-too-small', `An optimization filter of ${filter} pixels lets cells become checkerboards, whose stiffness is an error of the elements.`, `Use a radius of at least ${smallestFilter} pixels.`);
  }
  const { phases, objective, window, resolution } = problem;
  const names = `\`${phases.white.name}\` and \`${phases.black.name}\``;
  switch (nothingToOptimize(problem)) {
    case 'expansion':
      return failure('equal-phases', `${names} have one thermal expansion, and so does every arrangement of them.`, 'Choose phases with different `expansion`.');
    case 'bulk-modulus':
      return failure('equal-phases', `${names} have the same bulk modulus: the thermal expansion follows from the fraction alone.`, 'Choose phases with different stiffness.');
    case 'stiffness':
      return failure('equal-phases', `${names} have the same stiffness: every arrangement of them is the same solid.`, 'Choose phases with different stiffness.');
    case undefined:
  }
  if (keepsDirectionsEqual(symmetry) && objective.directions.length < 2) {
    return failure('symmetry-of-one-direction', `The objective asks for direction ${objective.directions[0]!} alone, and symmetry \`${symmetry}\` makes both directions equal.`, 'Use symmetry `mirror` or `none`.');
  }
  const step = pixelStep(symmetry);
  if (pixelsInWindow(window, resolution, step) === undefined) {
    return failure(
      'fraction-window-too-narrow',
      `No cell of ${resolution} × ${resolution} pixels with this symmetry has a fraction within ${formatWindow(window.lower, window.upper)}.`,
      `Make it wider, such as \`${widenedWindow(window, resolution, step)}\`.`,
    );
  }
  return success(undefined);
}
