/* Frames of zeros around images, and weights in the order in which the convolutions read them. */
import { FLOAT } from './float';

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

/** Packs weights [rows][channels] into panels [rows][8], zeros beyond the last channel. */
export function pack(weights: usize, rows: usize, channels: usize, target: usize): void {
  for (let channel: usize = 0; channel < channels; channel += 8) {
    const width = min<usize>(8, channels - channel);
    for (let row: usize = 0; row < rows; row++) {
      const from = weights + (row * channels + channel) * FLOAT;
      if (width === 8) {
        v128.store(target, v128.load(from));
        v128.store(target, v128.load(from, 16), 16);
        target += 8 * FLOAT;
        continue;
      }
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
        let output: usize = 0;
        if (width === 8) {
          for (; output + 4 <= outputs; output += 4) {
            const from = tap + output * FLOAT;
            turnFour(from, outputs * FLOAT, target);
            turnFour(from + 4 * outputs * FLOAT, outputs * FLOAT, target + 16);
            target += 32 * FLOAT;
          }
        }
        for (; output < outputs; output++) {
          for (let lane: usize = 0; lane < 8; lane++) {
            store<f32>(target, lane < width ? load<f32>(tap + (lane * outputs + output) * FLOAT) : 0);
            target += FLOAT;
          }
        }
      }
    }
  }
}

/** Transposes 4 × 4 numbers: rows `step` bytes apart become columns of rows of 8. */
// @ts-ignore: decorator
@inline
function turnFour(from: usize, step: usize, to: usize): void {
  const a = v128.load(from), b = v128.load(from + step), c = v128.load(from + 2 * step), d = v128.load(from + 3 * step);
  const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5), cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const AB = v128.shuffle<f32>(a, b, 2, 6, 3, 7), CD = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(ab, cd, 0, 1, 4, 5));
  v128.store(to, v128.shuffle<f32>(ab, cd, 2, 3, 6, 7), 32);
  v128.store(to, v128.shuffle<f32>(AB, CD, 0, 1, 4, 5), 64);
  v128.store(to, v128.shuffle<f32>(AB, CD, 2, 3, 6, 7), 96);
}
