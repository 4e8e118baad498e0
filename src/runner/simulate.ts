/* The virtual test of pictures from disk with a case's materials. */
import { createVirtualTester, type Finding, type VirtualTestKind, type VirtualTestResult } from '#engine/api';
import type { CaseSpecification } from '#language/specification';
import { readTwoPhasePng } from './read-two-phase-png';

/** One tested picture; SI units. A property that the test does not give is absent. */
export interface SimulatedImage {
  readonly file: string;
  /** White share. */
  readonly volumeFraction: number;
  readonly test: VirtualTestKind;
  readonly Ex?: number;
  readonly Ey?: number;
  readonly nuxy?: number;
  readonly nuyx?: number;
  readonly Gxy?: number;
  readonly alphax?: number;
  readonly alphay?: number;
  /** Voigt rows 11, 22, 12, engineering shear. */
  readonly stiffness?: readonly (readonly number[])[];
  readonly solver: string;
  readonly iterations?: number;
  readonly residual?: number;
  readonly milliseconds: number;
}

/** Tests each picture; one that cannot be read is a finding and the others are tested all the same. */
export function simulateImages(
  { white, black, plane, test, database }: CaseSpecification,
  files: readonly string[],
  kind: VirtualTestKind = test,
): { readonly results: SimulatedImage[]; readonly findings: Finding[] } {
  const results: SimulatedImage[] = [];
  const findings: Finding[] = [];
  const unheatable = kind === 'heating' ? [white, black].find(({ thermalExpansion }) => thermalExpansion === undefined) : undefined;
  if (unheatable) {
    findings.push({
      code: 'missing-expansion',
      severity: 'error',
      message: `The test heats the images, but ${unheatable.name} has no expansion.`,
      wayOut: 'Give it one, such as `expansion 23.6e-6 1/K`, or choose another test.',
    });
    return { results, findings };
  }
  const tester = createVirtualTester(database.resolution, { white, black }, { kind, plane });
  for (const file of files) {
    const image = readTwoPhasePng(file, { resolution: database.resolution });
    if (!image.ok) {
      findings.push(...image.findings);
      continue;
    }
    const start = performance.now();
    results.push(toSimulatedImage(file, tester.run(image.value), performance.now() - start));
  }
  return { results, findings };
}

function toSimulatedImage(file: string, result: VirtualTestResult, milliseconds: number): SimulatedImage {
  const { youngsModulus, poissonRatio, shearModulus, thermalExpansion, stiffness, statistics } = result;
  return {
    file,
    volumeFraction: result.volumeFraction,
    test: result.kind,
    ...(youngsModulus && { Ex: youngsModulus.x, Ey: youngsModulus.y }),
    ...(poissonRatio && { nuxy: poissonRatio.x, nuyx: poissonRatio.y }),
    ...(shearModulus !== undefined && { Gxy: shearModulus }),
    ...(thermalExpansion && { alphax: thermalExpansion.x, alphay: thermalExpansion.y }),
    ...(stiffness && { stiffness: [0, 3, 6].map((row) => [...stiffness.subarray(row, row + 3)]) }),
    solver: statistics.solver,
    iterations: statistics.iterations,
    residual: statistics.residual,
    milliseconds,
  };
}
