/* Gradient of the weights of a direct convolution, with a register block of 4 inputs by 8 channels. */
import { FLOAT } from './float';

/**
 * Gradient of the weights [runs][runLength][channels]: for each weight the sum over images, rows and
 * columns of input times output gradient. `images` × `rowsPerBlock` rows are summed at a time, so
 * that what is read again stays in a near cache.
 */
export function filterGradient(
  source: usize, imageStride: usize, rowStride: usize, pixelStride: usize,
  runs: usize, runStride: usize, runLength: usize,
  images: usize, rows: usize, columns: usize, imagesPerBlock: usize, rowsPerBlock: usize,
  gradient: usize, channels: usize, target: usize,
): void {
  memory.fill(target, 0, runs * runLength * channels * FLOAT);
  const gradientRow = columns * channels * FLOAT;
  for (let first: usize = 0; first < images; first += imagesPerBlock) {
    const last = min(first + imagesPerBlock, images);
    for (let top: usize = 0; top < rows; top += rowsPerBlock) {
      const bottom = min(top + rowsPerBlock, rows);
      for (let run: usize = 0; run < runs; run++) {
        for (let m: usize = 0; m < runLength; ) {
          const four = m + 4 <= runLength;
          for (let channel: usize = 0; channel < channels; ) {
            const from = source + (run * runStride + m) * FLOAT;
            const to = target + ((run * runLength + m) * channels + channel) * FLOAT;
            const change = gradient + channel * FLOAT;
            const eight = channel + 8 <= channels;
            if (four && eight) {
              fourInputs(
                from, imageStride * FLOAT, rowStride * FLOAT, pixelStride * FLOAT, first, last, top, bottom, columns,
                change, rows * gradientRow, gradientRow, channels * FLOAT, to,
              );
            } else {
              const width = min<usize>(8, channels - channel);
              const inputs = min<usize>(4, runLength - m);
              for (let k: usize = 0; k < inputs; k++) {
                oneInput(
                  from + k * FLOAT, imageStride * FLOAT, rowStride * FLOAT, pixelStride * FLOAT, first, last, top, bottom, columns,
                  change, rows * gradientRow, gradientRow, channels * FLOAT, to + k * channels * FLOAT, width,
                );
              }
            }
            channel += 8;
          }
          m += 4;
        }
      }
    }
  }
}

/** Adds to the gradients of four neighboring inputs and eight channels; strides in bytes. */
// @ts-ignore: decorator
@inline
function fourInputs(
  source: usize, imageStride: usize, rowStride: usize, pixel: usize,
  first: usize, last: usize, top: usize, bottom: usize, columns: usize,
  gradient: usize, gradientImage: usize, gradientRow: usize, channelBytes: usize, to: usize,
): void {
  let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00;
  let c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  for (let i = first; i < last; i++) {
    for (let r = top; r < bottom; r++) {
      let x = source + i * imageStride + r * rowStride;
      let g = gradient + i * gradientImage + r * gradientRow;
      const end = g + gradientRow;
      while (g < end) {
        const b0 = v128.load(g), b1 = v128.load(g, 16);
        let a = v128.load32_splat(x);
        c00 = f32x4.add(c00, f32x4.mul(a, b0));
        c01 = f32x4.add(c01, f32x4.mul(a, b1));
        a = v128.load32_splat(x, 4);
        c10 = f32x4.add(c10, f32x4.mul(a, b0));
        c11 = f32x4.add(c11, f32x4.mul(a, b1));
        a = v128.load32_splat(x, 8);
        c20 = f32x4.add(c20, f32x4.mul(a, b0));
        c21 = f32x4.add(c21, f32x4.mul(a, b1));
        a = v128.load32_splat(x, 12);
        c30 = f32x4.add(c30, f32x4.mul(a, b0));
        c31 = f32x4.add(c31, f32x4.mul(a, b1));
        x += pixel;
        g += channelBytes;
      }
    }
  }
  addTo(to, c00, c01);
  to += channelBytes;
  addTo(to, c10, c11);
  to += channelBytes;
  addTo(to, c20, c21);
  to += channelBytes;
  addTo(to, c30, c31);
}

// @ts-ignore: decorator
@inline
function addTo(to: usize, low: v128, high: v128): void {
  v128.store(to, f32x4.add(v128.load(to), low));
  v128.store(to, f32x4.add(v128.load(to, 16), high), 16);
}

/** Adds to the gradients of one input and up to eight channels; strides in bytes. */
function oneInput(
  source: usize, imageStride: usize, rowStride: usize, pixel: usize,
  first: usize, last: usize, top: usize, bottom: usize, columns: usize,
  gradient: usize, gradientImage: usize, gradientRow: usize, channelBytes: usize, to: usize, width: usize,
): void {
  if (width === 8) {
    let c0 = f32x4.splat(0), c1 = c0;
    for (let i = first; i < last; i++) {
      for (let r = top; r < bottom; r++) {
        let x = source + i * imageStride + r * rowStride;
        let g = gradient + i * gradientImage + r * gradientRow;
        const end = g + gradientRow;
        while (g < end) {
          const a = v128.load32_splat(x);
          c0 = f32x4.add(c0, f32x4.mul(a, v128.load(g)));
          c1 = f32x4.add(c1, f32x4.mul(a, v128.load(g, 16)));
          x += pixel;
          g += channelBytes;
        }
      }
    }
    addTo(to, c0, c1);
    return;
  }
  for (let channel: usize = 0; channel < width; channel++) {
    let sum: f32 = 0;
    for (let i = first; i < last; i++) {
      for (let r = top; r < bottom; r++) {
        const x = source + i * imageStride + r * rowStride;
        const g = gradient + channel * FLOAT + i * gradientImage + r * gradientRow;
        for (let c: usize = 0; c < columns; c++) sum += load<f32>(x + c * pixel) * load<f32>(g + c * channelBytes);
      }
    }
    store<f32>(to + channel * FLOAT, load<f32>(to + channel * FLOAT) + sum);
  }
}
