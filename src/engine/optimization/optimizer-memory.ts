/* The memory of an optimizer, known before it is set up: a closed formula that a test compares with the kernels' memory. */
import { phaseContrast, type PhasePair } from '#domain/materials';
import { hasMirrors, type OptimizationSymmetry } from '#domain/optimization';
import type { VirtualTestKind, VirtualTestSettings } from '#domain/virtual-tests';
import { testerMemory } from '#engine/fem/virtual-tests/solver-table';
import { largestPlainContrast } from './optimizer';

/** Bytes per pixel of the gray systems of a test, vectors and tables; `heating` has those of compression, too. */
const kernelBytes: Readonly<Record<VirtualTestKind | 'mirrored', number>> = { periodic: 336, mirrored: 88, compression: 372, heating: 372 + 352 };
/** Bytes per pixel of everything else: displacements, moduli, derivatives, asymptotes, and what waits for the garbage collector. */
const passingBytes = { whole: 720, mirrored: 260 } as const;

/** Bytes of an optimizer while it works, with the factor of the direct solver where the contrast is large. */
export function optimizerMemory(resolution: number, phases: PhasePair, settings: VirtualTestSettings, symmetry: OptimizationSymmetry): number {
  const isMirrored = settings.kind === 'periodic' && hasMirrors(symmetry);
  const factor = phaseContrast(phases, settings.plane).ratio > largestPlainContrast ? testerMemory(resolution, phases, settings, isMirrored).total : 0;
  return factor + resolution ** 2 * (kernelBytes[isMirrored ? 'mirrored' : settings.kind] + passingBytes[isMirrored ? 'mirrored' : 'whole']);
}
