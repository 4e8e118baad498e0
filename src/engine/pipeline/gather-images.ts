import type { MicrostructureBatch } from '#engine/grid/microstructure-batch';

/** The images of these indices in this order, as a batch of their own. */
export function gatherImages(batch: MicrostructureBatch, indices: ArrayLike<number>): MicrostructureBatch {
  const bytes = (batch.resolution * batch.resolution) / 8;
  const packed = new Uint8Array(indices.length * bytes);
  for (let i = 0; i < indices.length; i++) {
    packed.set(batch.packed.subarray(indices[i]! * bytes, (indices[i]! + 1) * bytes), i * bytes);
  }
  return { count: indices.length, resolution: batch.resolution, packed };
}

/** Images `from` ≤ i < `to`, as a copy. */
export function sliceImages(batch: MicrostructureBatch, from: number, to: number): MicrostructureBatch {
  const bytes = (batch.resolution * batch.resolution) / 8;
  return { count: to - from, resolution: batch.resolution, packed: batch.packed.slice(from * bytes, to * bytes) };
}

/** Batches of one resolution end to end. */
export function joinImages(batches: readonly MicrostructureBatch[], resolution: number): MicrostructureBatch {
  const bytes = (resolution * resolution) / 8;
  const count = batches.reduce((sum, batch) => sum + batch.count, 0);
  const packed = new Uint8Array(count * bytes);
  let offset = 0;
  for (const batch of batches) {
    packed.set(batch.packed, offset);
    offset += batch.packed.length;
  }
  return { count, resolution, packed };
}
