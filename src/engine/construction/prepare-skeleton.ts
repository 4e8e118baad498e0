/* From an image to the curves of its skeleton, which constructions cut to their patches. */
import type { ConstructSettings } from '#domain/arms';
import { ensure } from '#engine/core/bug-error';
import { crop, imageOf, type Boundary, type Image2D, type Square } from '#engine/grid/image-2d';
import { mergeJunctions, pruneSpurs } from '#engine/morphology/clean-skeleton';
import { distanceTransform } from '#engine/morphology/distance-transform';
import { skeletonGraph, type SkeletonGraph } from '#engine/morphology/skeleton-graph';
import { thin } from '#engine/morphology/thin';
import { vectorizeSkeleton, type Curve } from '#engine/morphology/vectorize-skeleton';
import type { Period } from './clip-to-patch';

export interface PreparedSkeleton {
  /** The pruned skeleton of the image's white phase. */
  readonly image: Image2D<'binary'>;
  /** The graph of that image, with the junctions of each crossing merged, and what is beyond its edges. */
  readonly graph: SkeletonGraph;
  /** Its branches as smooth curves in pixel units of the image. */
  readonly curves: readonly Curve[];
  /** The distance of each white pixel to the black phase, pixels: on the skeleton, half the thickness of the white phase. */
  readonly halfThickness: Image2D<'field'>;
}

/** Thins, prunes and vectorizes the white phase of an image. Curves of a periodic image continue at its opposite edge. */
export function prepareSkeleton(image: Image2D<'binary'>, settings: Pick<ConstructSettings, 'thinning' | 'prune'>, boundary: Boundary): PreparedSkeleton {
  const pruned = pruneSpurs(thin(image, { method: settings.thinning, boundary }), settings.prune, boundary);
  const black = imageOf('binary', image.width, image.height, image.data.map((pixel) => 1 - pixel));
  const halfThickness = distanceTransform(black, boundary);
  const graph = mergeJunctions(skeletonGraph(pruned, boundary), ({ pixels }) => Math.max(...pixels.map((pixel) => halfThickness.data[pixel]!)));
  return { image: pruned, graph, curves: vectorizeSkeleton(graph, { smoothing, tolerance }), halfThickness };
}

/** Pixels; smooths the stairs of a strut that rises by one pixel in four. */
const smoothing = 2;

/** Pixels; far below the resolution of the design. */
const tolerance = 0.1;

/** The period of the curves; undefined where they end at the edges of the image. */
export function periodOf({ image, graph }: PreparedSkeleton): Period | undefined {
  return graph.boundary === 'periodic' ? image : undefined;
}

/** The skeleton in a patch, where the mask is white. */
export function motifOf(skeleton: Image2D<'binary'>, patch: Square, mask: Image2D<'binary'> | undefined): Image2D<'binary'> {
  const motif = crop(skeleton, patch);
  if (mask !== undefined) for (let p = 0; p < motif.data.length; p++) motif.data[p]! &= mask.data[p]!;
  return motif;
}

/** The region where the settings mask by it, undefined where they do not. */
export function maskOf({ mask }: Pick<ConstructSettings, 'mask'>, region: Image2D<'binary'> | undefined): Image2D<'binary'> | undefined {
  ensure(mask === 'square' || region !== undefined, 'masking by region needs the region');
  return mask === 'region' ? region : undefined;
}
