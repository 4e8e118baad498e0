/*
 * Convolution with 3 × 3 filters and stride 1 by Winograd's minimal filtering in tiles of 4 × 4 pixels:
 * 36 products a tile and channel instead of 144. Tiles of 6 × 6 inputs and the filters are transformed, the
 * 36 places of all tiles are as many matrix products, and the results are transformed back. The gradient of
 * the filters is the same with the output gradient's tiles as filters and 3 × 3 outputs.
 *
 * Rows and columns are multiples of 4, channels of both sides multiples of 8. `work` is room for
 * a tile and, behind it, what each function says.
 */
import { FLOAT } from './float';
import { changeLine, filterLine, gradientLine, inputLine, outputLine } from './winograd-lines';

const PLACES: usize = 36;
const VECTOR: usize = 16;
/** A tile between its two one-dimensional transforms. */
const WORK: usize = PLACES * VECTOR;
/** Floats between planes. */
const GAP: usize = 16;

/**
 * Floats from one place of all tiles to the next. Places that are whole powers of two apart would fight for the
 * same sets of the caches, so there is a gap.
 */
// @ts-ignore: decorator
@inline
function planeOf(floats: usize): usize {
  return (floats + GAP) * FLOAT;
}

/**
 * Transforms weights [9][inputs][8] in panels of 8 of `channels` (as `pack` and `packReversed` leave them)
 * to [panel][36 planes][inputs][8].
 */
export function winogradFilters(packed: usize, inputs: usize, channels: usize, work: usize, target: usize): void {
  const tap = inputs * 8 * FLOAT;
  const plane = planeOf(8 * inputs);
  for (let channel: usize = 0; channel < channels; channel += 8) {
    for (let half: usize = 0; half < tap; half += VECTOR) {
      for (let j: usize = 0; j < 3; j++) filterLine(packed + half + j * tap, 3 * tap, work + j * VECTOR, 3 * VECTOR);
      for (let i: usize = 0; i < 6; i++) filterLine(work + 3 * i * VECTOR, VECTOR, target + half + 6 * i * plane, plane);
    }
    packed += 9 * tap;
    target += PLACES * plane;
  }
}

/**
 * Convolves padded images with transformed filters. Behind `work`: 36 planes of tilesPerBlock ×
 * inputs floats and of tilesPerBlock × channels; `tilesPerBlock` is a multiple of 4.
 */
export function winogradConvolve(
  source: usize, imageStride: usize, rowStride: usize, inputs: usize,
  images: usize, rows: usize, columns: usize, tilesPerBlock: usize,
  filters: usize, channels: usize, work: usize, target: usize,
): void {
  const transformed = work + WORK;
  const plane = planeOf(tilesPerBlock * inputs);
  const products = transformed + PLACES * plane;
  const productPlane = planeOf(tilesPerBlock * channels);
  const filterPlane = planeOf(8 * inputs);
  const across = columns / 4;
  const perImage = (rows / 4) * across;
  const total = images * perImage;
  const pixel = channels * FLOAT;
  for (let first: usize = 0; first < total; first += tilesPerBlock) {
    const count = min(tilesPerBlock, total - first);
    const whole = (count + 3) & ~3;
    for (let t: usize = 0; t < whole; t++) {
      // Four tiles lie together, four channels of each at a time.
      let to = transformed + ((t & ~3) * inputs + 4 * (t & 3)) * FLOAT;
      if (t >= count) {
        // Tiles that fill up the last four: no stray numbers, which might be slow ones.
        for (let c: usize = 0; c < inputs; c += 4, to += 4 * VECTOR) {
          for (let p: usize = 0; p < PLACES; p++) v128.store(to + p * plane, f32x4.splat(0));
        }
        continue;
      }
      const tile = first + t;
      const within = tile % perImage;
      const from = source + ((tile / perImage) * imageStride + 4 * (within / across) * rowStride + 4 * (within % across) * inputs) * FLOAT;
      for (let c: usize = 0; c < inputs; c += 4, to += 4 * VECTOR) inputTile(from + c * FLOAT, rowStride * FLOAT, inputs * FLOAT, work, to, plane);
    }
    for (let p: usize = 0; p < PLACES; p++) {
      for (let channel: usize = 0; channel < channels; channel += 8) {
        const panel = filters + ((channel / 8) * PLACES + p) * filterPlane;
        const to = products + p * productPlane + channel * FLOAT;
        for (let t: usize = 0; t < whole; t += 4) {
          fourTiles(transformed + p * plane + t * inputs * FLOAT, panel, inputs, to + t * pixel, pixel);
        }
      }
    }
    for (let t: usize = 0; t < count; t++) {
      const tile = first + t;
      const within = tile % perImage;
      const to = target + ((tile / perImage) * rows + 4 * (within / across)) * columns * pixel + 4 * (within % across) * pixel;
      for (let c: usize = 0; c < pixel; c += VECTOR) outputTile(products + t * pixel + c, productPlane, work, to + c, columns * pixel, pixel);
    }
  }
}

/**
 * Gradient of the filters [3][3][inputs][channels] from padded images and the output's gradient. Behind
 * `work`: 36 planes of tilesPerBlock × inputs floats, of tilesPerBlock × channels and of inputs × channels.
 */
export function winogradFilterGradient(
  source: usize, imageStride: usize, rowStride: usize, inputs: usize,
  images: usize, rows: usize, columns: usize, tilesPerBlock: usize,
  change: usize, channels: usize, work: usize, target: usize,
): void {
  const transformed = work + WORK;
  const plane = planeOf(tilesPerBlock * inputs);
  const changes = transformed + PLACES * plane;
  const changePlane = planeOf(tilesPerBlock * channels);
  const sums = changes + PLACES * changePlane;
  const sumPlane = planeOf(inputs * channels);
  const tap = inputs * channels * FLOAT;
  const across = columns / 4;
  const perImage = (rows / 4) * across;
  const total = images * perImage;
  const pixel = channels * FLOAT;
  memory.fill(sums, 0, PLACES * sumPlane);
  for (let first: usize = 0; first < total; first += tilesPerBlock) {
    const count = min(tilesPerBlock, total - first);
    for (let t: usize = 0; t < count; t++) {
      const tile = first + t;
      const image = tile / perImage;
      const within = tile % perImage;
      const row: usize = 4 * (within / across);
      const column: usize = 4 * (within % across);
      const from = source + (image * imageStride + row * rowStride + column * inputs) * FLOAT;
      // Four inputs of all tiles lie together, and eight channels of all tiles.
      for (let c: usize = 0; c < inputs; c += 4) {
        inputTile(from + c * FLOAT, rowStride * FLOAT, inputs * FLOAT, work, transformed + (c * tilesPerBlock + 4 * t) * FLOAT, plane);
      }
      const dy = change + ((image * rows + row) * columns + column) * pixel;
      for (let c: usize = 0; c < channels; c += 4) {
        const to = changes + ((c & ~7) * tilesPerBlock + 8 * t + (c & 4)) * FLOAT;
        changeTile(dy + c * FLOAT, columns * pixel, pixel, work, to, changePlane);
      }
    }
    for (let p: usize = 0; p < PLACES; p++) {
      for (let m: usize = 0; m < inputs; m += 4) {
        const a = transformed + p * plane + m * tilesPerBlock * FLOAT;
        const to = sums + p * sumPlane + m * pixel;
        for (let channel: usize = 0; channel < channels; channel += 8) {
          addTiles(a, changes + p * changePlane + channel * tilesPerBlock * FLOAT, count, to + channel * FLOAT, pixel);
        }
      }
    }
  }
  for (let m: usize = 0; m < inputs; m++) {
    for (let c: usize = 0; c < pixel; c += VECTOR) {
      const from = sums + m * pixel + c;
      for (let j: usize = 0; j < 6; j++) gradientLine(from + j * sumPlane, 6 * sumPlane, work + j * VECTOR, 6 * VECTOR);
      for (let i: usize = 0; i < 3; i++) gradientLine(work + 6 * i * VECTOR, VECTOR, target + m * pixel + c + 3 * i * tap, tap);
    }
  }
}

/** 6 × 6 inputs of four channels; `plane` bytes between the places of the result. */
function inputTile(from: usize, row: usize, pixel: usize, work: usize, to: usize, plane: usize): void {
  for (let j: usize = 0; j < 6; j++) inputLine(from + j * pixel, row, work + j * VECTOR, 6 * VECTOR);
  for (let i: usize = 0; i < 6; i++) inputLine(work + 6 * i * VECTOR, VECTOR, to + 6 * i * plane, plane);
}

/** 4 × 4 output gradients of four channels. */
function changeTile(from: usize, row: usize, pixel: usize, work: usize, to: usize, plane: usize): void {
  for (let j: usize = 0; j < 4; j++) changeLine(from + j * pixel, row, work + j * VECTOR, 4 * VECTOR);
  for (let i: usize = 0; i < 6; i++) changeLine(work + 4 * i * VECTOR, VECTOR, to + 6 * i * plane, plane);
}

/** The 36 products of four channels → 4 × 4 outputs. */
function outputTile(from: usize, plane: usize, work: usize, to: usize, row: usize, pixel: usize): void {
  for (let j: usize = 0; j < 6; j++) outputLine(from + j * plane, 6 * plane, work + j * VECTOR, 6 * VECTOR);
  for (let i: usize = 0; i < 4; i++) outputLine(work + 6 * i * VECTOR, VECTOR, to + i * row, pixel);
}

/** One place of four tiles [inputs / 4][4 tiles][4] times a panel [inputs][8]. */
// @ts-ignore: decorator
@inline
function fourTiles(a: usize, b: usize, inputs: usize, to: usize, pixel: usize): void {
  let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00;
  let c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  const end = a + 4 * inputs * FLOAT;
  while (a < end) {
    let b0 = v128.load(b), b1 = v128.load(b, 16);
    let x = v128.load32_splat(a);
    c00 = f32x4.add(c00, f32x4.mul(x, b0));
    c01 = f32x4.add(c01, f32x4.mul(x, b1));
    x = v128.load32_splat(a, 16);
    c10 = f32x4.add(c10, f32x4.mul(x, b0));
    c11 = f32x4.add(c11, f32x4.mul(x, b1));
    x = v128.load32_splat(a, 32);
    c20 = f32x4.add(c20, f32x4.mul(x, b0));
    c21 = f32x4.add(c21, f32x4.mul(x, b1));
    x = v128.load32_splat(a, 48);
    c30 = f32x4.add(c30, f32x4.mul(x, b0));
    c31 = f32x4.add(c31, f32x4.mul(x, b1));
    b0 = v128.load(b, 32);
    b1 = v128.load(b, 48);
    x = v128.load32_splat(a, 4);
    c00 = f32x4.add(c00, f32x4.mul(x, b0));
    c01 = f32x4.add(c01, f32x4.mul(x, b1));
    x = v128.load32_splat(a, 20);
    c10 = f32x4.add(c10, f32x4.mul(x, b0));
    c11 = f32x4.add(c11, f32x4.mul(x, b1));
    x = v128.load32_splat(a, 36);
    c20 = f32x4.add(c20, f32x4.mul(x, b0));
    c21 = f32x4.add(c21, f32x4.mul(x, b1));
    x = v128.load32_splat(a, 52);
    c30 = f32x4.add(c30, f32x4.mul(x, b0));
    c31 = f32x4.add(c31, f32x4.mul(x, b1));
    b0 = v128.load(b, 64);
    b1 = v128.load(b, 80);
    x = v128.load32_splat(a, 8);
    c00 = f32x4.add(c00, f32x4.mul(x, b0));
    c01 = f32x4.add(c01, f32x4.mul(x, b1));
    x = v128.load32_splat(a, 24);
    c10 = f32x4.add(c10, f32x4.mul(x, b0));
    c11 = f32x4.add(c11, f32x4.mul(x, b1));
    x = v128.load32_splat(a, 40);
    c20 = f32x4.add(c20, f32x4.mul(x, b0));
    c21 = f32x4.add(c21, f32x4.mul(x, b1));
    x = v128.load32_splat(a, 56);
    c30 = f32x4.add(c30, f32x4.mul(x, b0));
    c31 = f32x4.add(c31, f32x4.mul(x, b1));
    b0 = v128.load(b, 96);
    b1 = v128.load(b, 112);
    x = v128.load32_splat(a, 12);
    c00 = f32x4.add(c00, f32x4.mul(x, b0));
    c01 = f32x4.add(c01, f32x4.mul(x, b1));
    x = v128.load32_splat(a, 28);
    c10 = f32x4.add(c10, f32x4.mul(x, b0));
    c11 = f32x4.add(c11, f32x4.mul(x, b1));
    x = v128.load32_splat(a, 44);
    c20 = f32x4.add(c20, f32x4.mul(x, b0));
    c21 = f32x4.add(c21, f32x4.mul(x, b1));
    x = v128.load32_splat(a, 60);
    c30 = f32x4.add(c30, f32x4.mul(x, b0));
    c31 = f32x4.add(c31, f32x4.mul(x, b1));
    a += 64;
    b += 128;
  }
  v128.store(to, c00);
  v128.store(to, c01, 16);
  to += pixel;
  v128.store(to, c10);
  v128.store(to, c11, 16);
  to += pixel;
  v128.store(to, c20);
  v128.store(to, c21, 16);
  to += pixel;
  v128.store(to, c30);
  v128.store(to, c31, 16);
}

/** Adds one place of all tiles, four inputs [tiles][4] times eight channels [tiles][8], to a matrix. */
// @ts-ignore: decorator
@inline
function addTiles(a: usize, b: usize, tiles: usize, to: usize, row: usize): void {
  let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00;
  let c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  const end = a + tiles * VECTOR;
  while (a < end) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    let x = v128.load32_splat(a);
    c00 = f32x4.add(c00, f32x4.mul(x, b0));
    c01 = f32x4.add(c01, f32x4.mul(x, b1));
    x = v128.load32_splat(a, 4);
    c10 = f32x4.add(c10, f32x4.mul(x, b0));
    c11 = f32x4.add(c11, f32x4.mul(x, b1));
    x = v128.load32_splat(a, 8);
    c20 = f32x4.add(c20, f32x4.mul(x, b0));
    c21 = f32x4.add(c21, f32x4.mul(x, b1));
    x = v128.load32_splat(a, 12);
    c30 = f32x4.add(c30, f32x4.mul(x, b0));
    c31 = f32x4.add(c31, f32x4.mul(x, b1));
    a += 16;
    b += 32;
  }
  addTo(to, c00, c01);
  to += row;
  addTo(to, c10, c11);
  to += row;
  addTo(to, c20, c21);
  to += row;
  addTo(to, c30, c31);
}

// @ts-ignore: decorator
@inline
function addTo(to: usize, low: v128, high: v128): void {
  v128.store(to, f32x4.add(v128.load(to), low));
  v128.store(to, f32x4.add(v128.load(to, 16), high), 16);
}
