/*
 * Whether a test is solved by iterations, by contrast and size alone: so every image of a case is solved by
 * the same solver. The figures behind the limits are in docs/methods.md, "Solve".
 */
import type { PhasePair } from '#domain/materials';
import type { VirtualTestSettings } from '#domain/virtual-tests';
import { contrastOf } from '../element/modal-stiffness';

/** Iterations take about the square root of the contrast; and single precision has an end. */
const mostContrast = 50;
/** The direct solver takes few milliseconds for less, and is exact. */
const leastResolution = 64;

/**
 * Whether the iterative solver is the one for these: compression and periodic cells, sizes that are powers of
 * two, from 64 pixels on, up to a contrast of 50. Heating has two free edges, which no preconditioner here knows.
 */
export function suitsIterations(resolution: number, phases: PhasePair, { kind, plane }: VirtualTestSettings): boolean {
  return (
    kind !== 'heating' &&
    resolution >= leastResolution &&
    Number.isInteger(Math.log2(resolution)) &&
    contrastOf(phases, plane) <= mostContrast
  );
}
