/* Stage 1: the database of random microstructures. */
import { success } from '#domain/finding';
import type { MicrostructureBatch } from '#engine/grid/microstructure-batch';
import { artifactAs, toJson } from '#engine/core/artifact';
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
  stage: 'generate',
  version: 1,
  describe: (problem) => toJson(problem.database),
  async run(context, { database }) {
    const parts = await runChunks(context, 'generate', database.size, chunkSize, (chunk) => ({ settings: database, ...chunk }));
    if (!parts.ok) return parts;
    return success({ header: { resolution: database.resolution }, arrays: concatenateArrays(parts.value) });
  },
  read(artifact) {
    const { header, arrays } = artifactAs<{ readonly resolution: number }, GenerateArrays>(artifact);
    const { packed, families, volumeFractions } = arrays;
    return { images: { count: families.length, resolution: header.resolution, packed }, families, volumeFractions };
  },
};

interface GenerateArrays {
  readonly packed: Uint8Array;
  readonly families: Uint8Array;
  readonly volumeFractions: Float64Array;
}
