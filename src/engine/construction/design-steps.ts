/* The intermediate steps between an image and its cell, for display only; the constructions make the design. */
import type { ConstructSettings, PatchConstruction } from '#domain/arms';
import { ensure } from '#engine/core/bug-error';
import { imageOf, type Boundary, type Image2D, type Square } from '#engine/grid/image-2d';
import type { SkeletonNode } from '#engine/morphology/skeleton-graph';
import { thin } from '#engine/morphology/thin';
import type { Curve } from '#engine/morphology/vectorize-skeleton';
import { segmentsOf, type Segments } from './clip-to-patch';
import type { DesignSource } from './candidate-design';
import { largestShift, patchCurves, redrawCurves } from './construct-graph-design';
import { quarterSegments } from './construct-mirrored-design';
import type { RedrawnPatch } from './redraw-patch';
import { maskOf, motifOf, prepareSkeleton } from './prepare-skeleton';
import { segmentDistance, type SegmentDistance } from './segment-distance';

/** The image, patch and region of a design. */
export interface StepsSource {
  readonly image: Image2D<'binary'>;
  readonly patch: Square;
  /** The critical region in the patch; required when the settings mask by region. */
  readonly region?: Image2D<'binary'>;
  /** What is beyond the edges of the image. */
  readonly boundary: Boundary;
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
  /** The distance of the center of each of the cell's pixels to the curves of the periodic cell, pixels of the cell. */
  readonly distance: Float64Array;
  /** How the curves of the patch were redrawn; absent where they were mirrored. */
  readonly redrawing?: Redrawing;
}

/** Curves and places in pixels of the cell, from its corner. */
export interface Redrawing extends Pick<RedrawnPatch, 'curves' | 'moved' | 'removed' | 'meanShift'> {
  /** The curves of the patch before. */
  readonly patchCurves: readonly Curve[];
  /** The mean shift beyond which a patch is rejected, pixels. */
  readonly largestShift: number;
}

/** The steps to a cell of `resolution` pixels along an edge. The patch must be one that the construction accepts. */
export function designSteps(source: StepsSource, construct: PatchConstruction, settings: ConstructSettings, resolution: number): DesignSteps {
  const { image, patch, region, boundary } = source;
  const thinned = thin(image, { method: settings.thinning, boundary });
  const skeleton = prepareSkeleton(image, settings, boundary);
  const patchSource: DesignSource = { skeleton, patch, ...(region && { region }) };
  const redrawing = construct === 'graph' ? redrawingOf(patchSource, settings, resolution) : undefined;
  return {
    skeleton: skeleton.image,
    spurs: imageOf('binary', image.width, image.height, thinned.data.map((pixel, p) => pixel & (1 - skeleton.image.data[p]!))),
    nodes: skeleton.graph.nodes,
    curves: skeleton.curves,
    motif: motifOf(skeleton.image, patch, maskOf(settings, region)),
    distance: redrawing ? redrawnDistance(redrawing.curves, settings, resolution) : mirroredDistance(patchSource, settings, resolution),
    ...(redrawing && { redrawing }),
  };
}

function redrawingOf(source: DesignSource, settings: ConstructSettings, resolution: number): Redrawing {
  const redrawn = redrawCurves(source, settings, resolution);
  ensure(redrawn.ok, 'a design whose patch was rejected');
  const { curves, moved, removed, meanShift } = redrawn.value;
  return { patchCurves: patchCurves(source, settings, resolution), curves, moved, removed, meanShift, largestShift: largestShift * resolution };
}

/** Distances in the upper left quarter, mirrored about both mid-lines. */
function mirroredDistance(source: DesignSource, settings: ConstructSettings, resolution: number): Float64Array {
  const half = resolution / 2;
  const segments = quarterSegments(source, settings, resolution);
  const distanceOf = segmentDistance(settings.norm);
  const distance = new Float64Array(resolution * resolution);
  for (let row = 0; row < half; row++) {
    for (let column = 0; column < half; column++) {
      const value = distanceTo(distanceOf, segments, row + 0.5, column + 0.5);
      for (const r of [row, resolution - 1 - row]) for (const c of [column, resolution - 1 - column]) distance[r * resolution + c] = value;
    }
  }
  return distance;
}

/** Distances to the nearest copy of the redrawn curves. */
function redrawnDistance(curves: readonly Curve[], { norm }: ConstructSettings, resolution: number): Float64Array {
  const segments = segmentsOf(curves);
  const distanceOf = segmentDistance(norm);
  const offsets = [-resolution, 0, resolution];
  return Float64Array.from({ length: resolution * resolution }, (_, p) => {
    const [row, column] = [Math.floor(p / resolution) + 0.5, (p % resolution) + 0.5];
    return Math.min(...offsets.flatMap((down) => offsets.map((right) => distanceTo(distanceOf, segments, row + down, column + right))));
  });
}

function distanceTo(distanceOf: SegmentDistance, segments: Segments, row: number, column: number): number {
  let nearest = Infinity;
  for (let s = 0; s < segments.length; s += 4) {
    nearest = Math.min(nearest, distanceOf(row, column, segments[s]!, segments[s + 1]!, segments[s + 2]!, segments[s + 3]!, nearest));
  }
  return Math.sqrt(nearest);
}
