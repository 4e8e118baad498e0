import type { ExplainSettings } from '#domain/explanation';
import type { Objective } from '#domain/objective';
import { success, type Result } from '#domain/finding';
import type { MicrostructureBatch } from '#engine/grid/microstructure-batch';
import type { LearningContext } from '#engine/learning/backend/backend';
import { explain, type ActivationMap } from '#engine/learning/explanation/explain';
import type { FoldedRegressor } from '#engine/learning/training/predict';

/** The maps of all images by layer, then direction, then image. Reports how many maps are done. Finding: `layer-missing`. */
export async function mapsOfLayers(
  learning: LearningContext,
  regressor: FoldedRegressor,
  images: MicrostructureBatch,
  { directions, sense }: Objective,
  { method, layers }: Pick<ExplainSettings, 'method' | 'layers'>,
): Promise<Result<readonly (readonly (readonly ActivationMap[])[])[]>> {
  const total = images.count * directions.length * layers.length;
  const ofDirections: (readonly (readonly ActivationMap[])[])[] = [];
  for (const [d, direction] of directions.entries()) {
    const before = d * images.count * layers.length;
    const counting = { ...learning, progress: { report: (done: number) => learning.progress.report(before + done, total) } };
    const maps = await explain(counting, regressor, images, direction, sense, method, layers);
    if (!maps.ok) return maps;
    ofDirections.push(maps.value);
  }
  return success(layers.map((_, l) => ofDirections.map((ofLayers) => ofLayers[l]!)));
}
