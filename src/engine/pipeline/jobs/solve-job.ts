import { type Result, success } from '#domain/finding';
import type { PhasePair } from '#domain/materials';
import type { VirtualTestSettings } from '#domain/virtual-tests';
import type { Artifact } from '#engine/core/artifact';
import type { VirtualTester, VirtualTestResult } from '#engine/fem/virtual-test';
import { createVirtualTester } from '#engine/fem/virtual-tests/run-virtual-test';
import { testerMemory } from '#engine/fem/virtual-tests/solver-table';
import { type MicrostructureBatch, unpackImage } from '#engine/grid/microstructure-batch';
import { encodeTests } from '../test-columns';
import type { JobContext } from './job-context';

/** Images to test, and how. */
export interface SolveInput {
  readonly batch: MicrostructureBatch;
  readonly phases: PhasePair;
  readonly settings: VirtualTestSettings;
}

/** Tests every image of the batch, database or design alike. Emits how many are tested. */
export async function solveJob(context: JobContext<number>, { batch, phases, settings }: SolveInput): Promise<Result<Artifact>> {
  const tester = testerFor(batch.resolution, phases, settings);
  const results: VirtualTestResult[] = [];
  for (let i = 0; i < batch.count; i++) {
    context.signal.throwIfAborted();
    results.push(tester.run(unpackImage(batch, i)));
    context.emit(results.length);
  }
  return success(encodeTests(results));
}

/**
 * The thread's last tester, because the next chunk usually needs the same one, whose set-up takes as long as
 * a few images. A tester's results depend on the image alone, so no result depends on this.
 */
let last: { readonly name: string; readonly tester: VirtualTester } | undefined;

/** Bytes; a larger tester is not kept while its thread does other work. */
const mostKept = 256 * 2 ** 20;

export function testerFor(resolution: number, phases: PhasePair, settings: VirtualTestSettings): VirtualTester {
  const name = JSON.stringify([resolution, phases, settings]);
  if (last?.name === name) return last.tester;
  last = undefined;
  const tester = createVirtualTester(resolution, phases, settings);
  if (testerMemory(resolution, phases, settings, false).total <= mostKept) last = { name, tester };
  return tester;
}
