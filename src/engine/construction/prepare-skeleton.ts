/* Everything about an image's skeleton that its patches share: made once an image, used for all of them. */
import type { ConstructSettings } from '#domain/construction';
import { imageOf, type Image2D } from '#engine/grid/image-2d';
import { distanceTransform } from '#engine/morphology/distance-transform';
import { mergeJunctions } from '#engine/morphology/merge-junctions';
import { pruneSpurs } from '#engine/morphology/prune-spurs';
import { skeletonGraph, type SkeletonGraph } from '#engine/morphology/skeleton-graph';
import { thin } from '#engine/morphology/thin';
import { vectorizeSkeleton, type Curve } from '#engine/morphology/vectorize-skeleton';

export interface PreparedSkeleton {
  /** The pruned skeleton of the image's white phase. */
  readonly picture: Image2D<'binary'>;
  /** Of that picture, junctions of one crossing merged. */
  readonly graph: SkeletonGraph;
  /** Its branches as smooth curves in pixel units of the image. */
  readonly curves: readonly Curve[];
}

/** Thins, prunes and vectorizes the white phase of a periodic image. */
export function prepareSkeleton(image: Image2D<'binary'>, settings: Pick<ConstructSettings, 'thinning' | 'prune'>): PreparedSkeleton {
  const picture = pruneSpurs(thin(image, { method: settings.thinning, boundary: 'periodic' }), settings.prune, 'periodic');
  const black = imageOf('binary', image.width, image.height, image.data.map((pixel) => 1 - pixel));
  // Half the thickness of the white phase at a skeleton's pixel.
  const halfThickness = distanceTransform(black, 'periodic').data;
  const graph = mergeJunctions(skeletonGraph(picture, 'periodic'), ({ pixels }) => Math.max(...pixels.map((pixel) => halfThickness[pixel]!)));
  return { picture, graph, curves: vectorizeSkeleton(graph, { smoothing, tolerance }) };
}

/** Pixels; a stair of a strut that rises by one pixel in four is smooth after this. */
const smoothing = 2;

/** Pixels; far below what a pixel of the design can show. */
const tolerance = 0.1;
