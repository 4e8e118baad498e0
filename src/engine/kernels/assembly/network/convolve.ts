/*
 * Direct convolution: implicit matrix multiplication. The window is `runs` contiguous stretches (one a
 * kernel row) of a padded image, so no window is ever copied out (Georganas et al. 2018,
 * doi:10.1109/SC.2018.00069, with a register block of 4 pixels by 8 channels).
 */
import { FLOAT } from './float';

/**
 * Convolution of a padded batch with packed weights: panels of 8 output channels, each
 * [runs × runLength][8], zeros beyond the last channel.
 */
export function convolve(
  source: usize, imageStride: usize, rowStride: usize, pixelStride: usize,
  runs: usize, runStride: usize, runLength: usize,
  images: usize, rows: usize, columns: usize, imagesPerBlock: usize,
  packed: usize, channels: usize,
  target: usize, targetImageStride: usize, targetRowStride: usize, targetPixelStride: usize,
): void {
  const panelBytes = runs * runLength * 8 * FLOAT;
  for (let first: usize = 0; first < images; first += imagesPerBlock) {
    const last = min(first + imagesPerBlock, images);
    let panel = packed;
    for (let channel: usize = 0; channel < channels; channel += 8) {
      const width = min<usize>(8, channels - channel);
      for (let i = first; i < last; i++) {
        for (let r: usize = 0; r < rows; r++) {
          const from = source + (i * imageStride + r * rowStride) * FLOAT;
          const to = target + (i * targetImageStride + r * targetRowStride + channel) * FLOAT;
          let c: usize = 0;
          if (width === 8) {
            for (; c + 4 <= columns; c += 4) {
              fourPixels(
                from + c * pixelStride * FLOAT, pixelStride * FLOAT, runs, runStride * FLOAT, runLength,
                panel, to + c * targetPixelStride * FLOAT, targetPixelStride * FLOAT,
              );
            }
          }
          for (; c < columns; c++) {
            onePixel(
              from + c * pixelStride * FLOAT, runs, runStride * FLOAT, runLength,
              panel, to + c * targetPixelStride * FLOAT, width,
            );
          }
        }
      }
      panel += panelBytes;
    }
  }
}

/** Four neighboring pixels, eight channels; strides in bytes. */
// @ts-ignore: decorator
@inline
function fourPixels(
  from: usize, pixel: usize, runs: usize, runStride: usize, runLength: usize,
  panel: usize, to: usize, targetPixel: usize,
): void {
  let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00;
  let c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  let b = panel;
  for (let run: usize = 0; run < runs; run++) {
    let a0 = from + run * runStride;
    let a1 = a0 + pixel;
    let a2 = a1 + pixel;
    let a3 = a2 + pixel;
    const end = a0 + runLength * FLOAT;
    const unrolledEnd = a0 + (runLength & ~1) * FLOAT;
    while (a0 < unrolledEnd) {
      let b0 = v128.load(b), b1 = v128.load(b, 16);
      let a = v128.load32_splat(a0);
      c00 = f32x4.add(c00, f32x4.mul(a, b0));
      c01 = f32x4.add(c01, f32x4.mul(a, b1));
      a = v128.load32_splat(a1);
      c10 = f32x4.add(c10, f32x4.mul(a, b0));
      c11 = f32x4.add(c11, f32x4.mul(a, b1));
      a = v128.load32_splat(a2);
      c20 = f32x4.add(c20, f32x4.mul(a, b0));
      c21 = f32x4.add(c21, f32x4.mul(a, b1));
      a = v128.load32_splat(a3);
      c30 = f32x4.add(c30, f32x4.mul(a, b0));
      c31 = f32x4.add(c31, f32x4.mul(a, b1));
      b0 = v128.load(b, 32);
      b1 = v128.load(b, 48);
      a = v128.load32_splat(a0, 4);
      c00 = f32x4.add(c00, f32x4.mul(a, b0));
      c01 = f32x4.add(c01, f32x4.mul(a, b1));
      a = v128.load32_splat(a1, 4);
      c10 = f32x4.add(c10, f32x4.mul(a, b0));
      c11 = f32x4.add(c11, f32x4.mul(a, b1));
      a = v128.load32_splat(a2, 4);
      c20 = f32x4.add(c20, f32x4.mul(a, b0));
      c21 = f32x4.add(c21, f32x4.mul(a, b1));
      a = v128.load32_splat(a3, 4);
      c30 = f32x4.add(c30, f32x4.mul(a, b0));
      c31 = f32x4.add(c31, f32x4.mul(a, b1));
      a0 += 8;
      a1 += 8;
      a2 += 8;
      a3 += 8;
      b += 64;
    }
    if (a0 < end) {
      const b0 = v128.load(b), b1 = v128.load(b, 16);
      let a = v128.load32_splat(a0);
      c00 = f32x4.add(c00, f32x4.mul(a, b0));
      c01 = f32x4.add(c01, f32x4.mul(a, b1));
      a = v128.load32_splat(a1);
      c10 = f32x4.add(c10, f32x4.mul(a, b0));
      c11 = f32x4.add(c11, f32x4.mul(a, b1));
      a = v128.load32_splat(a2);
      c20 = f32x4.add(c20, f32x4.mul(a, b0));
      c21 = f32x4.add(c21, f32x4.mul(a, b1));
      a = v128.load32_splat(a3);
      c30 = f32x4.add(c30, f32x4.mul(a, b0));
      c31 = f32x4.add(c31, f32x4.mul(a, b1));
      b += 32;
    }
  }
  v128.store(to, c00);
  v128.store(to, c01, 16);
  to += targetPixel;
  v128.store(to, c10);
  v128.store(to, c11, 16);
  to += targetPixel;
  v128.store(to, c20);
  v128.store(to, c21, 16);
  to += targetPixel;
  v128.store(to, c30);
  v128.store(to, c31, 16);
}

/** One pixel, up to eight channels; strides in bytes. */
function onePixel(
  from: usize, runs: usize, runStride: usize, runLength: usize, panel: usize, to: usize, width: usize,
): void {
  let c0 = f32x4.splat(0), c1 = c0;
  let b = panel;
  for (let run: usize = 0; run < runs; run++) {
    let a0 = from + run * runStride;
    const end = a0 + runLength * FLOAT;
    while (a0 < end) {
      const a = v128.load32_splat(a0);
      c0 = f32x4.add(c0, f32x4.mul(a, v128.load(b)));
      c1 = f32x4.add(c1, f32x4.mul(a, v128.load(b, 16)));
      a0 += 4;
      b += 32;
    }
  }
  if (width === 8) {
    v128.store(to, c0);
    v128.store(to, c1, 16);
    return;
  }
  // Few channels: lanes leave one by one.
  for (let lane: usize = 0; lane < width; lane++) {
    store<f32>(to + lane * FLOAT, f32x4.extract_lane(c0, 0));
    c0 = v128.shuffle<f32>(c0, c1, 1, 2, 3, 4);
    c1 = v128.shuffle<f32>(c1, c1, 1, 2, 3, 0);
  }
}
