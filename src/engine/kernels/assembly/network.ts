/*
 * Dense kernels of network training on 128-bit SIMD, all float32, images in the order
 * [image][row][column][channel]. They work in the memory of TensorFlow.js's own WebAssembly module,
 * so tensors are read and written in place. Method: implicit matrix multiplication; the window of a
 * convolution is `runs` contiguous stretches (one a kernel row) of a padded image, so no window is
 * ever copied out (the direct convolution of Georganas et al. 2018, doi:10.1109/SC.2018.00069, with
 * a register block of 4 pixels by 8 channels). Every sum has one fixed order, which does not depend
 * on how many images a call holds.
 *
 * There is no static data and no allocation here: the memory belongs to another module.
 */

/** Addresses are bytes, all other sizes and strides count floats. */
const FLOAT: usize = 4;

/** Copies images into a larger frame of zeros. */
export function pad(
  source: usize, images: usize, height: usize, width: usize, channels: usize,
  top: usize, left: usize, paddedHeight: usize, paddedWidth: usize, target: usize,
): void {
  const row = width * channels * FLOAT;
  const paddedRow = paddedWidth * channels * FLOAT;
  const leftBytes = left * channels * FLOAT;
  for (let i: usize = 0; i < images; i++) {
    memory.fill(target, 0, top * paddedRow);
    target += top * paddedRow;
    for (let r: usize = 0; r < height; r++) {
      memory.fill(target, 0, leftBytes);
      memory.copy(target + leftBytes, source, row);
      memory.fill(target + leftBytes + row, 0, paddedRow - leftBytes - row);
      target += paddedRow;
      source += row;
    }
    const bottom = (paddedHeight - top - height) * paddedRow;
    memory.fill(target, 0, bottom);
    target += bottom;
  }
}

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

/** Four neighbouring pixels, eight channels; strides in bytes. */
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

/** Adds to the gradients of four neighbouring inputs and eight channels; strides in bytes. */
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

/** Packs weights [rows][channels] into panels [rows][8], zeros beyond the last channel. */
export function pack(weights: usize, rows: usize, channels: usize, target: usize): void {
  for (let channel: usize = 0; channel < channels; channel += 8) {
    const width = min<usize>(8, channels - channel);
    for (let row: usize = 0; row < rows; row++) {
      const from = weights + (row * channels + channel) * FLOAT;
      for (let lane: usize = 0; lane < 8; lane++) {
        store<f32>(target, lane < width ? load<f32>(from + lane * FLOAT) : 0);
        target += FLOAT;
      }
    }
  }
}

/**
 * Packs the weights [kernelRows][kernelColumns][inputs][outputs] for the gradient of the input: the
 * taps firstRow, firstRow + step, … in reverse order, and inputs and outputs swapped; panels of 8
 * inputs, each [rows × columns × outputs][8].
 */
export function packReversed(
  weights: usize, kernelColumns: usize, inputs: usize, outputs: usize,
  firstRow: usize, rows: usize, firstColumn: usize, columns: usize, step: usize, target: usize,
): void {
  for (let input: usize = 0; input < inputs; input += 8) {
    const width = min<usize>(8, inputs - input);
    for (let r: usize = 0; r < rows; r++) {
      const row = firstRow + (rows - 1 - r) * step;
      for (let c: usize = 0; c < columns; c++) {
        const column = firstColumn + (columns - 1 - c) * step;
        const tap = weights + ((row * kernelColumns + column) * inputs + input) * outputs * FLOAT;
        for (let output: usize = 0; output < outputs; output++) {
          for (let lane: usize = 0; lane < 8; lane++) {
            store<f32>(target, lane < width ? load<f32>(tap + (lane * outputs + output) * FLOAT) : 0);
            target += FLOAT;
          }
        }
      }
    }
  }
}

/** Rows of a batch that batch normalization sums in float32 before it adds to a float64 total. */
const ROWS_PER_SUM: usize = 64;

/**
 * Batch normalization in training (Ioffe & Szegedy 2015, arXiv 1502.03167, algorithm 1), then an
 * optional residual is added and the result is rectified when `rectify` is 1:
 * target = relu(scale (source − mean) / √(variance + epsilon) + shift + residual).
 * `channels` is a multiple of 4; `totals` is room for `channels` float64; residual 0 means none.
 * Mean and (biased) variance of each channel are written too.
 */
export function normalize(
  source: usize, rows: usize, channels: usize, scale: usize, shift: usize, residual: usize, rectify: i32,
  epsilon: f32, totals: usize, mean: usize, variance: usize, target: usize,
): void {
  const rowBytes = channels * FLOAT;
  memory.fill(totals, 0, channels * 8);
  for (let first: usize = 0; first < rows; first += ROWS_PER_SUM) {
    const end = source + min(first + ROWS_PER_SUM, rows) * rowBytes;
    for (let c: usize = 0; c < channels; c += 4) {
      let sum = f32x4.splat(0);
      for (let x = source + first * rowBytes + c * FLOAT; x < end; x += rowBytes) sum = f32x4.add(sum, v128.load(x));
      addToTotals(totals + c * 8, sum);
    }
  }
  totalsOver(totals, rows, channels, mean);

  memory.fill(totals, 0, channels * 8);
  for (let first: usize = 0; first < rows; first += ROWS_PER_SUM) {
    const end = source + min(first + ROWS_PER_SUM, rows) * rowBytes;
    for (let c: usize = 0; c < channels; c += 4) {
      const centre = v128.load(mean + c * FLOAT);
      let sum = f32x4.splat(0);
      for (let x = source + first * rowBytes + c * FLOAT; x < end; x += rowBytes) {
        const d = f32x4.sub(v128.load(x), centre);
        sum = f32x4.add(sum, f32x4.mul(d, d));
      }
      addToTotals(totals + c * 8, sum);
    }
  }
  totalsOver(totals, rows, channels, variance);

  const zero = f32x4.splat(0);
  for (let first: usize = 0; first < rows; first += ROWS_PER_SUM) {
    const end = source + min(first + ROWS_PER_SUM, rows) * rowBytes;
    for (let c: usize = 0; c < channels; c += 4) {
      const factor = f32x4.div(
        v128.load(scale + c * FLOAT), f32x4.sqrt(f32x4.add(v128.load(variance + c * FLOAT), f32x4.splat(epsilon))),
      );
      const centre = v128.load(mean + c * FLOAT);
      const offset = v128.load(shift + c * FLOAT);
      const start = first * rowBytes + c * FLOAT;
      let y = target + start;
      let r = residual + start;
      for (let x = source + start; x < end; x += rowBytes) {
        let value = f32x4.add(f32x4.mul(f32x4.sub(v128.load(x), centre), factor), offset);
        if (residual !== 0) value = f32x4.add(value, v128.load(r));
        if (rectify) value = f32x4.max(value, zero);
        v128.store(y, value);
        y += rowBytes;
        r += rowBytes;
      }
    }
  }
}

/**
 * Gradients of `normalize` with respect to its source, scale, shift and (unless residualGradient is
 * 0) residual. `totals` is room for 2 × `channels` float64.
 */
export function normalizeGradient(
  change: usize, result: usize, source: usize, rows: usize, channels: usize, scale: usize, rectify: i32,
  epsilon: f32, mean: usize, variance: usize, totals: usize,
  sourceGradient: usize, scaleGradient: usize, shiftGradient: usize, residualGradient: usize,
): void {
  const rowBytes = channels * FLOAT;
  const zero = f32x4.splat(0);
  const products = totals + channels * 8;
  memory.fill(totals, 0, channels * 16);
  for (let first: usize = 0; first < rows; first += ROWS_PER_SUM) {
    const end = source + min(first + ROWS_PER_SUM, rows) * rowBytes;
    for (let c: usize = 0; c < channels; c += 4) {
      const centre = v128.load(mean + c * FLOAT);
      const start = first * rowBytes + c * FLOAT;
      let g = change + start, y = result + start, r = residualGradient + start;
      let sum = zero, product = zero;
      for (let x = source + start; x < end; x += rowBytes) {
        let d = v128.load(g);
        if (rectify) d = v128.and(d, f32x4.gt(v128.load(y), zero));
        if (residualGradient !== 0) v128.store(r, d);
        sum = f32x4.add(sum, d);
        product = f32x4.add(product, f32x4.mul(d, f32x4.sub(v128.load(x), centre)));
        g += rowBytes;
        y += rowBytes;
        r += rowBytes;
      }
      addToTotals(totals + c * 8, sum);
      addToTotals(products + c * 8, product);
    }
  }
  totalsOver(totals, 1, channels, shiftGradient);
  totalsOver(products, 1, channels, scaleGradient);
  for (let c: usize = 0; c < channels; c += 4) {
    const inverse = f32x4.div(
      f32x4.splat(1), f32x4.sqrt(f32x4.add(v128.load(variance + c * FLOAT), f32x4.splat(epsilon))),
    );
    v128.store(scaleGradient + c * FLOAT, f32x4.mul(v128.load(scaleGradient + c * FLOAT), inverse));
  }
  const share = f32x4.splat(1 / <f32>rows);
  for (let first: usize = 0; first < rows; first += ROWS_PER_SUM) {
    const end = source + min(first + ROWS_PER_SUM, rows) * rowBytes;
    for (let c: usize = 0; c < channels; c += 4) {
      const inverse = f32x4.div(
        f32x4.splat(1), f32x4.sqrt(f32x4.add(v128.load(variance + c * FLOAT), f32x4.splat(epsilon))),
      );
      const factor = f32x4.mul(v128.load(scale + c * FLOAT), inverse);
      const meanChange = f32x4.mul(v128.load(shiftGradient + c * FLOAT), share);
      const slope = f32x4.mul(f32x4.mul(v128.load(scaleGradient + c * FLOAT), share), inverse);
      const centre = v128.load(mean + c * FLOAT);
      const start = first * rowBytes + c * FLOAT;
      let g = change + start, y = result + start, t = sourceGradient + start;
      for (let x = source + start; x < end; x += rowBytes) {
        let d = v128.load(g);
        if (rectify) d = v128.and(d, f32x4.gt(v128.load(y), zero));
        const deviation = f32x4.mul(f32x4.sub(v128.load(x), centre), slope);
        v128.store(t, f32x4.mul(factor, f32x4.sub(f32x4.sub(d, meanChange), deviation)));
        g += rowBytes;
        y += rowBytes;
        t += rowBytes;
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function addToTotals(total: usize, sum: v128): void {
  v128.store(total, f64x2.add(v128.load(total), f64x2.promote_low_f32x4(sum)));
  v128.store(total, f64x2.add(v128.load(total, 16), f64x2.promote_low_f32x4(v128.shuffle<f32>(sum, sum, 2, 3, 2, 3))), 16);
}

/** target = totals / rows, in float32. */
function totalsOver(totals: usize, rows: usize, channels: usize, target: usize): void {
  for (let c: usize = 0; c < channels; c++) {
    store<f32>(target + c * FLOAT, <f32>(load<f64>(totals + c * 8) / <f64>rows));
  }
}
