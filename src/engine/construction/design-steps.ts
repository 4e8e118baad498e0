/* The intermediate steps between an image and its cell, for display only; constructMirroredDesign makes the design. */
import type { ConstructSettings } from '#domain/arms';
import { imageOf, type Image2D, type Square } from '#engine/grid/image-2d';
import type { SkeletonNode } from '#engine/morphology/skeleton-graph';
import { thin } from '#engine/morphology/thin';
import { squaredDistanceToSegment, type Curve } from '#engine/morphology/vectorize-skeleton';
import { clipToPatch } from './clip-to-patch';
import { motifOf, prepareSkeleton } from './prepare-skeleton';

/** The image, patch and region of a design. */
export interface StepsSource {
  readonly image: Image2D<'binary'>;
  readonly patch: Square;
  /** The critical region in the patch; required when the settings mask by region. */
  readonly region?: Image2D<'binary'>;
}

export interface DesignSteps {
  /** The pruned skeleton of the image. */
  readonly skeleton: Image2D<'binary'>;
  /** The pixels that pruning removed. */
  readonly spurs: Image2D<'binary'>;
  /** The junctions of each crossing are merged into one node. */
  readonly nodes: readonly SkeletonNode[];
  readonly curves: readonly Curve[];
  /** The masked skeleton in the patch, pixels of the image. */
  readonly motif: Image2D<'binary'>;
  /** The distance of the center of each of the cell's pixels to the mirrored curves, pixels of the cell. */
  readonly distance: Float64Array;
}

/** The steps to a cell of `resolution` pixels along an edge. */
export function designSteps({ image, patch, region }: StepsSource, settings: ConstructSettings, resolution: number): DesignSteps {
  const thinned = thin(image, { method: settings.thinning, boundary: 'periodic' });
  const { image: skeleton, graph, curves } = prepareSkeleton(image, settings);
  const mask = settings.mask === 'region' ? region : undefined;
  return {
    skeleton,
    spurs: imageOf('binary', image.width, image.height, thinned.data.map((pixel, p) => pixel & (1 - skeleton.data[p]!))),
    nodes: graph.nodes,
    curves,
    motif: motifOf(skeleton, patch, mask),
    distance: mirroredDistance(clipToPatch(curves, skeleton, patch, mask, resolution / 2), resolution),
  };
}

/** Distances in the upper left quarter, mirrored about both mid-lines. */
function mirroredDistance(segments: Float64Array, resolution: number): Float64Array {
  const half = resolution / 2;
  const distance = new Float64Array(resolution * resolution);
  for (let row = 0; row < half; row++) {
    for (let column = 0; column < half; column++) {
      let nearest = Infinity;
      for (let s = 0; s < segments.length; s += 4) {
        nearest = Math.min(nearest, squaredDistanceToSegment(row + 0.5, column + 0.5, segments[s]!, segments[s + 1]!, segments[s + 2]!, segments[s + 3]!));
      }
      const value = Math.sqrt(nearest);
      for (const r of [row, resolution - 1 - row]) for (const c of [column, resolution - 1 - column]) distance[r * resolution + c] = value;
    }
  }
  return distance;
}
