/*
 * The memory of a virtual tester, known before anything is set up: laying out the fronts of a large grid
 * takes seconds and a memory of its own. Factors of nested dissection grow as n² log n (George 1973);
 * the constants are fitted to `layOutFronts`, which a test compares.
 */
import type { PhasePair } from '#domain/materials';
import type { VirtualTestSettings } from '#domain/virtual-tests';
import { suitsIterations } from './iteration-limits';
import { layOutRollerCg } from '../iterative/roller-cg-layout';
import { layOutPeriodicCg } from '../iterative/periodic-cg-layout';

/** Bytes of WebAssembly memory. */
export interface TesterMemory {
  readonly total: number;
  /** Of the largest single memory: none can have more than `largestMemory`. */
  readonly largest: number;
}

/** WebAssembly addresses have 32 bits. */
export const largestMemory = 2 ** 32;

/**
 * What `createVirtualTester` takes for images of resolution² pixels; `mirrored` ones are tested on a
 * quarter where the solver is direct. A direct solver that has to follow iterations takes more.
 */
export function testerMemory(resolution: number, phases: PhasePair, settings: VirtualTestSettings, mirrored: boolean): TesterMemory {
  const { white, black } = phases;
  const { kind } = settings;
  if (suitsIterations(resolution, phases, settings)) {
    const { bytes } = kind === 'periodic' ? layOutPeriodicCg(resolution) : layOutRollerCg(resolution);
    return { total: bytes, largest: bytes };
  }
  const expands = white.thermalExpansion !== undefined && black.thermalExpansion !== undefined;
  const heated = kind === 'heating' || (kind === 'periodic' && expands);
  if (kind !== 'periodic') return { total: boxBytes(resolution, heated), largest: boxBytes(resolution, heated) };
  if (!mirrored) return { total: periodicBytes(resolution, heated), largest: periodicBytes(resolution, heated) };
  const largest = boxBytes(resolution / 2, heated);
  return { total: largest + boxBytes(resolution / 2, false), largest };
}

/** The tables of all pictures of a leaf. */
const leafTables = 1.57e6;

function boxBytes(n: number, heated: boolean): number {
  return leafTables + n * n * ((heated ? 97 : 48) + 262 * Math.log2(n));
}

function periodicBytes(n: number, heated: boolean): number {
  return leafTables + n * n * ((heated ? 646 : 588) + 268.5 * Math.log2(n));
}
