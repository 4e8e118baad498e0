/*
 * The one-dimensional transforms of Winograd's minimal filtering with the points 0, ±1, ±2, ∞ (Lavin &
 * Gray 2016, arXiv 1509.09308): F(4, 3) gives 4 outputs of a filter of 3, F(3, 4) 3 outputs of a filter of
 * 4, both from 6 inputs by 6 products. Each works on four channels at once, from vectors `step` bytes
 * apart to vectors `toStep` bytes apart.
 */

// @ts-ignore: decorator
@inline
function times(x: v128, factor: f32): v128 {
  return f32x4.mul(x, f32x4.splat(factor));
}

/** Inputs: 6 → 6, for both. */
// @ts-ignore: decorator
@inline
export function inputLine(from: usize, step: usize, to: usize, toStep: usize): void {
  const x0 = v128.load(from), x1 = v128.load(from + step), x2 = v128.load(from + 2 * step);
  const x3 = v128.load(from + 3 * step), x4 = v128.load(from + 4 * step), x5 = v128.load(from + 5 * step);
  const even = f32x4.sub(x4, times(x2, 4)), odd = f32x4.sub(x3, times(x1, 4));
  const near = f32x4.sub(x4, x2), far = times(f32x4.sub(x3, x1), 2);
  v128.store(to, f32x4.add(f32x4.sub(times(x0, 4), times(x2, 5)), x4));
  v128.store(to + toStep, f32x4.add(even, odd));
  v128.store(to + 2 * toStep, f32x4.sub(even, odd));
  v128.store(to + 3 * toStep, f32x4.add(near, far));
  v128.store(to + 4 * toStep, f32x4.sub(near, far));
  v128.store(to + 5 * toStep, f32x4.add(f32x4.sub(times(x1, 4), times(x3, 5)), x5));
}

/** Filters of F(4, 3): 3 → 6. */
// @ts-ignore: decorator
@inline
export function filterLine(from: usize, step: usize, to: usize, toStep: usize): void {
  const x0 = v128.load(from), x1 = v128.load(from + step), x2 = v128.load(from + 2 * step);
  const sixth: f32 = -1.0 / 6.0, twelfth: f32 = 1.0 / 12.0, part: f32 = 1.0 / 24.0;
  const even = times(f32x4.add(x0, x2), sixth), odd = times(x1, sixth);
  const near = times(f32x4.add(x0, times(x2, 4)), part), far = times(x1, twelfth);
  v128.store(to, times(x0, 0.25));
  v128.store(to + toStep, f32x4.add(even, odd));
  v128.store(to + 2 * toStep, f32x4.sub(even, odd));
  v128.store(to + 3 * toStep, f32x4.add(near, far));
  v128.store(to + 4 * toStep, f32x4.sub(near, far));
  v128.store(to + 5 * toStep, x2);
}

/** Outputs of F(4, 3): 6 → 4. */
// @ts-ignore: decorator
@inline
export function outputLine(from: usize, step: usize, to: usize, toStep: usize): void {
  const x1 = v128.load(from + step), x2 = v128.load(from + 2 * step);
  const x3 = v128.load(from + 3 * step), x4 = v128.load(from + 4 * step);
  const s = f32x4.add(x1, x2), d = f32x4.sub(x1, x2), t = f32x4.add(x3, x4), e = f32x4.sub(x3, x4);
  v128.store(to, f32x4.add(f32x4.add(v128.load(from), s), t));
  v128.store(to + toStep, f32x4.add(d, times(e, 2)));
  v128.store(to + 2 * toStep, f32x4.add(s, times(t, 4)));
  v128.store(to + 3 * toStep, f32x4.add(f32x4.add(d, times(e, 8)), v128.load(from + 5 * step)));
}

/** Output gradients, which are the filters of F(3, 4): 4 → 6. */
// @ts-ignore: decorator
@inline
export function changeLine(from: usize, step: usize, to: usize, toStep: usize): void {
  const x0 = v128.load(from), x1 = v128.load(from + step), x2 = v128.load(from + 2 * step), x3 = v128.load(from + 3 * step);
  const sixth: f32 = -1.0 / 6.0, twelfth: f32 = 1.0 / 12.0, part: f32 = 1.0 / 24.0;
  const even = times(f32x4.add(x0, x2), sixth), odd = times(f32x4.add(x1, x3), sixth);
  const near = times(f32x4.add(x0, times(x2, 4)), part), far = times(f32x4.add(x1, times(x3, 4)), twelfth);
  v128.store(to, times(x0, 0.25));
  v128.store(to + toStep, f32x4.add(even, odd));
  v128.store(to + 2 * toStep, f32x4.sub(even, odd));
  v128.store(to + 3 * toStep, f32x4.add(near, far));
  v128.store(to + 4 * toStep, f32x4.sub(near, far));
  v128.store(to + 5 * toStep, x3);
}

/** Filter gradients, which are the outputs of F(3, 4): 6 → 3. */
// @ts-ignore: decorator
@inline
export function gradientLine(from: usize, step: usize, to: usize, toStep: usize): void {
  const x1 = v128.load(from + step), x2 = v128.load(from + 2 * step);
  const x3 = v128.load(from + 3 * step), x4 = v128.load(from + 4 * step);
  const s = f32x4.add(x1, x2), t = f32x4.add(x3, x4);
  v128.store(to, f32x4.add(f32x4.add(v128.load(from), s), t));
  v128.store(to + toStep, f32x4.add(f32x4.sub(x1, x2), times(f32x4.sub(x3, x4), 2)));
  v128.store(to + 2 * toStep, f32x4.add(f32x4.add(s, times(t, 4)), v128.load(from + 5 * step)));
}
