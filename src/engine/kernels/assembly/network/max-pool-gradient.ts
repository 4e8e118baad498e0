/* Gradient of max pooling: each output's change goes to the first of its inputs, row by row, that is the largest. */
import { FLOAT } from './float';

/**
 * Input gradient of x [n, h, w, c] from the output [n, oh, ow, c] and its gradient; `channels` is a multiple of 4.
 * The window of output (r, c) begins at (r × stride − pad, c × stride − pad); what lies outside counts for nothing.
 */
export function maxPoolGradient(
  input: usize, images: i32, height: i32, width: i32, channels: i32,
  output: usize, change: usize, outHeight: i32, outWidth: i32, edge: i32, stride: i32, pad: i32, target: usize,
): void {
  const pixel = <usize>channels * FLOAT;
  const row = <usize>width * pixel;
  const image = <usize>height * row;
  memory.fill(target, 0, <usize>images * image);
  for (let i = 0; i < images; i++) {
    for (let r = 0; r < outHeight; r++) {
      const top = max(0, r * stride - pad), bottom = min(height, r * stride - pad + edge);
      for (let c = 0; c < outWidth; c++) {
        const left = max(0, c * stride - pad), right = min(width, c * stride - pad + edge);
        for (let channel: usize = 0; channel < pixel; channel += 16) {
          const largest = v128.load(output + channel);
          let rest = v128.load(change + channel);
          for (let y = top; y < bottom; y++) {
            for (let x = left; x < right; x++) {
              const at = <usize>y * row + <usize>x * pixel + channel;
              const taken = v128.and(rest, f32x4.eq(v128.load(input + at), largest));
              v128.store(target + at, f32x4.add(v128.load(target + at), taken));
              rest = v128.xor(rest, taken);
            }
          }
        }
        output += pixel;
        change += pixel;
      }
    }
    input += image;
    target += image;
  }
}
