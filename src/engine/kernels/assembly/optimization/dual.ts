/*
 * The dual of a separable convex problem: functions Σ p / (U − x) + q / (x − L) with weights, minimized over x within its
 * bounds (engine/optimization/moving-asymptotes.ts).
 */

/**
 * `variables`: an even number of them. `weights`: a double number for each of the `functions`. `lower`, `upper`: asymptotes;
 * `least`, `most`: bounds. `terms`: for each function p of all variables, then q. Into `x` the minimum; into `sums` two
 * partial sums of each function, then of the products of the functions' derivatives over the second derivative
 * of the weighted sum, for each function with each up to itself; of variables between their bounds alone. `slopes` holds
 * two numbers for each function.
 */
export function evaluateDual(
  variables: i32, functions: i32, weights: usize, lower: usize, upper: usize, least: usize, most: usize, terms: usize, x: usize, sums: usize, slopes: usize,
): void {
  const bytes = <usize>variables << 3;
  const sumCount = functions + ((functions * (functions + 1)) >> 1);
  memory.fill(sums, 0, <usize>sumCount << 4);
  const products = sums + (<usize>functions << 4);
  const one = f64x2.splat(1);
  for (let at: usize = 0; at < bytes; at += 16) {
    let P = f64x2.splat(0);
    let Q = f64x2.splat(0);
    let term = terms + at;
    for (let i = 0; i < functions; i++) {
      const weight = v128.load_splat<f64>(weights + (<usize>i << 3));
      P = f64x2.add(P, f64x2.mul(weight, v128.load(term)));
      Q = f64x2.add(Q, f64x2.mul(weight, v128.load(term + bytes)));
      term += bytes << 1;
    }
    const low = v128.load(lower + at);
    const high = v128.load(upper + at);
    const rootP = f64x2.sqrt(P);
    const rootQ = f64x2.sqrt(Q);
    const best = f64x2.div(f64x2.add(f64x2.mul(rootP, low), f64x2.mul(rootQ, high)), f64x2.add(rootP, rootQ));
    const bottom = v128.load(least + at);
    const top = v128.load(most + at);
    const place = f64x2.min(top, f64x2.max(bottom, best));
    v128.store(x + at, place);
    const above = f64x2.div(one, f64x2.sub(high, place));
    const below = f64x2.div(one, f64x2.sub(place, low));
    const bend = f64x2.add(
      f64x2.mul(P, f64x2.mul(above, f64x2.mul(above, above))),
      f64x2.mul(Q, f64x2.mul(below, f64x2.mul(below, below))),
    );
    const isFree = v128.and(f64x2.gt(best, bottom), f64x2.lt(best, top));
    const share = v128.and(isFree, f64x2.div(f64x2.splat(0.5), bend));
    term = terms + at;
    let product = products;
    for (let i = 0; i < functions; i++) {
      const rise = f64x2.mul(v128.load(term), above);
      const fall = f64x2.mul(v128.load(term + bytes), below);
      term += bytes << 1;
      const sum = sums + (<usize>i << 4);
      v128.store(sum, f64x2.add(v128.load(sum), f64x2.add(rise, fall)));
      const slope = f64x2.sub(f64x2.mul(rise, above), f64x2.mul(fall, below));
      v128.store(slopes + (<usize>i << 4), slope);
      const shared = f64x2.mul(slope, share);
      for (let l = 0; l <= i; l++) {
        v128.store(product, f64x2.add(v128.load(product), f64x2.mul(shared, v128.load(slopes + (<usize>l << 4)))));
        product += 16;
      }
    }
  }
}
