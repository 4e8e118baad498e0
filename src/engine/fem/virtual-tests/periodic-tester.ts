/*
 * Periodic homogenization (e.g. Michel, Moulinec & Suquet 1999, doi 10.1016/S0045-7825(98)00227-8):
 * engineering constants and expansion from the effective stiffness and the thermal stress of a constrained cell.
 */
import type { PhasePair } from '#domain/materials';
import type { VirtualTestSettings } from '#domain/virtual-tests';
import { volumeFraction, type Image2D } from '#engine/grid/image-2d';
import { choosePeriodicSolver } from './choose-solver';
import { periodicProperties, porousProperties } from '../periodic-properties';
import type { VirtualTester, VirtualTestResult } from '../virtual-test';

/** The tester of `periodic`; thermal expansion when both phases have one. */
export function createPeriodicTester(resolution: number, phases: PhasePair, settings: VirtualTestSettings): VirtualTester {
  const solver = choosePeriodicSolver(resolution, phases, settings);
  const heated = phases.white.thermalExpansion !== undefined && phases.black.thermalExpansion !== undefined;

  const run = (image: Image2D<'binary'>): VirtualTestResult => {
    const { stiffness, filledStiffness, thermalStress, statistics } = solver.solve(image);
    return {
      kind: settings.kind,
      volumeFraction: volumeFraction(image),
      ...(filledStiffness ? porousProperties(stiffness, filledStiffness, phases, settings.plane) : periodicProperties(stiffness, heated ? thermalStress : undefined)),
      statistics,
    };
  };
  return { run };
}
