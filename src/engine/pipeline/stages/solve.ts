/* Stage 2: the virtual test of every image. The validation of designs runs the same job. */
import type { PhasePair } from '#engine/core/material';
import { createVirtualTester } from '#engine/fem/run-virtual-test';
import type { VirtualTestResult, VirtualTestSettings } from '#engine/fem/virtual-test';
import { unpackImage, type MicrostructureBatch } from '#engine/grid/microstructure-batch';
import type { Artifact, Json } from '../artifact';
import { concatenateArrays, runChunks } from '../chunks';
import type { JobContext } from '../job-table';
import type { Handle, Stage } from '../stage';
import { decodeTests, encodeTests } from '../test-columns';
import type { DatabaseImages } from './generate';

/** Images a chunk: what a kill can cost at most. */
export const solveChunkSize = 20;

export const solve: Stage<{ readonly images: Handle<DatabaseImages> }, VirtualTestResult[]> = {
  name: 'solve',
  version: 1,
  describe: ({ phases, plane, test }) => ({ phases, plane, test }) as unknown as Json,
  async run(context, { phases, plane, test }, { images }) {
    const batch = images.value.images;
    const parts = await runChunks(context, 'solve', batch.count, solveChunkSize, ({ from, to }) => ({
      batch: sliceBatch(batch, from, to),
      phases,
      settings: { kind: test, plane },
    }));
    return { header: parts[0]!.header, arrays: concatenateArrays(parts) };
  },
  read: decodeTests,
};

export interface SolveInput {
  readonly batch: MicrostructureBatch;
  readonly phases: PhasePair;
  readonly settings: VirtualTestSettings;
}

/** Tests every image of the batch. */
export async function solveJob(context: JobContext<'solve'>, { batch, phases, settings }: SolveInput): Promise<Artifact> {
  const tester = createVirtualTester(batch.resolution, phases, settings);
  const results: VirtualTestResult[] = [];
  for (let i = 0; i < batch.count; i++) {
    context.signal.throwIfAborted();
    results.push(tester.run(unpackImage(batch, i)));
    context.emit(results.length);
  }
  return encodeTests(results);
}

/** Images `from` ≤ i < `to`, as a copy. */
export function sliceBatch(batch: MicrostructureBatch, from: number, to: number): MicrostructureBatch {
  const bytes = (batch.resolution * batch.resolution) / 8;
  return { count: to - from, resolution: batch.resolution, packed: batch.packed.slice(from * bytes, to * bytes) };
}
