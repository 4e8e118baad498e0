/* Stage 1: the database of random microstructures. */
import { createRng } from '#engine/core/rng';
import { packImages, type MicrostructureBatch } from '#engine/grid/microstructure-batch';
import type { DatabaseSettings } from '#engine/microstructure/database-settings';
import { families } from '#engine/microstructure/family';
import { generateMicrostructure } from '#engine/microstructure/generate-microstructure';
import type { Artifact, Json } from '../artifact';
import { concatenateArrays, runChunks } from '../chunks';
import type { JobContext } from '../job-table';
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
    return { header: { resolution: database.resolution }, arrays: concatenateArrays(parts) };
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

/** Input of the job: images `from` ≤ i < `to`. */
export interface GenerateInput {
  readonly settings: DatabaseSettings;
  readonly from: number;
  readonly to: number;
}

/** Draws a range of images; each follows from the seed and its index alone. */
export async function generateJob(context: JobContext<'generate'>, { settings, from, to }: GenerateInput): Promise<Artifact> {
  const rng = createRng(settings.seed);
  const microstructures = [];
  for (let index = from; index < to; index++) {
    context.signal.throwIfAborted();
    microstructures.push(generateMicrostructure(rng, settings, index));
    context.emit(microstructures.length);
  }
  return {
    header: {},
    arrays: {
      packed: packImages(microstructures.map(({ image }) => image), settings.resolution).packed,
      families: Uint8Array.from(microstructures, ({ family }) => families.indexOf(family)),
      volumeFractions: Float64Array.from(microstructures, (microstructure) => microstructure.volumeFraction),
    },
  };
}
