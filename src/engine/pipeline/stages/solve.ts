/* Stage 2: the virtual test of every image. */
import { success } from '#engine/core/finding';
import type { VirtualTestResult } from '#engine/fem/virtual-test';
import type { MicrostructureBatch } from '#engine/grid/microstructure-batch';
import type { Json } from '../artifact';
import { concatenateArrays, runChunks } from '../chunks';
import type { Handle, Stage } from '../stage';
import { decodeTests } from '../test-columns';
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
    if (!parts.ok) return parts;
    return success({ header: parts.value[0]!.header, arrays: concatenateArrays(parts.value)  });
  },
  read: decodeTests,
};

/** Images `from` ≤ i < `to`, as a copy. */
export function sliceBatch(batch: MicrostructureBatch, from: number, to: number): MicrostructureBatch {
  const bytes = (batch.resolution * batch.resolution) / 8;
  return { count: to - from, resolution: batch.resolution, packed: batch.packed.slice(from * bytes, to * bytes) };
}
