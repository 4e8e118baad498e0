/* Stage 1: the database of random microstructures. */
import { success } from '#engine/core/finding';
import type { MicrostructureBatch } from '#engine/grid/microstructure-batch';
import type { Json } from '#engine/core/artifact';
import { concatenateArrays, runChunks } from '../chunks';
import type { Stage } from '../stage';

const chunkSize = 100;

/** The images of a database; entry i of each column belongs to image i. */
export interface DatabaseImages {
  readonly images: MicrostructureBatch;
  /** Family code, an index of `families`. */
  readonly families: Uint8Array;
  readonly volumeFractions: Float64Array;
}

export const generate: Stage<Record<never, never>, DatabaseImages> = {
  name: 'generate',
  version: 1,
  describe: (problem) => problem.database as unknown as Json,
  async run(context, { database }) {
    const parts = await runChunks(context, 'generate', database.size, chunkSize, (chunk) => ({ settings: database, ...chunk }));
    if (!parts.ok) return parts;
    return success({ header: { resolution: database.resolution }, arrays: concatenateArrays(parts.value) });
  },
  read: ({ header, arrays }) => ({
    images: {
      count: arrays['families']!.length,
      resolution: header['resolution'] as number,
      packed: arrays['packed'] as Uint8Array,
    },
    families: arrays['families'] as Uint8Array,
    volumeFractions: arrays['volumeFractions'] as Float64Array,
  }),
};
