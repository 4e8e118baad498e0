import type { ExplainMethod, ExplainSettings } from '#domain/explanation';
import { type Result, success } from '#domain/finding';
import type { BackendChoice } from '#domain/learning';
import type { LayerName } from '#domain/networks';
import type { Objective } from '#domain/objective';
import type { Artifact } from '#engine/core/artifact';
import { createRng } from '#engine/core/rng';
import { silentProgress } from '#engine/core/run-context';
import type { MicrostructureBatch } from '#engine/grid/microstructure-batch';
import type { LearningContext } from '#engine/learning/backend/backend';
import { type ActivationMap, explain } from '#engine/learning/explanation/explain';
import type { FoldedRegressor } from '#engine/learning/training/predict';
import { type JobContext, onBackend } from './job-context';

/** Images whose maps are computed, without regions and without exact contributions. */
export interface MapsInput {
  readonly images: MicrostructureBatch;
  /** In shared memory where jobs have it, so that a large network is neither copied nor folded for each query. */
  readonly regressor: FoldedRegressor;
  readonly objective: Objective;
  readonly method: ExplainMethod;
  readonly layers: readonly LayerName[];
  readonly backend: BackendChoice;
}

/**
 * Activation maps of the images. Arrays: `maps/LAYER`, native, image-major, then directions; `predictions`,
 * SI, in the same order. Header: `nativeEdges`, one per layer.
 */
export async function mapsJob(context: JobContext<never>, input: MapsInput): Promise<Result<Artifact>> {
  const { images, regressor, objective, layers } = input;
  const maps = await onBackend(context, input.backend, createRng(0), silentProgress, (learning) =>
    mapsOfLayers(learning, regressor, images, objective, input),
  );
  if (!maps.ok) return maps;
  const { directions } = objective;
  const predictions = new Float64Array(images.count * directions.length);
  const arrays: { [name: string]: Float32Array } = {};
  const nativeEdges: number[] = [];
  layers.forEach((layer, l) => {
    const ofLayer = maps.value[l]!;
    const { nativeEdge } = ofLayer[0]![0]!;
    const joined = new Float32Array(predictions.length * nativeEdge ** 2);
    ofLayer.forEach((ofDirection, d) =>
      ofDirection.forEach(({ signed, prediction }, i) => {
        joined.set(signed, (i * directions.length + d) * nativeEdge ** 2);
        predictions[i * directions.length + d] = prediction;
      }),
    );
    nativeEdges.push(nativeEdge);
    arrays[`maps/${layer}`] = joined;
  });
  return success({ header: { nativeEdges }, arrays: { ...arrays, predictions } });
}

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
