import { isSolvableContrast, phaseContrast, type PhasePair } from '#domain/materials';
import type { VirtualTestSettings } from '#domain/virtual-tests';
import { ensure } from '#engine/core/bug-error';
import type { Image2D } from '#engine/grid/image-2d';
import { createRollerTester } from './roller-tester';
import { suitsIterations } from './iteration-limits';
import { createMirroredTester, mirroredOrWhole } from '../direct/mirrored-direct';
import { createPeriodicTester } from './periodic-tester';
import { filledPhases } from '../element/void-phase';
import type { VirtualTester, VirtualTestResult } from '../virtual-test';

/**
 * A tester of square images of the given resolution (at least 2 pixels) that is set up once and used
 * for thousands of images. Results depend on the image alone, not on those before it. Materials must be
 * physical (E > 0, −1 < ν < 0.5, finite; one may be a void), their contrast at most `largestContrast`, and `heating` needs an expansion of both: anything else is
 * a `BugError`, because the language has checked it.
 */
export function createVirtualTester(resolution: number, phases: PhasePair, settings: VirtualTestSettings): VirtualTester {
  checkTest(resolution, phases, settings);
  if (settings.kind !== 'periodic') return createRollerTester(resolution, phases, settings);
  // Iterations on the whole cell take less time than factorizations of its quarters.
  if (suitsIterations(resolution, phases, settings)) return createPeriodicTester(resolution, phases, settings);
  return mirroredOrWhole(
    () => createMirroredTester(resolution, phases, settings),
    () => createPeriodicTester(resolution, phases, settings),
  );
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
