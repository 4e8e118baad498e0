/* Weighted sums of a pixel's neighbors. */

/** `target[k] = values[places[k]]` for `count` numbers; `places` are 32-bit numbers of bytes. */
export function gather(values: usize, places: usize, count: i32, target: usize): void {
  for (const end = target + (<usize>count << 3); target < end; target += 8) {
    store<f64>(target, load<f64>(values + <usize>load<u32>(places)));
    places += 4;
  }
}

/**
 * Sums of neighbors for pixels in runs along rows. `padded`: the image with a margin. `runs`: for each run the bytes from
 * `padded` to its first pixel and its number of pixels, 32-bit numbers. `offsets`: for each neighbor the bytes from
 * a pixel to it, signed 32-bit numbers; `weights`: a double number for each. `target`: the sums, run after run.
 */
export function filterRuns(padded: usize, runs: usize, runCount: i32, offsets: usize, weights: usize, neighbors: i32, target: usize): void {
  const weightsEnd = weights + (<usize>neighbors << 3);
  for (let run = 0; run < runCount; run++) {
    let from = padded + <usize>load<u32>(runs);
    const end = from + (<usize>load<u32>(runs, 4) << 3);
    runs += 8;
    for (; from + 64 <= end; from += 64) {
      let a = f64x2.splat(0);
      let b = f64x2.splat(0);
      let c = f64x2.splat(0);
      let d = f64x2.splat(0);
      let offset = offsets;
      for (let at = weights; at < weightsEnd; at += 8) {
        const weight = v128.load_splat<f64>(at);
        const pixel = from + load<i32>(offset);
        a = f64x2.add(a, f64x2.mul(weight, v128.load(pixel)));
        b = f64x2.add(b, f64x2.mul(weight, v128.load(pixel, 16)));
        c = f64x2.add(c, f64x2.mul(weight, v128.load(pixel, 32)));
        d = f64x2.add(d, f64x2.mul(weight, v128.load(pixel, 48)));
        offset += 4;
      }
      v128.store(target, a);
      v128.store(target, b, 16);
      v128.store(target, c, 32);
      v128.store(target, d, 48);
      target += 64;
    }
    for (; from < end; from += 8) {
      let sum: f64 = 0;
      let offset = offsets;
      for (let at = weights; at < weightsEnd; at += 8) {
        sum += load<f64>(at) * load<f64>(from + load<i32>(offset));
        offset += 4;
      }
      store<f64>(target, sum);
      target += 8;
    }
  }
}
