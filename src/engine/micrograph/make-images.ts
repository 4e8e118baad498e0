/*
 * The images of one picture: which values are white, which squares become images, what is left after speckles are
 * removed, and what is in doubt. Pictures are taken one at a time, so that only one is in memory; `joinImages` makes a
 * set of what they give.
 */
import { success, type Result } from '#domain/finding';
import type { WhiteRule } from '#domain/image-files';
import { concatenateArrays } from '#engine/core/artifact';
import { createRng } from '#engine/core/rng';
import { imageOf, volumeFraction, type Image2D } from '#engine/grid/image-2d';
import { packImages } from '#engine/grid/microstructure-batch';
import { doubtfulShare } from './doubtful-values';
import { fitPicture, type FitSettings, type PictureSquare } from './fit-picture';
import { findOverlays } from './overlays';
import { edgeDifferences } from './periodicity';
import type { Picture } from './picture';
import { resampledWhite } from './resample';
import { speckleMargin, withoutSpeckles } from './speckles';
import { valueLevels } from './value-levels';
import { whitePixels, whiteValues, type PhaseCut, type PictureRectangle } from './white-values';

/** How pictures become images; a database of files has these settings. */
export interface ImageSettings extends FitSettings {
  /** Absent where pictures have two values, of which the larger is white. */
  readonly white?: WhiteRule;
  /** Components of fewer pixels take the other phase. */
  readonly speckles?: number;
  /** Where it is true, components go on at the opposite edge of an image that is not cut out of a larger picture. */
  readonly periodic?: boolean;
  /** Draws tiles. */
  readonly seed: number;
}

/** The images of a picture, those of one phase left out. Entry i of each array belongs to image i. */
export interface PictureImages {
  /** As in `MicrostructureBatch`. */
  readonly packed: Uint8Array;
  /** The upper left corner in the picture, pixels, and the edge there, which is the resolution unless it was resampled. */
  readonly x: Int32Array;
  readonly y: Int32Array;
  readonly edges: Int32Array;
  /** Shares of white. */
  readonly fractions: Float64Array;
  /** Those of `edgeDifferences`, one image after another. */
  readonly edgeDifferences: Float64Array;
  /** Images that are left out because they have one phase. */
  readonly onePhase: number;
  readonly doubts: PictureDoubts;
}

/** What is in doubt in a picture. */
export interface PictureDoubts {
  /** The share of pixels whose value fits neither phase. */
  readonly values: number;
  /** What looks drawn over the microstructure, as far as it reaches into images. */
  readonly strips: readonly PictureRectangle[];
  readonly bars: readonly PictureRectangle[];
  /** The share of the picture's pixels in those strips and bars. */
  readonly drawn: number;
}

/**
 * The images of picture `source` (counted from 0) of a database; `name` is how findings call it. The result depends on the
 * picture, the settings and the number alone.
 * Findings: `image-many-levels`, `image-wrong-resolution`, `picture-too-small`, `too-many-tiles`.
 */
export function makeImages(picture: Picture, name: string, source: number, settings: ImageSettings): Result<PictureImages> {
  const squares = fitPicture(picture, settings, name, createRng(settings.seed).fork(`tiles/${source}`));
  if (!squares.ok) return squares;
  const levels = valueLevels(picture);
  const cut = whiteValues(levels, settings.white, name);
  if (!cut.ok) return cut;

  const parts: ImagePart[] = [];
  for (const square of squares.value) {
    const image = imageAt(picture, cut.value, square, settings);
    const fraction = volumeFraction(image);
    if (fraction > 0 && fraction < 1) parts.push(describeImage(image, fraction, square));
  }
  const joined = concatenateArrays([emptyPart, ...parts].map((arrays) => ({ arrays: { ...arrays } }))) as unknown as ImagePart;
  const overlays = findOverlays(picture, levels);
  const reaches = (drawn: PictureRectangle): boolean => squares.value.some((square) => meet(square, drawn));
  const [strips, bars] = [overlays.strips.filter(reaches), overlays.bars.filter(reaches)];
  const drawn = [...strips, ...bars].reduce((sum, { width, height }) => sum + width * height, 0) / picture.values.length;
  return success({
    ...joined,
    onePhase: squares.value.length - parts.length,
    doubts: { values: doubtfulShare(picture, levels, cut.value), strips, bars, drawn },
  });
}

/** The arrays of `PictureImages` for one image. */
type ImagePart = Omit<PictureImages, 'onePhase' | 'doubts'>;

const emptyPart: ImagePart = {
  packed: new Uint8Array(0), x: new Int32Array(0), y: new Int32Array(0), edges: new Int32Array(0),
  fractions: new Float64Array(0), edgeDifferences: new Float64Array(0),
};

function describeImage(image: Image2D<'binary'>, fraction: number, { x, y, edge }: PictureSquare): ImagePart {
  const batch = packImages([image], image.width);
  return {
    packed: batch.packed,
    x: Int32Array.of(x), y: Int32Array.of(y), edges: Int32Array.of(edge),
    fractions: Float64Array.of(fraction),
    edgeDifferences: edgeDifferences(batch),
  };
}

/** The image that a square of the picture gives. */
function imageAt(picture: Picture, cut: PhaseCut, square: PictureSquare, { resolution, speckles, periodic }: ImageSettings): Image2D<'binary'> {
  const { x, y, edge } = square;
  if (edge !== resolution) {
    const image = imageOf('binary', resolution, resolution, resampledWhite(picture, cut, { x, y, width: edge, height: edge }, resolution));
    return speckles === undefined ? image : withoutSpeckles(image, speckles, periodic && isWhole(picture, square) ? 'periodic' : 'open');
  }
  if (speckles === undefined || isWhole(picture, square)) {
    const image = imageOf('binary', edge, edge, whitePixels(picture, cut, { x, y, width: edge, height: edge }));
    return speckles === undefined ? image : withoutSpeckles(image, speckles, periodic ? 'periodic' : 'open');
  }
  // What is cut at the edge of a tile is no speckle if it goes on in the picture.
  const margin = speckleMargin(speckles);
  const [left, top] = [Math.max(0, x - margin), Math.max(0, y - margin)];
  const [width, height] = [Math.min(picture.width, x + edge + margin) - left, Math.min(picture.height, y + edge + margin) - top];
  const around = imageOf('binary', width, height, whitePixels(picture, cut, { x: left, y: top, width, height }));
  const cleaned = withoutSpeckles(around, speckles, 'open');
  return imageOf('binary', edge, edge, whitePixels({ width, height, values: cleaned.data }, { kind: 'is', value: 1 }, { x: x - left, y: y - top, width: edge, height: edge }));
}

function isWhole({ width, height }: Picture, { edge }: PictureSquare): boolean {
  return width === edge && height === edge;
}

function meet({ x, y, edge }: PictureSquare, other: PictureRectangle): boolean {
  return x < other.x + other.width && other.x < x + edge && y < other.y + other.height && other.y < y + edge;
}
