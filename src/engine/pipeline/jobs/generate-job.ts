import { families, type RandomDatabase } from '#domain/microstructures';
import { success, type Result } from '#domain/finding';
import { createRng } from '#engine/core/rng';
import { packImages } from '#engine/grid/microstructure-batch';
import { generateMicrostructure } from '#engine/microstructure/generate-microstructure';
import type { Artifact } from '#engine/core/artifact';
import type { JobContext } from './job-context';

/** Images `from` ≤ i < `to` of a database. */
export interface GenerateInput {
  readonly settings: RandomDatabase;
  readonly from: number;
  readonly to: number;
}

/** Draws a range of images; each follows from the seed and its index alone. Says how many are drawn. */
export async function generateJob(context: JobContext<number>, { settings, from, to }: GenerateInput): Promise<Result<Artifact>> {
  const rng = createRng(settings.seed);
  const microstructures = [];
  for (let index = from; index < to; index++) {
    context.signal.throwIfAborted();
    const microstructure = generateMicrostructure(rng, settings, index);
    if (!microstructure.ok) return microstructure;
    microstructures.push(microstructure.value);
    context.emit(microstructures.length);
  }
  return success({
    header: {},
    arrays: {
      packed: packImages(microstructures.map(({ image }) => image), settings.resolution).packed,
      families: Uint8Array.from(microstructures, ({ family }) => families.indexOf(family)),
      volumeFractions: Float64Array.from(microstructures, (microstructure) => microstructure.volumeFraction),
    },
  });
}
