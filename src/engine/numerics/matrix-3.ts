/** 3 × 3 matrices, row-major in flat arrays of nine. */

/** The inverse by cofactors. A singular matrix gives non-finite entries. */
export function inverse3(m: Float64Array): Float64Array {
  const [a, b, c, d, e, f, g, h, i] = m as unknown as [number, number, number, number, number, number, number, number, number];
  const A = e * i - f * h;
  const B = f * g - d * i;
  const C = d * h - e * g;
  const determinant = a * A + b * B + c * C;
  return Float64Array.of(A, c * h - b * i, b * f - c * e, B, a * i - c * g, c * d - a * f, C, b * g - a * h, a * e - b * d).map(
    (cofactor) => cofactor / determinant,
  );
}

/** factor · a + b, entry by entry. */
export function addScaled3(factor: number, a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, j) => factor * value + b[j]!);
}
