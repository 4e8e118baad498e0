/*
 * How stable the maps of an image are. A map should move with its image: the map of a mirrored image, mirrored back, is
 * the map of the image, as far as the property itself is the same (equivariance, Crabbé & van der Schaar 2023, arXiv
 * 2304.06715). And it should change little with a little noise (max-sensitivity, Yeh et al. 2019, arXiv 1901.09392).
 *
 * Ours: one pixel in a hundred changes its phase, as many from white to black as from black to white, so that the volume
 * fraction stays; and besides the change of the map, the overlap of the regions where it reaches half of its maximum.
 * Both have the same map moved elsewhere as control, as `random-move.ts` does.
 */
import { type Result, success } from '#domain/finding';
import type { Objective } from '#domain/objective';
import type { Rng } from '#engine/core/rng';
import { imageOf, type Boundary, type Image2D, type MirrorInvariance } from '#engine/grid/image-2d';
import { packImages, type MicrostructureBatch } from '#engine/grid/microstructure-batch';
import { heatOf } from '#engine/learning/explanation/explain';
import { antiTranspose, flips, identity, invariantFlips, sourcePixels, transformRaster, type Symmetry } from '#engine/learning/network/symmetry';
import { randomlyMoved } from '#engine/validation/control-maps';
import { halfMaximumRegion, regionOverlap, relativeDifference } from '#engine/validation/map-measures';
import type { ImageMap, MapsByName } from './map-source';

/** Noisy copies of an image. */
const noisyCopies = 4;
/** The share of pixels that change their phase in each. */
const noiseShare = 0.01;
/** Shifted copies of a map. */
const shiftedCopies = 4;

/** The maps of any images, toward an objective. */
export type MapsOf = (images: MicrostructureBatch, objective: Objective) => Promise<Result<MapsByName>>;

/** How maps are computed. */
export interface Mapping {
  readonly mapsOf: MapsOf;
  /** What lies beyond the edges of a map. */
  readonly boundary: Boundary;
  /** Whether each direction has a network of its own: otherwise the anti-transpose, which swaps the directions, holds by construction. */
  readonly separates: boolean;
}

export interface StabilityInput {
  readonly objective: Objective;
  /** The mirror images that have the same property. */
  readonly mirrorInvariance: MirrorInvariance;
  /** What is beyond the edges of the images. */
  readonly boundary: Boundary;
}

/** By layer or edge of squares: directions, then `stabilityMeasures`; NaN for a map that is zero or negative everywhere. */
export async function mapStability(
  { mapsOf, boundary, separates }: Mapping,
  image: Image2D<'binary'>,
  own: readonly (readonly ImageMap[])[],
  { objective, mirrorInvariance, boundary: ofImages }: StabilityInput,
  rng: Rng,
): Promise<Result<number[][]>> {
  const { directions } = objective;
  const symmetries = directions.map((direction) => symmetriesOf(mirrorInvariance, direction, separates));
  const noise = rng.fork('noise');
  const noisy = Array.from({ length: noisyCopies }, () => withNoise(image, noise));
  const mirrored = flips.filter((flip) => symmetries.some((own) => own.includes(flip)));
  const changed = packImages([...noisy, ...mirrored.map((symmetry) => transformed(image, symmetry))], image.width);
  const maps = await mapsOf(changed, objective);
  if (!maps.ok) return maps;
  // The anti-transpose swaps the directions.
  const transposed = separates
    ? await mapsOf(packImages([transformed(image, antiTranspose)], image.width), { ...objective, directions: directions.map((direction) => (direction === 'x' ? 'y' : 'x')) })
    : success(undefined);
  if (!transposed.ok) return transposed;
  const shifting = rng.fork('elsewhere');
  return success(
    own.map((ofDirections, l) =>
      ofDirections.flatMap((map, d) => {
        const edge = map.nativeEdge;
        const moved = symmetries[d]!.map((symmetry) => {
          const found = symmetry === antiTranspose ? transposed.value![l]![d]![0]! : maps.value[l]![d]![noisyCopies + mirrored.indexOf(symmetry)]!;
          // Flips and the anti-transpose are their own inverses.
          return transformRaster(found.signed, edge, symmetry);
        });
        const [byNoise, elsewhere] = [
          noisy.map((_, i) => maps.value[l]![d]![i]!.signed),
          Array.from({ length: shiftedCopies }, () => randomlyMoved(map.signed, edge, shifting, ofImages)),
        ];
        const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
        return [mean, (values: readonly number[]) => Math.max(...values), mean].flatMap((summary, kind) => {
          const { differences, overlaps } = compared(map, [moved, byNoise, elsewhere][kind]!, boundary);
          return [summary(differences), mean(overlaps)];
        });
      }),
    ),
  );
}

/** The symmetries under which the map of a direction should move with the image. */
function symmetriesOf(invariance: MirrorInvariance, direction: 'x' | 'y', separates: boolean): readonly Symmetry[] {
  return [...invariantFlips(invariance, direction).filter((flip) => flip !== identity), ...(separates ? [antiTranspose] : [])];
}

function compared(map: ImageMap, others: readonly Float32Array[], boundary: Boundary): { readonly differences: readonly number[]; readonly overlaps: readonly number[] } {
  const region = halfMaximumRegion(map.heat);
  if (!region.includes(1)) return { differences: others.map(() => NaN), overlaps: others.map(() => NaN) };
  return {
    differences: others.map((other) => relativeDifference(map.signed, other)),
    overlaps: others.map((other) => regionOverlap(region, halfMaximumRegion(heatOf(other, map.nativeEdge, map.heat.width, boundary)))),
  };
}

function transformed({ width, data }: Image2D<'binary'>, symmetry: Symmetry): Image2D<'binary'> {
  return imageOf('binary', width, width, Uint8Array.from(sourcePixels(symmetry, width), (pixel) => data[pixel]!));
}

/** The image with a hundredth of its pixels in the other phase, as many white as black ones; at least one of each, and no more than there are. */
export function withNoise({ width, height, data }: Image2D<'binary'>, rng: Rng): Image2D<'binary'> {
  const ofPhase = (phase: number): Int32Array => rng.shuffle(Int32Array.from(data, (_, p) => p).filter((p) => data[p] === phase));
  const [black, white] = [ofPhase(0), ofPhase(1)];
  const count = Math.min(black.length, white.length, Math.max(1, Math.round((noiseShare * data.length) / 2)));
  const noisy = data.slice();
  for (let i = 0; i < count; i++) [noisy[black[i]!], noisy[white[i]!]] = [1, 0];
  return imageOf('binary', width, height, noisy);
}
