/* The virtual test of images from disk with a case's materials. */
import type { DesignCase } from '#domain/case';
import type { Finding } from '#domain/finding';
import type { VirtualTestKind } from '#domain/virtual-tests';
import { complianceOf, createVirtualTester, isMirrored, findingsOfTest, zenerRatio, type VirtualTester, type VirtualTestResult } from '#engine/api';
import { readTwoPhasePng } from './png/read-two-phase-png';
import { refuseTest } from './estimate/refuse-memory';

/** One tested image; SI units. A property that the test does not give is absent. */
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
  /** Inverse of the stiffness, rows likewise, 1/Pa. */
  readonly compliance?: readonly (readonly number[])[];
  /** Of a stiffness with square symmetry along the axes. */
  readonly zenerRatio?: number;
  readonly solver: string;
  readonly iterations?: number;
  readonly residual?: number;
  /** As in `SolverStatistics`. */
  readonly errorEstimate?: number;
  /** What must be said with the numbers: an error that may be large, a load that nothing carries. Absent when there is nothing. */
  readonly findings?: readonly Finding[];
  readonly milliseconds: number;
}

/** What a user may choose instead of the case's own. */
export interface SimulateSettings {
  readonly kind?: VirtualTestKind;
  /** Pixels along an edge. */
  readonly resolution?: number;
  /** Bytes that a test may take. */
  readonly memory?: number;
  /** As in `PngSettings`. */
  readonly whiteAbove?: number;
}

/** Every test of a resolution that the language takes fits into it. */
const usualMemory = 4 * 2 ** 30;

/**
 * Tests each image; one that cannot be read or tested is an error, and the others are still tested.
 * Findings: those of `readTwoPhasePng` and of `refuseTest`, `missing-expansion`.
 */
export async function simulateImages(
  { phases, plane, test, database }: DesignCase<unknown>,
  files: readonly string[],
  { kind = test, resolution = database.resolution, memory = usualMemory, whiteAbove }: SimulateSettings = {},
): Promise<{ readonly results: SimulatedImage[]; readonly findings: Finding[] }> {
  const results: SimulatedImage[] = [];
  const findings: Finding[] = [];
  const unheatable = kind === 'heating' ? [phases.white, phases.black].find(({ thermalExpansion }) => thermalExpansion === undefined) : undefined;
  if (unheatable) {
    findings.push({
      code: 'missing-expansion',
      severity: 'error',
      message: `The test heats the images, but ${unheatable.name} has no expansion.`,
      remedy: 'Add one, such as `expansion 23.6e-6 1/K`, or choose another test.',
    });
    return { results, findings };
  }
  // Set up with the first image that fits.
  let tester: VirtualTester | undefined;
  for (const file of files) {
    const decoded = await readTwoPhasePng(file, { resolution, whiteAbove });
    if (!decoded.ok) {
      findings.push(...decoded.findings);
      continue;
    }
    const { image, warnings } = decoded.value;
    findings.push(...warnings);
    const refused = refuseTest({ resolution, phases, kind, plane, mirrored: isMirrored(image) }, memory);
    if (refused) {
      findings.push({ ...refused, message: `${file}: ${refused.message}` });
      continue;
    }
    tester ??= createVirtualTester(resolution, phases, { kind, plane });
    const start = performance.now();
    const result = tester.run(image);
    const own = findingsOfTest(file, result);
    findings.push(...own);
    results.push({ ...toSimulatedImage(file, result, performance.now() - start), ...(own.length > 0 && { findings: own }) });
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
    ...(stiffness && derivedFrom(stiffness, [youngsModulus!.x, youngsModulus!.y, shearModulus!].every((modulus) => modulus > 0))),
    solver: statistics.solver,
    iterations: statistics.iterations,
    residual: statistics.residual,
    ...(statistics.errorEstimate !== undefined && { errorEstimate: statistics.errorEstimate }),
    milliseconds,
  };
}

/** What differs less from square symmetry than this share of the largest entry has it. */
const squareTolerance = 1e-6;

/** Beside a void a cell may carry nothing in some direction, and has no compliance then. */
function derivedFrom(stiffness: Float64Array, isRegular: boolean): Pick<SimulatedImage, 'stiffness' | 'compliance' | 'zenerRatio'> {
  const rowsOf = (matrix: Float64Array): number[][] => [0, 3, 6].map((row) => [...matrix.subarray(row, row + 3)]);
  const ratio = isRegular ? zenerRatio(stiffness, squareTolerance) : undefined;
  return { stiffness: rowsOf(stiffness), ...(isRegular && { compliance: rowsOf(complianceOf(stiffness)) }), ...(ratio !== undefined && { zenerRatio: ratio }) };
}
