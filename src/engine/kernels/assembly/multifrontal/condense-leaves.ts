/*
 * Leaves of pixels with constants of their own: no table has them, so each is assembled and condensed to its edge
 * (static condensation, Guyan 1965) when its front needs it. Two leaves of one shape at a time, one in each lane.
 *
 * As in plane-element.ts, an element's constants are rounded to 48 bits and composed without further rounding, so
 * that translations and rotations give forces of exactly zero.
 */
import { CHILD_ORIGIN, CHILD_SHAPE, CHILD_SOURCE, word } from './front-record';

/**
 * Writes the condensed matrices of two leaves, row-major, and the rows that give their unknowns inside to where
 * `fillLeaf` looks for them. `numbers`: bulk, shear and thermal stiffness of each pixel (gray-pixels.ts), rows from the bottom.
 * `work` holds two numbers for each entry of the matrix before its condensation.
 */
export function condenseLeaves(one: usize, other: usize, oneMatrix: usize, otherMatrix: usize, numbers: usize, resolution: i32, work: usize): void {
  const shape = <usize>word(one, CHILD_SHAPE);
  const own = load<i32>(shape);
  const size = own + load<i32>(shape, 4);
  const places = shape + 8 + (<usize>size << 2);
  const end = work + (<usize>(size * size) << 4);
  for (let p = work; p < end; p += 16) v128.store(p, f64x2.splat(0));
  assembleLeaves(places, firstPixel(one, numbers, resolution), firstPixel(other, numbers, resolution), resolution, size, work);
  for (let pivot = own; pivot < size; pivot++) sweep(work, size, pivot);

  const matrixLength = own * own;
  let p = work;
  for (let r = 0; r < size; r++) {
    const inside = r >= own;
    const first = inside ? matrixLength + (r - own) * own : r * own;
    const a = (inside ? <usize>load<i32>(<usize>word(one, CHILD_SOURCE)) : oneMatrix) + (<usize>first << 3);
    const b = (inside ? <usize>load<i32>(<usize>word(other, CHILD_SOURCE)) : otherMatrix) + (<usize>first << 3);
    for (let c: usize = 0; c < <usize>own; c++) {
      const value = v128.load(p + (c << 4));
      const signed = inside ? f64x2.neg(value) : value;
      store<f64>(a + (c << 3), f64x2.extract_lane(signed, 0));
      store<f64>(b + (c << 3), f64x2.extract_lane(signed, 1));
    }
    p += <usize>size << 4;
  }
}

/** The numbers of a leaf's pixel at the bottom left. */
function firstPixel(child: usize, numbers: usize, resolution: i32): usize {
  const node = word(child, CHILD_ORIGIN) >> 1;
  const row = node / (resolution + 1);
  return numbers + <usize>(row * resolution + node - row * (resolution + 1)) * 24;
}

/** `places`: width and height in pixels, the temperature's index or −1, and the index of each node's first unknown. */
function assembleLeaves(places: usize, one: usize, other: usize, resolution: i32, size: i32, work: usize): void {
  const width = load<i32>(places);
  const height = load<i32>(places, 4);
  const temperature = load<i32>(places, 8);
  const nodes = places + 12;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const pixel = <usize>(row * resolution + column) * 24;
      const bulk = both(one + pixel, other + pixel);
      const shear = both(one + pixel + 8, other + pixel + 8);
      const own = f64x2.add(bulk, shear);
      // Adding a number 48 times a power of two not above `own` leaves multiples of its 2⁻⁴⁷.
      const round = f64x2.mul(v128.and(own, i64x2.splat(0x7ff0000000000000)), f64x2.splat(48));
      const third = f64x2.splat(1.0 / 3.0);
      const main = rounded(f64x2.mul(own, third), round);
      const side = rounded(f64x2.sub(bulk, shear), round);
      addElement(work, size, nodes, width + 1, row, column, main, rounded(f64x2.mul(shear, third), round), side);
      if (temperature >= 0) addThermal(work, size, nodes, width + 1, row, column, temperature, both(one + pixel + 16, other + pixel + 16));
    }
  }
}

// @ts-ignore: decorator
@inline
function both(one: usize, other: usize): v128 {
  return v128.load_lane<f64>(other, v128.load_splat<f64>(one), 1);
}

// @ts-ignore: decorator
@inline
function rounded(value: v128, round: v128): v128 {
  return f64x2.sub(f64x2.add(value, round), round);
}

// @ts-ignore: decorator
@inline
function cornerX(corner: i32): i32 {
  return corner == 1 || corner == 2 ? 1 : 0;
}

// @ts-ignore: decorator
@inline
function unknownOf(nodes: usize, pitch: i32, row: i32, column: i32, corner: i32): i32 {
  return load<i32>(nodes + (<usize>((row + (corner >> 1)) * pitch + column + cornerX(corner)) << 2));
}

/** The element of plane-element.ts: `main` and `shear` are D₁₁ and D₃₃ over 12, `side` is D₁₂ over 4. */
function addElement(work: usize, size: i32, nodes: usize, pitch: i32, row: i32, column: i32, main: v128, shear: v128, side: v128): void {
  const main2 = f64x2.add(main, main);
  const main4 = f64x2.add(main2, main2);
  const shear2 = f64x2.add(shear, shear);
  const shear4 = f64x2.add(shear2, shear2);
  const shear3 = f64x2.add(shear2, shear);
  const same = f64x2.add(main4, shear4);
  const across = f64x2.sub(shear2, main4);
  const along = f64x2.sub(main2, shear4);
  const opposite = f64x2.neg(f64x2.add(main2, shear2));
  const sum = f64x2.add(side, shear3);
  const difference = f64x2.sub(side, shear3);
  const line = <usize>size << 4;
  for (let a = 0; a < 4; a++) {
    const first = work + <usize>unknownOf(nodes, pitch, row, column, a) * line;
    for (let b = 0; b < 4; b++) {
      const target = first + (<usize>unknownOf(nodes, pitch, row, column, b) << 4);
      const otherX = cornerX(a) != cornerX(b);
      const otherY = a >> 1 != b >> 1;
      addTo(target, otherX ? (otherY ? opposite : across) : otherY ? along : same);
      addTo(target + line + 16, otherX ? (otherY ? opposite : along) : otherY ? across : same);
      // ax by and ay bx, whose product tells whether they are alike.
      const minusX = cornerX(a) != b >> 1;
      const minusY = a >> 1 != cornerX(b);
      const mixed = minusX == minusY ? sum : difference;
      addTo(target + 16, minusX ? f64x2.neg(mixed) : mixed);
      addTo(target + line, minusY ? f64x2.neg(mixed) : mixed);
    }
  }
}

/** Forces of a unit temperature. */
function addThermal(work: usize, size: i32, nodes: usize, pitch: i32, row: i32, column: i32, temperature: i32, thermal: v128): void {
  const line = <usize>size << 4;
  const minus = f64x2.neg(thermal);
  for (let a = 0; a < 4; a++) {
    const unknown = unknownOf(nodes, pitch, row, column, a);
    const x = cornerX(a) == 1 ? thermal : minus;
    const y = a >> 1 == 1 ? thermal : minus;
    const into = work + <usize>unknown * line + (<usize>temperature << 4);
    addTo(into, x);
    addTo(into + line, y);
    const from = work + <usize>temperature * line + (<usize>unknown << 4);
    addTo(from, x);
    addTo(from + 16, y);
  }
}

// @ts-ignore: decorator
@inline
function addTo(address: usize, value: v128): void {
  v128.store(address, f64x2.add(v128.load(address), value));
}

/** One step of Gauss–Jordan elimination. */
function sweep(work: usize, size: i32, pivot: i32): void {
  const line = <usize>size << 4;
  const own = work + <usize>pivot * line;
  const scale = f64x2.div(f64x2.splat(1), v128.load(own + (<usize>pivot << 4)));
  for (let o: usize = 0; o < line; o += 16) v128.store(own + o, f64x2.mul(v128.load(own + o), scale));
  const end = work + <usize>size * line;
  for (let row = work; row < end; row += line) {
    if (row == own) continue;
    const factor = v128.load(row + (<usize>pivot << 4));
    if (!v128.any_true(factor)) continue;
    for (let o: usize = 0; o < line; o += 16) v128.store(row + o, f64x2.sub(v128.load(row + o), f64x2.mul(factor, v128.load(own + o))));
  }
}
