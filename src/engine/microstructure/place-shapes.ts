/*
 * Descriptor-based reconstruction: shapes with random sizes and orientations at uniform random positions in the periodic
 * square, until they cover the required number of pixels. With overlap `allowed` this is the Boolean model. With overlap
 * `avoided` it is random sequential addition (Feder 1980, J. Theor. Biol. 87, 237–254). Ours: the largest shapes are
 * placed first, every pixel position is searched, and a shape that finds no free position is rotated. So dense fibers
 * align as they must, and jamming is detected with certainty.
 */
import type { Overlap } from '#domain/microstructures';
import { failure, success, type Result } from '#domain/finding';
import type { Rng } from '#engine/core/rng';
import { imageOf, type Image2D } from '#engine/grid/image-2d';

/** A convex shape around the origin; x points right, y up. */
export interface Shape {
  readonly area: number;
  /** No point of the shape is farther than this from the origin along x. */
  readonly reachX: number;
  readonly reachY: number;
  /** Distance to the outline, negative inside. */
  signedDistance(x: number, y: number): number;
}

/** A shape with a size and without an orientation yet. */
export interface SizedShape {
  readonly area: number;
  /** Draws the orientation; the scale multiplies all lengths. */
  orient(rng: Rng, scale: number): Shape;
}

/** Draws the size of a shape. */
export type ShapeSource = (rng: Rng) => SizedShape;

/** The shapes as a field: the negative signed distance to the nearest outline, so positive inside. */
export interface PlacedShapes {
  readonly field: Image2D<'field'>;
  readonly shapeCount: number;
}

/**
 * Shapes without overlap keep this distance in pixels, because the cut may shift the outlines by some hundredths of a
 * pixel.
 */
const clearance = 0.1;
/** The width in pixels of the rim around a shape in which the field is defined. */
const rim = 2;
/** The value of the field away from all shapes. */
const farAway = -1e6;
/** The number of orientations that are tried for a shape without overlap. */
const orientations = 24;
/** The number of restarts before shapes without overlap count as too dense. */
const attempts = 12;

/** Covers about `pixelCount` of `resolution`² pixels; returns a finding when that is impossible. */
export function placeShapes(
  rng: Rng,
  source: ShapeSource,
  overlap: Overlap,
  pixelCount: number,
  resolution: number,
): Result<PlacedShapes> {
  return overlap === 'allowed'
    ? placeOverlapping(rng, source, pixelCount, resolution)
    : placeApart(rng, source, pixelCount, resolution);
}

function placeOverlapping(rng: Rng, source: ShapeSource, pixelCount: number, n: number): Result<PlacedShapes> {
  const field = new Float64Array(n * n).fill(farAway);
  const mostShapes = 4 * n * n;
  let covered = 0;
  let shapeCount = 0;
  for (; covered < pixelCount; shapeCount++) {
    if (shapeCount === mostShapes) return tooSmall();
    const shape = source(rng).orient(rng, 1);
    if (shape.area > pixelCount) return tooLarge();
    covered += stamp(field, n, shape, rng.between(0, n), rng.between(0, n));
  }
  return success({ field: imageOf('field', n, n, field), shapeCount });
}

function placeApart(rng: Rng, source: ShapeSource, pixelCount: number, n: number): Result<PlacedShapes> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const stream = rng.fork(`attempt/${attempt}`);
    const sizes = drawSizes(stream, source, pixelCount, n);
    if (!sizes.ok) return sizes;
    const field = placeLargestFirst(stream, sizes.value, n);
    if (field !== undefined) return success({ field: imageOf('field', n, n, field), shapeCount: sizes.value.shapes.length });
  }
  return failure(
    'shapes-do-not-fit',
    `No room was found for shapes without overlap at a fraction of ${(pixelCount / (n * n)).toFixed(3)} in ${attempts} attempts.`,
    'Allow overlap, lower the fraction, or use larger, rounder or better aligned shapes.',
  );
}

interface DrawnSizes {
  /** Largest first. */
  readonly shapes: readonly SizedShape[];
  /** One factor near 1 for all lengths, with which the areas add up to the pixel count. */
  readonly scale: number;
}

function drawSizes(rng: Rng, source: ShapeSource, pixelCount: number, n: number): Result<DrawnSizes> {
  const shapes: SizedShape[] = [];
  let area = 0;
  while (area < pixelCount) {
    const shape = source(rng);
    if (shape.area > pixelCount) return tooLarge();
    if (shapes.length === n * n) return tooSmall();
    const nearerWithout = area + shape.area - pixelCount > pixelCount - area;
    if (area > 0 && nearerWithout) break;
    shapes.push(shape);
    area += shape.area;
  }
  return success({ shapes: shapes.sort((a, b) => b.area - a.area), scale: Math.sqrt(pixelCount / area) });
}

/** The field of all shapes; undefined when one finds no free position. */
function placeLargestFirst(rng: Rng, { shapes, scale }: DrawnSizes, n: number): Float64Array | undefined {
  const field = new Float64Array(n * n).fill(farAway);
  const positions = rng.shuffle(Int32Array.from({ length: n * n }, (_, p) => p));
  for (const sized of shapes) {
    let placed = false;
    for (let tried = 0; tried < orientations && !placed; tried++) {
      const shape = sized.orient(rng, scale);
      const [jitterX, jitterY] = [rng.uniform(), rng.uniform()];
      const position = findFreePosition(field, n, footprintOf(shape, jitterX, jitterY), positions, rng.integer(positions.length));
      if (position === undefined) continue;
      stamp(field, n, shape, (position % n) + jitterX, Math.floor(position / n) + jitterY);
      placed = true;
    }
    if (!placed) return undefined;
  }
  return field;
}

/** The first free position in the shuffled list of all positions, searched cyclically from the start. */
function findFreePosition(field: Float64Array, n: number, footprint: Int32Array, positions: Int32Array, start: number): number | undefined {
  for (let j = 0; j < positions.length; j++) {
    const position = positions[(start + j) & (positions.length - 1)]!;
    if (isFree(field, n, footprint, position)) return position;
  }
  return undefined;
}

/**
 * The pixels (column, row, column, row, …) of a shape centered at the jitter in pixel (0, 0), and all pixels that touch
 * them at an edge or a corner.
 */
function footprintOf(shape: Shape, jitterX: number, jitterY: number): Int32Array {
  const reach = Math.ceil(Math.max(shape.reachX, shape.reachY)) + 3;
  const edge = 2 * reach + 1;
  const marked = new Uint8Array(edge * edge);
  forPixelsNear(shape, jitterX, jitterY, clearance, (column, row, distance) => {
    if (distance > clearance) return;
    const above = (row - 1 + reach) * edge + column + reach;
    for (let start = above - 1; start <= above - 1 + 2 * edge; start += edge) marked.fill(1, start, start + 3);
  });
  const pixels: number[] = [];
  for (let at = 0; at < marked.length; at++) {
    if (marked[at] === 1) pixels.push((at % edge) - reach, Math.floor(at / edge) - reach);
  }
  return Int32Array.from(pixels);
}

function isFree(field: Float64Array, n: number, footprint: Int32Array, position: number): boolean {
  // The edge is a power of two, so the mask also wraps negative numbers.
  const mask = n - 1;
  const column = position % n;
  const row = (position - column) / n;
  if (field[position]! >= -clearance) return false;
  for (let j = 0; j < footprint.length; j += 2) {
    if (field[((row + footprint[j + 1]!) & mask) * n + ((column + footprint[j]!) & mask)]! >= -clearance) return false;
  }
  return true;
}

/** Adds the shape at (x, y down from the top) to the periodic field; returns the number of newly covered pixels. */
function stamp(field: Float64Array, n: number, shape: Shape, x: number, y: number): number {
  const mask = n - 1;
  let newlyCovered = 0;
  forPixelsNear(shape, x, y, rim, (column, row, distance) => {
    const p = (row & mask) * n + (column & mask);
    const before = field[p]!;
    if (-distance <= before) return;
    field[p] = -distance;
    if (distance <= 0 && before < 0) newlyCovered++;
  });
  return newlyCovered;
}

/** Visits the pixels of the shape's bounding box, enlarged by the margin, without wrapping. */
function forPixelsNear(
  shape: Shape,
  x: number,
  y: number,
  margin: number,
  visit: (column: number, row: number, distance: number) => void,
): void {
  const lastRow = Math.floor(y + shape.reachY + margin);
  const lastColumn = Math.floor(x + shape.reachX + margin);
  for (let row = Math.floor(y - shape.reachY - margin); row <= lastRow; row++) {
    for (let column = Math.floor(x - shape.reachX - margin); column <= lastColumn; column++) {
      visit(column, row, shape.signedDistance(column + 0.5 - x, y - row - 0.5));
    }
  }
}

function tooLarge(): Result<never> {
  return failure(
    'shape-larger-than-fraction',
    'A single shape covers more than the required white fraction.',
    'Use smaller shapes: the largest area must be below the lower end of the fraction range.',
  );
}

function tooSmall(): Result<never> {
  return failure(
    'shape-smaller-than-pixel',
    'The shapes are so small that no number of them covers the required white fraction.',
    'Use larger shapes or raise the resolution.',
  );
}
