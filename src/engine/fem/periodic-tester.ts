/*
 * Periodic homogenization (e.g. Michel, Moulinec & Suquet 1999, doi 10.1016/S0045-7825(98)00227-8):
 * engineering constants and expansion from the effective stiffness and the thermal stress of a held cell.
 */
import type { PhasePair } from '#engine/core/material';
import { volumeFraction, type Image2D } from '#engine/grid/image-2d';
import { inverse3 } from '#engine/numerics/matrix-3';
import { choosePeriodicSolver } from './choose-periodic-solver';
import type { VirtualTester, VirtualTestResult, VirtualTestSettings } from './virtual-test';

/** The tester of `periodic`; thermal expansion when both phases have one. */
export function createPeriodicTester(resolution: number, phases: PhasePair, settings: VirtualTestSettings): VirtualTester {
  const solver = choosePeriodicSolver(resolution, phases, settings);
  const heated = phases.white.thermalExpansion !== undefined && phases.black.thermalExpansion !== undefined;

  const run = (image: Image2D<'binary'>): VirtualTestResult => {
    const { stiffness, thermalStress, statistics } = solver.solve(image);
    const S = inverse3(stiffness);
    const expansion = (row: number): number =>
      S[3 * row]! * thermalStress[0]! + S[3 * row + 1]! * thermalStress[1]! + S[3 * row + 2]! * thermalStress[2]!;
    return {
      kind: settings.kind,
      volumeFraction: volumeFraction(image),
      youngsModulus: { x: 1 / S[0]!, y: 1 / S[4]! },
      poissonRatio: { x: -S[3]! / S[0]!, y: -S[1]! / S[4]! },
      shearModulus: 1 / S[8]!,
      stiffness,
      ...(heated ? { thermalExpansion: { x: expansion(0), y: expansion(1) } } : {}),
      statistics,
    };
  };
  return { run };
}
