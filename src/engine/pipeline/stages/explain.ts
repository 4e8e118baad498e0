/* Stage 5: where the property of each selected image comes from, and the critical regions of the maps. */
import type { ArmSpec } from '#domain/arms';
import { success } from '#domain/finding';
import { cutsOf, mapNames, type ExactExplanation, type MapName, type NetworkExplanation } from '#domain/explanation';
import { artifactAs, toJson, type ArtifactArray, concatenateArrays } from '#engine/core/artifact';
import { leastVariance } from '#engine/fem/virtual-tests/contribution-maps';
import { regionPlaces, type CriticalRegions, type LayerMaps } from '../arms/regions';
import { runChunks } from '../chunks';
import { gatherImages } from '../gather-images';
import { imageBoundary } from '../image-boundary';
import type { DesignCase } from '#domain/case';
import { ensure } from '#engine/core/bug-error';
import type { ExplainInput } from '../jobs/explain-job';
import { describePhases, type Stage } from '../stage';
import type { DatabaseImages } from './database';
import type { LearnedProperty } from './learn';

/** Images per job, by what explains them: what a kill can cost a worker at most, and what the threads share evenly. */
export const explainChunk = { network: 16, exact: 2 } as const;

export interface ExplainInputs {
  readonly images: DatabaseImages;
  /** The images to explain: the exceptional ones, or those that an arm takes instead. Keys have this name. */
  readonly outliers: Int32Array;
  /** Of a case that explains by a network. */
  readonly learned?: LearnedProperty;
  readonly [name: string]: unknown;
}

type ExplainHeader = (Pick<NetworkExplanation, 'thresholds'> | Pick<ExactExplanation, 'squares'>) & {
  readonly backends: readonly string[];
  readonly layers: readonly MapName[];
  readonly nativeEdges: readonly number[];
  readonly resolution: number;
};

/** Without an image there are only `images`. */
interface ExplainArrays {
  readonly images: Int32Array;
  readonly refusals: Int32Array;
  readonly patches: Int32Array;
  readonly masks?: Uint8Array;
  /** `maps/LAYER`, `maps/edge-24`. */
  readonly [maps: `maps/${string}`]: Float32Array | undefined;
}

export const explain: Stage<ExplainInputs, CriticalRegions> = {
  stage: 'explain',
  version: 5,
  describe: ({ explain: settings, objective, construct, phases, plane, test }) =>
    toJson({
      settings: { ...settings, outlierShare: null },
      objective,
      smallestPatch: construct.smallestPatch,
      // A network's key says what it was trained on.
      ...(settings.method === 'exact' && { phases: describePhases(phases), plane, test, leastVariance }),
    }),
  async run(context, problem, { images, outliers, learned }) {
    const { explain: settings, objective, construct } = problem;
    const source = mapSourceOf(problem, learned);
    const chunk = explainChunk[source.method === 'exact' ? 'exact' : 'network'];
    const parts = await runChunks(context, 'explain', outliers.length, chunk, ({ from, to }) => ({
      images: gatherImages(images.images, outliers.subarray(from, to)),
      source,
      objective,
      settings,
      smallestPatch: construct.smallestPatch,
    }));
    if (!parts.ok) return parts;
    const layers = mapNames(settings);
    const header = {
      backends: [...new Set(parts.value.flatMap((part) => artifactAs<{ readonly backend?: string }, unknown>(part).header.backend ?? []))].toSorted(),
      layers,
      // Without an image there is no map whose edge could be known.
      nativeEdges: parts.value[0]?.header['nativeEdges'] ?? layers.map(() => 0),
      resolution: images.images.resolution,
      ...(settings.method === 'exact' ? { squares: settings.squares } : { thresholds: settings.thresholds }),
    };
    const arrays: { readonly [name: string]: ArtifactArray } = { images: outliers, ...concatenateArrays(parts.value) };
    return success({ header, arrays });
  },
  read(artifact) {
    const { header, arrays } = artifactAs<ExplainHeader, ExplainArrays>(artifact);
    const { layers, nativeEdges, backends, resolution } = header;
    const places = regionPlaces(arrays.images, layers, cutsOf(header), arrays);
    return {
      images: arrays.images,
      backends,
      layers: layers.map((layer, l): LayerMaps => ({ layer, nativeEdge: nativeEdges[l]!, maps: arrays[`maps/${layer}`] ?? new Float32Array() })),
      places,
      masks: { count: places.length, resolution, packed: arrays.masks ?? new Uint8Array() },
    };
  },
};

/** What the maps of a case are computed from. */
export function mapSourceOf(problem: DesignCase, learned: LearnedProperty | undefined): ExplainInput['source'] {
  const { explain: settings, learning, phases, plane, test } = problem;
  if (settings.method === 'exact') {
    const { method, edges, contribution } = settings;
    return { method, edges, contribution, phases, test: { kind: test, plane }, boundary: imageBoundary(problem) };
  }
  ensure(learned !== undefined && learning !== undefined, `maps by ${settings.method} have a network`);
  const { method, layers } = settings;
  return { method, layers, regressor: learned.artifact, backend: learning.backend };
}

/** The same for the images that an arm takes instead of the exceptional ones. */
export function explainFor(arm: Pick<ArmSpec, 'name'>): Stage<ExplainInputs, CriticalRegions> {
  return { ...explain, arm: arm.name };
}
