import { refusalReasons } from '#engine/construction/attempt';
import { criticalRegion } from '#engine/construction/critical-region';
import { ensure } from '#engine/core/bug-error';
import { success, type Result } from '#engine/core/finding';
import type { PhasePair, Property } from '#engine/core/material';
import { createRng } from '#engine/core/rng';
import { createFieldSolver, type SensitivityField, type VirtualTestFields } from '#engine/fem/solve-fields';
import type { VirtualTestSettings } from '#engine/fem/virtual-test';
import { imageOf, type Image2D } from '#engine/grid/image-2d';
import { packImages, unpackImage, type MicrostructureBatch } from '#engine/grid/microstructure-batch';
import { explain, type ActivationMap } from '#engine/learning/explain';
import type { ExplainSettings } from '#engine/learning/explain-settings';
import { decodeRegressor } from '#engine/learning/regressor';
import { faithfulness } from '#engine/validation/faithfulness';
import type { Objective } from '#engine/validation/objective';
import type { Artifact } from '#engine/core/artifact';
import type { JobContext } from '../job-context';
import { learningContextOf } from './learning-context';

/** Images to explain, and where regions are cut. */
export interface ExplainInput {
  readonly images: MicrostructureBatch;
  /** From `encodeRegressor`. */
  readonly regressor: Artifact;
  readonly objective: Objective;
  readonly settings: ExplainSettings;
  /** Pixels. */
  readonly smallestPatch: number;
  /** The phases and the test whose exact sensitivities the maps are held against. */
  readonly phases: PhasePair;
  readonly test: VirtualTestSettings;
}

/**
 * Activation maps and critical regions of the images. Arrays: `maps/LAYER`, native, image-major, then
 * directions; and one entry a region, image-major, then layers, then thresholds: `refusals` (0, or 1 + an
 * index of `refusalReasons`), `patches` (row, column, edge; zeros where refused), `masks` (packed);
 * and `faithfulness/LAYER`, two rank correlations of each map with exact contributions, in the order of
 * maps. Header: `nativeEdges`, one a layer.
 */
export async function explainJob(context: JobContext<number>, input: ExplainInput): Promise<Result<Artifact>> {
  const { images, settings } = input;
  const maps = await mapsOfLayers(context, input);
  if (!maps.ok) return maps;

  const n = images.resolution;
  const refusals: number[] = [];
  const patches: number[] = [];
  const masks: Image2D<'binary'>[] = [];
  for (let i = 0; i < images.count; i++) {
    for (const ofLayer of maps.value) {
      const heats = ofLayer.map((ofDirection) => ofDirection[i]!.heat);
      for (const threshold of settings.thresholds) {
        const region = criticalRegion(heats, { threshold, intersection: settings.intersection, smallestPatch: input.smallestPatch });
        refusals.push(region.ok ? 0 : 1 + refusalReasons.indexOf(region.reason));
        patches.push(...(region.ok ? [region.value.patch.row, region.value.patch.column, region.value.patch.edge] : [0, 0, 0]));
        masks.push(region.ok ? region.value.mask : imageOf('binary', n, n, new Uint8Array(n * n)));
      }
    }
  }
  return success({
    header: { nativeEdges: maps.value.map((ofLayer) => ofLayer[0]![0]!.nativeEdge) },
    arrays: {
      ...Object.fromEntries(settings.layers.map((layer, l) => [`maps/${layer}`, joinMaps(maps.value[l]!)])),
      ...faithfulnessOfLayers(context, input, maps.value),
      refusals: Int32Array.from(refusals),
      patches: Int32Array.from(patches),
      masks: packImages(masks, n).packed,
    },
  });
}

/** Maps by layer, then direction, then image. */
async function mapsOfLayers(
  context: JobContext<number>,
  { images, regressor: artifact, objective, settings }: ExplainInput,
): Promise<Result<readonly (readonly (readonly ActivationMap[])[])[]>> {
  const total = images.count * objective.directions.length * settings.layers.length;
  let explained = 0;
  const learning = await learningContextOf(context, createRng(0), {
    report: (done) => context.emit(((explained + done) / total) * images.count),
  });
  if (!learning.ok) return learning;
  const regressor = decodeRegressor(artifact);
  if (!regressor.ok) return regressor;

  const ofLayers: (readonly ActivationMap[])[][] = [];
  for (const layer of settings.layers) {
    const ofDirections: (readonly ActivationMap[])[] = [];
    for (const direction of objective.directions) {
      const maps = await explain(learning.value, regressor.value, images, direction, objective.sense, settings.method, layer);
      if (!maps.ok) return maps;
      ofDirections.push(maps.value);
      explained += images.count;
    }
    ofLayers.push(ofDirections);
  }
  return success(ofLayers);
}

/** `faithfulness/LAYER`: image-major, then directions, two numbers each; NaN for a map without contrast. */
function faithfulnessOfLayers(
  context: JobContext<number>,
  { images, objective, settings, phases, test }: ExplainInput,
  ofLayers: readonly (readonly (readonly ActivationMap[])[])[],
): { [name: string]: Float64Array } {
  const { directions, property, sense } = objective;
  const solver = createFieldSolver(images.resolution, phases, test);
  const values = settings.layers.map(() => new Float64Array(2 * images.count * directions.length));
  for (let i = 0; i < images.count; i++) {
    context.signal.throwIfAborted();
    const image = unpackImage(images, i);
    const sensitivity = sensitivityOf(solver.solve(image), property);
    ofLayers.forEach((ofLayer, l) =>
      directions.forEach((direction, d) => {
        const { native, nativeEdge } = ofLayer[d]![i]!;
        const found = faithfulness(native, nativeEdge, image, sensitivity[direction], sense === 'maximize' ? 1 : -1);
        values[l]!.set([found.correlation, found.beyondWhiteShare], 2 * (i * directions.length + d));
      }),
    );
  }
  return Object.fromEntries(settings.layers.map((layer, l) => [`faithfulness/${layer}`, values[l]!]));
}

function sensitivityOf(fields: VirtualTestFields, property: Property): SensitivityField {
  const field =
    property === 'youngs-modulus' ? fields.youngsModulus
    : property === 'poisson-ratio' ? fields.poissonRatio
    : fields.thermalExpansion;
  ensure(field !== undefined, `the test gives no sensitivity of ${property}`);
  return field;
}

/** Native maps by direction, then image, end to end: image-major, then directions. */
function joinMaps(ofDirections: readonly (readonly ActivationMap[])[]): Float32Array {
  const size = ofDirections[0]![0]!.native.length;
  const joined = new Float32Array(ofDirections.length * ofDirections[0]!.length * size);
  ofDirections.forEach((maps, d) => maps.forEach(({ native }, i) => joined.set(native, (i * ofDirections.length + d) * size)));
  return joined;
}
