/**
 * What the elements say to the displacements in `field`: nodal forces, summed into `forces` (same
 * shape); in `squares` the sum of the squares of all elastic and all thermal element forces, a number
 * a load case; in `energies` twice the mixed strain energy of load cases i and j at i · 2 · pairs + j. `matrices`: for
 * black, then white, 9 rows of 9 numbers, the last for the temperature; `temperatures` a number a load
 * case. Pixels row-major, row 0 at the top; nodes row-major from the bottom left. `scratch` holds 18
 * vectors.
 *
 * Displacements are taken relative to the element's first node, which the matrices allow because
 * their rows sum to zero exactly: so a stiff pixel that moves far in a soft phase makes no noise.
 */
export function elementForces(
  pixels: usize,
  resolution: i32,
  pairs: i32,
  field: usize,
  forces: usize,
  matrices: usize,
  temperatures: usize,
  squares: usize,
  energies: usize,
  scratch: usize,
): void {
  const stride = <usize>pairs << 4;
  const rowBytes = <usize>(2 * (resolution + 1)) * stride;
  const end = forces + <usize>(resolution + 1) * rowBytes;
  for (let p = forces; p < end; p += 16) v128.store(p, f64x2.splat(0));
  for (let p: usize = 0; p < stride; p += 16) v128.store(squares + p, f64x2.splat(0));
  for (let p: usize = 0; p < (stride * stride) >> 3; p += 16) v128.store(energies + p, f64x2.splat(0));
  for (let j = 0; j < resolution; j++) {
    const pixelRow = pixels + <usize>((resolution - 1 - j) * resolution);
    for (let i = 0; i < resolution; i++) {
      const matrix = matrices + <usize>load<u8>(pixelRow + <usize>i) * 648;
      const corner = <usize>j * rowBytes + <usize>(2 * i) * stride;
      for (let o: usize = 0; o < stride; o += 16) {
        elementForce(matrix, field + corner + o, forces + corner + o, rowBytes, stride, v128.load(temperatures + o), squares + o, scratch + 18 * o);
      }
      // Lane products of two pairs, straight and crossed.
      for (let a: usize = 0; a < stride; a += 16) {
        for (let b: usize = 0; b < stride; b += 16) {
          const moved = scratch + 18 * a;
          const force = scratch + 18 * b + 144;
          let straight = f64x2.splat(0);
          let crossed = f64x2.splat(0);
          for (let k: usize = 0; k < 144; k += 16) {
            const u = v128.load(moved + k);
            const f = v128.load(force + k);
            straight = f64x2.add(straight, f64x2.mul(u, f));
            crossed = f64x2.add(crossed, f64x2.mul(v128.shuffle<f64>(u, u, 1, 0), f));
          }
          const even = energies + (a >> 3) * stride + b;
          const odd = even + stride;
          v128.store(even, f64x2.add(v128.load(even), v128.shuffle<f64>(straight, crossed, 0, 3)));
          v128.store(odd, f64x2.add(v128.load(odd), v128.shuffle<f64>(crossed, straight, 0, 3)));
        }
      }
    }
  }
}

/** One element, one pair of load cases; leaves nine relative displacements and nine forces in `scratch`. */
function elementForce(
  matrix: usize,
  field: usize,
  forces: usize,
  rowBytes: usize,
  stride: usize,
  temperature: v128,
  squares: usize,
  scratch: usize,
): void {
  // Counter-clockwise from the bottom left, x before y.
  const x = v128.load(field);
  const y = v128.load(field + stride);
  const u2 = f64x2.sub(v128.load(field + 2 * stride), x);
  const u3 = f64x2.sub(v128.load(field + 3 * stride), y);
  const u4 = f64x2.sub(v128.load(field + rowBytes + 2 * stride), x);
  const u5 = f64x2.sub(v128.load(field + rowBytes + 3 * stride), y);
  const u6 = f64x2.sub(v128.load(field + rowBytes), x);
  const u7 = f64x2.sub(v128.load(field + rowBytes + stride), y);
  v128.store(scratch, f64x2.splat(0));
  v128.store(scratch, f64x2.splat(0), 16);
  v128.store(scratch, u2, 32);
  v128.store(scratch, u3, 48);
  v128.store(scratch, u4, 64);
  v128.store(scratch, u5, 80);
  v128.store(scratch, u6, 96);
  v128.store(scratch, u7, 112);
  v128.store(scratch, temperature, 128);
  let row = matrix;
  let total = v128.load(squares);
  for (let k: usize = 0; k < 9; k++) {
    const thermal = f64x2.mul(temperature, v128.load_splat<f64>(row, 64));
    let sum = f64x2.mul(u2, v128.load_splat<f64>(row, 16));
    sum = f64x2.add(sum, f64x2.mul(u3, v128.load_splat<f64>(row, 24)));
    sum = f64x2.add(sum, f64x2.mul(u4, v128.load_splat<f64>(row, 32)));
    sum = f64x2.add(sum, f64x2.mul(u5, v128.load_splat<f64>(row, 40)));
    sum = f64x2.add(sum, f64x2.mul(u6, v128.load_splat<f64>(row, 48)));
    sum = f64x2.add(sum, f64x2.mul(u7, v128.load_splat<f64>(row, 56)));
    if (k < 8) total = f64x2.add(total, f64x2.add(f64x2.mul(sum, sum), f64x2.mul(thermal, thermal)));
    sum = f64x2.add(sum, thermal);
    v128.store(scratch + (k << 4), sum, 144);
    row += 72;
    if (k == 8) break;
    const target = forces + (k < 4 ? k * stride : rowBytes + ((k - 2) & 3) * stride);
    v128.store(target, f64x2.add(v128.load(target), sum));
  }
  v128.store(squares, total);
}
