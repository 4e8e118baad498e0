/*
 * From a patch of an image's skeleton to a periodic cell, by mirroring (Feng et al. 2024,
 * doi:10.1016/j.eml.2024.102269, section 2.5 and fig. 4): the patch is a quarter of the cell, mirrored
 * about both mid-lines, and its curves are thickened until the cell has the required volume fraction.
 *
 * Ours: curves are scaled as polylines and thickened by exact distance on the quarter's pixels, whereas the source adds
 * white pixels to an image of the skeleton. The quarter is mirrored pixel by pixel, so the symmetry is exact and opposite
 * edges match. The volume fraction changes in steps of 4 pixels.
 */
import type { ConstructSettings } from '#domain/arms';
import { ensure } from '#engine/core/bug-error';
import type { RunContext } from '#engine/core/run-context';
import { crop, imageOf, mirrorQuarter, volumeFraction, type Image2D, type Square } from '#engine/grid/image-2d';
import { mergeJunctions, pruneSpurs } from '#engine/morphology/clean-skeleton';
import { distanceTransform } from '#engine/morphology/distance-transform';
import { skeletonGraph, type SkeletonGraph } from '#engine/morphology/skeleton-graph';
import { thin } from '#engine/morphology/thin';
import { vectorizeSkeleton, type Curve } from '#engine/morphology/vectorize-skeleton';
import { accept, reject, type Attempt } from './attempt';
import { clipToPatch, type Segments } from './clip-to-patch';
import { thicken, type FractionAim } from './thicken';

export interface DesignSource {
  readonly skeleton: PreparedSkeleton;
  /** The square of the image that becomes a quarter of the cell; it may wrap around the image's edges. */
  readonly patch: Square;
  /** The critical region in the patch, `edge` × `edge` pixels; needed when the settings mask by region. */
  readonly region?: Image2D<'binary'>;
}

export interface DesignTarget {
  /** Pixels along the cell's edge, even. */
  readonly resolution: number;
  readonly aim: FractionAim;
}

/** A periodic cell that has not been tested yet. */
export interface CandidateDesign {
  readonly cell: Image2D<'binary'>;
  /** The motif: the masked skeleton in the patch, pixels of the source image. */
  readonly motif: Image2D<'binary'>;
  /** The motif scaled and mirrored, before thickening; pixels of the cell. */
  readonly mirroredSkeleton: Image2D<'binary'>;
  /** The white share of the cell, within the range of the settings. */
  readonly volumeFraction: number;
  /** Pixels of the cell. */
  readonly strutThickness: number;
}

/**
 * The mirrored cell of one patch. Rejections: `no-branch`, `struts-too-thin`, `fraction-window-too-narrow`.
 */
export function constructMirroredDesign(
  context: RunContext,
  { skeleton, patch, region }: DesignSource,
  settings: ConstructSettings,
  { resolution, aim }: DesignTarget,
): Attempt<CandidateDesign> {
  context.signal.throwIfAborted();
  ensure(resolution % 2 === 0, `a mirrored cell of ${resolution} pixels has no mid-line`);
  ensure(settings.mask === 'square' || region !== undefined, 'masking by region needs the region');
  const mask = settings.mask === 'region' ? region : undefined;
  const half = resolution / 2;
  const segments = clipToPatch(skeleton.curves, skeleton.image, patch, mask, half);
  if (segments.length === 0) return reject('no-branch');
  const thickened = thicken(segments, half, settings.fraction, aim);
  if (!thickened.ok) return thickened;

  const cell = mirrorQuarter(thickened.value.image);
  return accept({
    cell,
    motif: motifOf(skeleton.image, patch, mask),
    mirroredSkeleton: mirrorQuarter(drawPieces(segments, half)),
    volumeFraction: volumeFraction(cell),
    strutThickness: 2 * thickened.value.halfWidth,
  });
}

/** The skeleton in a patch, where the mask is white. */
export function motifOf(skeleton: Image2D<'binary'>, patch: Square, mask: Image2D<'binary'> | undefined): Image2D<'binary'> {
  const motif = crop(skeleton, patch);
  if (mask !== undefined) for (let p = 0; p < motif.data.length; p++) motif.data[p]! &= mask.data[p]!;
  return motif;
}

/** The segments as lines one pixel wide. */
function drawPieces(segments: Segments, size: number): Image2D<'binary'> {
  const data = new Uint8Array(size * size);
  const pixelOf = (position: number): number => Math.min(Math.max(Math.floor(position), 0), size - 1);
  for (let s = 0; s < segments.length; s += 4) {
    const dr = segments[s + 2]! - segments[s]!;
    const dc = segments[s + 3]! - segments[s + 1]!;
    const steps = Math.ceil(Math.max(Math.abs(dr), Math.abs(dc))) + 1;
    for (let i = 0; i <= steps; i++) {
      data[pixelOf(segments[s]! + (i / steps) * dr) * size + pixelOf(segments[s + 1]! + (i / steps) * dc)] = 1;
    }
  }
  return imageOf('binary', size, size, data);
}

export interface PreparedSkeleton {
  /** The pruned skeleton of the image's white phase. */
  readonly image: Image2D<'binary'>;
  /** The graph of that image, with the junctions of each crossing merged. */
  readonly graph: SkeletonGraph;
  /** Its branches as smooth curves in pixel units of the image. */
  readonly curves: readonly Curve[];
}

/** Thins, prunes and vectorizes the white phase of a periodic image. */
export function prepareSkeleton(image: Image2D<'binary'>, settings: Pick<ConstructSettings, 'thinning' | 'prune'>): PreparedSkeleton {
  const pruned = pruneSpurs(thin(image, { method: settings.thinning, boundary: 'periodic' }), settings.prune, 'periodic');
  const black = imageOf('binary', image.width, image.height, image.data.map((pixel) => 1 - pixel));
  // Half the thickness of the white phase at each pixel of the skeleton.
  const halfThickness = distanceTransform(black, 'periodic').data;
  const graph = mergeJunctions(skeletonGraph(pruned, 'periodic'), ({ pixels }) => Math.max(...pixels.map((pixel) => halfThickness[pixel]!)));
  return { image: pruned, graph, curves: vectorizeSkeleton(graph, { smoothing, tolerance }) };
}

/** Pixels; smooths the stairs of a strut that rises by one pixel in four. */
const smoothing = 2;

/** Pixels; far below the resolution of the design. */
const tolerance = 0.1;
