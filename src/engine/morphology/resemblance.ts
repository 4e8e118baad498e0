/*
 * How much two periodic binary images are alike, wherever one of them begins and however it is turned: the largest
 * share of equal pixels over all periodic shifts and the eight symmetries of the square.
 *
 * The number of pixels that are white in both, for all shifts at once, is a circular correlation and comes from Fourier
 * transforms; two of them are the real and the imaginary part of one inverse transform. Rounded, they are exact. A
 * symmetry only moves the values of a spectrum. Those that cannot give another number are left out: where one of the
 * images is the same after a symmetry, the other's symmetries fall into classes (double cosets).
 */
import { ensure } from '#engine/core/bug-error';
import { type Image2D, imageOf } from '#engine/grid/image-2d';
import { createFftPlan, fft2d } from '#engine/numerics/fft';

/** How one image lies on another. */
export interface BestMatch {
  /** Share of equal pixels, in [0, 1]. */
  readonly agreement: number;
  /** Pixels that are white in both over those that are white in one of them; 1 when both are black. */
  readonly overlap: number;
  /** How the second image has to be turned, an index of the symmetries, and then moved, in pixels, to agree most. */
  readonly symmetry: number;
  readonly shift: { readonly row: number; readonly column: number };
}

/** An image prepared for comparisons. */
export interface ComparableImage {
  readonly white: number;
  readonly real: Float64Array;
  readonly imaginary: Float64Array;
  /** The symmetries that leave the image as it is, but for a shift. */
  readonly invariant: readonly number[];
}

/** Compares square images of one size. */
export interface ImageMatcher {
  prepare(image: Image2D<'binary'>): ComparableImage;
  /** The best match of each of `others` with `image`. */
  match(image: ComparableImage, others: readonly ComparableImage[]): BestMatch[];
  /** The image turned and moved as a match says, so that it lies on the one it was compared with. */
  place(image: Image2D<'binary'>, match: Pick<BestMatch, 'symmetry' | 'shift'>): Image2D<'binary'>;
}

/** For images with an edge of `n` pixels, a power of two. */
export function createImageMatcher(n: number): ImageMatcher {
  const plan = createFftPlan(n);
  const size = n * n;
  /** Where the turned image has its pixels from, and a turned spectrum its values: about pixel 0. */
  const sources = symmetries.map((symmetry) => tableOf(n, symmetry, n));
  /** The same about the middle of the image, where mirror lines are. */
  const mirrored = symmetries.map((symmetry) => tableOf(n, symmetry, n - 1));

  const invariantOf = ({ data }: Image2D<'binary'>): number[] =>
    [...symmetries.keys()].filter((symmetry) => {
      const from = mirrored[symmetry]!;
      for (let p = 0; p < size; p++) if (data[from[p]!] !== data[p]) return false;
      return true;
    });

  const [real, imaginary] = [new Float64Array(size), new Float64Array(size)];
  /** Adds the spectrum of a correlation to the work arrays, times i for `second`. */
  const multiply = (a: ComparableImage, b: ComparableImage, source: Uint32Array, second: boolean): void => {
    for (let p = 0; p < size; p++) {
      const q = source[p]!;
      const ar = a.real[p]!;
      const ai = a.imaginary[p]!;
      const br = b.real[q]!;
      const bi = b.imaginary[q]!;
      const re = ar * br + ai * bi;
      const im = ai * br - ar * bi;
      real[p] = second ? real[p]! - im : re;
      imaginary[p] = second ? imaginary[p]! + re : im;
    }
  };

  return {
    prepare(image) {
      ensure(image.width === n && image.height === n, `an image of ${image.width} × ${image.height} among those of ${n}²`);
      const prepared = { real: Float64Array.from(image.data), imaginary: new Float64Array(size) };
      fft2d(plan, 'forward', prepared.real, prepared.imaginary);
      return { ...prepared, white: image.data.reduce((sum, value) => sum + value, 0), invariant: invariantOf(image) };
    },

    match(image, others) {
      const best = others.map(() => ({ common: -1, symmetry: 0, at: 0 }));
      const tasks = others.flatMap((other, index) => unlikeSymmetries(image.invariant, other.invariant).map((symmetry) => ({ index, symmetry })));
      for (let t = 0; t < tasks.length; t += 2) {
        const pair = tasks.slice(t, t + 2);
        pair.forEach(({ index, symmetry }, part) => multiply(image, others[index]!, sources[symmetry]!, part === 1));
        fft2d(plan, 'inverse', real, imaginary);
        pair.forEach(({ index, symmetry }, part) => {
          const { common, at } = largestCount(part === 0 ? real : imaginary, size);
          if (common > best[index]!.common) best[index] = { common, symmetry, at };
        });
      }
      return best.map(({ common, symmetry, at }, index) => {
        const either = image.white + others[index]!.white - common;
        return {
          agreement: (size - either + common) / size,
          overlap: either === 0 ? 1 : common / either,
          symmetry,
          shift: { row: Math.floor(at / n), column: at % n },
        };
      });
    },

    place({ data }, { symmetry, shift }) {
      const source = sources[symmetry]!;
      const placed = new Uint8Array(size);
      for (let p = 0; p < size; p++) {
        const [row, column] = [(Math.floor(p / n) + shift.row) % n, ((p % n) + shift.column) % n];
        placed[row * n + column] = data[source[p]!]!;
      }
      return imageOf('binary', n, n, placed);
    },
  };
}

/** The largest of unscaled counts and the first position that has it; rounding makes counts exact. */
function largestCount(counts: Float64Array, size: number): { readonly common: number; readonly at: number } {
  let at = 0;
  for (let p = 1; p < size; p++) if (counts[p]! > counts[at]! + size / 2) at = p;
  return { common: Math.round(counts[at]! / size), at };
}

/* The symmetries of the square. */

/** Where a turned image has its pixel (row, column) from: both exchanged first if `transpose`, then reversed. */
interface Symmetry {
  readonly transpose: boolean;
  readonly flipRow: boolean;
  readonly flipColumn: boolean;
}

const symmetries: readonly Symmetry[] = [false, true].flatMap((transpose) =>
  [false, true].flatMap((flipRow) => [false, true].map((flipColumn) => ({ transpose, flipRow, flipColumn }))),
);

/** Where each pixel of the turned image comes from, about the point `center / 2` of both axes, modulo n. */
function tableOf(n: number, symmetry: Symmetry, center: number): Uint32Array {
  const { flipRow, flipColumn } = symmetry;
  return Uint32Array.from({ length: n * n }, (_, p) => {
    const [row, column] = turn(symmetry, Math.floor(p / n), p % n);
    return ((row + (flipRow ? center : 0)) % n) * n + ((column + (flipColumn ? center : 0)) % n);
  });
}

function turn({ transpose, flipRow, flipColumn }: Symmetry, row: number, column: number): [number, number] {
  const [r, c] = transpose ? [column, row] : [row, column];
  return [flipRow ? -r : r, flipColumn ? -c : c];
}

/** Entry [a][b]: the symmetry that has its pixels from where a has those that b has. */
const products = symmetries.map((a) =>
  symmetries.map((b) => {
    const [row, column] = turn(a, ...turn(b, 1, 2));
    return symmetries.findIndex((each) => turn(each, 1, 2).join() === [row, column].join());
  }),
);

/** One symmetry of the second image from each class that must give the same numbers. */
function unlikeSymmetries(ofFirst: readonly number[], ofSecond: readonly number[]): number[] {
  const seen = new Set<number>();
  return [...symmetries.keys()].filter((symmetry) => {
    if (seen.has(symmetry)) return false;
    for (const before of ofSecond) for (const after of ofFirst) seen.add(products[products[before]![symmetry]!]![after]!);
    return true;
  });
}
