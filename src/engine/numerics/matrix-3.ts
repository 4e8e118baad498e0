/** The inverse of a 3 × 3 matrix (row-major, nine entries) by cofactors; not finite when it is singular. */
export function inverse3(m: Float64Array): Float64Array {
  const [a, b, c, d, e, f, g, h, i] = [m[0]!, m[1]!, m[2]!, m[3]!, m[4]!, m[5]!, m[6]!, m[7]!, m[8]!];
  const A = e * i - f * h;
  const B = f * g - d * i;
  const C = d * h - e * g;
  const determinant = a * A + b * B + c * C;
  return Float64Array.of(A, c * h - b * i, b * f - c * e, B, a * i - c * g, c * d - a * f, C, b * g - a * h, a * e - b * d).map(
    (cofactor) => cofactor / determinant,
  );
}
