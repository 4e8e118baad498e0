/* Which load cases an export of a test holds. */
import type { PhasePair, PlaneAssumption } from '#domain/materials';
import { directions, type Direction } from '#domain/objective';
import type { VirtualTestKind } from '#domain/virtual-tests';
import type { LoadCaseName } from '#engine/api';

/** The test whose load cases are exported. */
export interface ExportedTest {
  readonly kind: VirtualTestKind;
  readonly plane: PlaneAssumption;
  readonly phases: PhasePair;
  /** Compression along this direction alone; without it, along both. */
  readonly direction?: Direction;
}

/** The load cases of the test, in the order in which the engine solves them. */
export function loadCasesOf({ kind, phases, direction }: ExportedTest): LoadCaseName[] {
  if (kind === 'periodic') {
    const heated = [phases.white, phases.black].every(({ thermalExpansion }) => thermalExpansion !== undefined);
    return ['strain 11', 'strain 22', 'shear 12', ...(heated ? (['constrained heating'] as const) : [])];
  }
  const compressions = directions.filter((each) => direction === undefined || each === direction);
  return [...compressions.map((each) => `compression ${each}` as const), ...(kind === 'heating' ? (['heating'] as const) : [])];
}
