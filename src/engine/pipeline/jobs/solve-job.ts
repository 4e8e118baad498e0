import type { PhasePair } from '#domain/materials';
import type { VirtualTestSettings } from '#domain/virtual-tests';
import type { Artifact } from '#engine/core/artifact';
import { success, type Result } from '#domain/finding';
import type { VirtualTestResult } from '#engine/fem/virtual-test';
import { unpackImage, type MicrostructureBatch } from '#engine/grid/microstructure-batch';
import type { JobContext } from './job-context';
import { encodeTests } from '../test-columns';
import { testerFor } from './kept-tester';

/** Images to test, and how. */
export interface SolveInput {
  readonly batch: MicrostructureBatch;
  readonly phases: PhasePair;
  readonly settings: VirtualTestSettings;
}

/** Tests every image of the batch, database or design alike. Says how many are tested. */
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
