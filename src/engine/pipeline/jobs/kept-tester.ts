import type { PhasePair } from '#domain/materials';
import type { VirtualTestSettings } from '#domain/virtual-tests';
import { createVirtualTester } from '#engine/fem/virtual-tests/run-virtual-test';
import { testerMemory } from '#engine/fem/virtual-tests/solver-table';
import type { VirtualTester } from '#engine/fem/virtual-test';

/**
 * The thread's last tester, because the next chunk mostly wants the same and its set-up takes as long as
 * a few images. A tester's results depend on the image alone, so no result depends on this.
 */
let last: { readonly name: string; readonly tester: VirtualTester } | undefined;

/** More is not held while a thread does other work. */
const mostKept = 256 * 2 ** 20;

export function testerFor(resolution: number, phases: PhasePair, settings: VirtualTestSettings): VirtualTester {
  const name = JSON.stringify([resolution, phases, settings]);
  if (last?.name === name) return last.tester;
  last = undefined;
  const tester = createVirtualTester(resolution, phases, settings);
  if (testerMemory(resolution, phases, settings, false).total <= mostKept) last = { name, tester };
  return tester;
}
