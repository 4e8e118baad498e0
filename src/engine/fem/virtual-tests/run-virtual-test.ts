import { isSolvableContrast, phaseContrast, type PhasePair } from '#domain/materials';
import type { VirtualTestSettings } from '#domain/virtual-tests';
import { ensure } from '#engine/core/bug-error';
import { volumeFraction, type Image2D } from '#engine/grid/image-2d';
import { filledPhases } from '../element/void-phase';
import { createSolver } from './solver-table';
import type { VirtualTester, VirtualTestResult } from '../virtual-test';

/**
 * A tester of square images of the given resolution (at least 2 pixels) that is set up once and used
 * for thousands of images. Results depend on the image alone, not on those before it. Materials must be
 * physical (E > 0, −1 < ν < 0.5, finite; one may be a void), their contrast at most `largestContrast`, and `heating` needs an expansion of both: anything else is
 * a `BugError`, because the language has checked it.
 */
export function createVirtualTester(resolution: number, phases: PhasePair, settings: VirtualTestSettings): VirtualTester {
  checkTest(resolution, phases, settings);
  const solver = createSolver(resolution, phases, settings);
  return {
    run(image) {
      const { properties, statistics } = solver.solve(image);
      return { kind: settings.kind, volumeFraction: volumeFraction(image), ...properties, statistics };
    },
  };
}

/** One virtual test of one square image. For many images of one size, use `createVirtualTester`. */
export function runVirtualTest(image: Image2D<'binary'>, phases: PhasePair, settings: VirtualTestSettings): VirtualTestResult {
  return createVirtualTester(image.width, phases, settings).run(image);
}

/** Throws a `BugError` unless the test can be done; see `createVirtualTester`. */
export function checkTest(resolution: number, phases: PhasePair, { kind, plane }: VirtualTestSettings): void {
  const { white, black } = phases;
  ensure(white.youngsModulus > 0 || black.youngsModulus > 0, 'both phases are voids');
  ensure(Number.isInteger(resolution) && resolution >= 2, `a virtual test of ${resolution} pixels`);
  for (const { name, youngsModulus, poissonRatio, thermalExpansion } of [white, black]) {
    ensure(Number.isFinite(youngsModulus) && youngsModulus >= 0, `${name} has a Young's modulus of ${youngsModulus}`);
    ensure(youngsModulus > 0 || (poissonRatio === 0 && thermalExpansion === 0), 'a void with properties');
    ensure(poissonRatio > -1 && poissonRatio < 0.5, `${name} has a Poisson's ratio of ${poissonRatio}`);
    ensure(Number.isFinite(thermalExpansion ?? 0), `${name} has a thermal expansion of ${thermalExpansion}`);
    ensure(kind !== 'heating' || thermalExpansion !== undefined, `heating, but ${name} has no expansion`);
  }
  const { ratio: contrast } = phaseContrast(filledPhases(phases), plane);
  ensure(isSolvableContrast(contrast), `${white.name} and ${black.name} have a contrast of ${contrast}`);
}
