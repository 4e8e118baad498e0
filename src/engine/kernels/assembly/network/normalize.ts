/* Batch normalization with residual and rectifier, and its gradient. */
import { FLOAT } from './float';

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
      const center = v128.load(mean + c * FLOAT);
      let sum = f32x4.splat(0);
      for (let x = source + first * rowBytes + c * FLOAT; x < end; x += rowBytes) {
        const d = f32x4.sub(v128.load(x), center);
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
      const center = v128.load(mean + c * FLOAT);
      const offset = v128.load(shift + c * FLOAT);
      const start = first * rowBytes + c * FLOAT;
      let y = target + start;
      let r = residual + start;
      for (let x = source + start; x < end; x += rowBytes) {
        let value = f32x4.add(f32x4.mul(f32x4.sub(v128.load(x), center), factor), offset);
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
      const center = v128.load(mean + c * FLOAT);
      const start = first * rowBytes + c * FLOAT;
      let g = change + start, y = result + start, r = residualGradient + start;
      let sum = zero, product = zero;
      for (let x = source + start; x < end; x += rowBytes) {
        let d = v128.load(g);
        if (rectify) d = v128.and(d, f32x4.gt(v128.load(y), zero));
        if (residualGradient !== 0) v128.store(r, d);
        sum = f32x4.add(sum, d);
        product = f32x4.add(product, f32x4.mul(d, f32x4.sub(v128.load(x), center)));
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
      const center = v128.load(mean + c * FLOAT);
      const start = first * rowBytes + c * FLOAT;
      let g = change + start, y = result + start, t = sourceGradient + start;
      for (let x = source + start; x < end; x += rowBytes) {
        let d = v128.load(g);
        if (rectify) d = v128.and(d, f32x4.gt(v128.load(y), zero));
        const deviation = f32x4.mul(f32x4.sub(v128.load(x), center), slope);
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
