import { describe, expect, test } from 'vitest';
import { contributions } from '#domain/explanation';
import { contributionMaps, derivativesOf, positionsOf, squareAt } from '#engine/fem/virtual-tests/contribution-maps';
import { createFieldSolver } from '#engine/fem/virtual-tests/solve-fields';
import { volumeFraction, wrap } from '#engine/grid/image-2d';
import { denseRollerCell } from '#test/support/dense-virtual-test';
import { image } from '#test/support/draw-image';
import { spottedImage } from '#test/support/spotted-image';
import { boronInAluminum } from '#test/support/virtual-test-phases';

const small = image(`
  ##..#.#.
  .#.##..#
  ...#..##
  #....##.
  ##.##.#.
  ..##...#
  .#..#.##
  ##...##.
`);

/** The pixels of a square that may wrap. */
function pixelsOf(row: number, column: number, edge: number, n: number): number[] {
  return Array.from({ length: edge * edge }, (_, i) => wrap(row + Math.floor(i / edge), n) * n + wrap(column + (i % edge), n));
}

/** The only map of one edge. */
function mapOf(one: typeof small, derivative: Float64Array, sign: 1 | -1, edge: number, contribution: (typeof contributions)[number]) {
  return contributionMaps(one, derivative, sign, { edges: [edge], contribution }, 'periodic')[0]!;
}

/** What the image as a whole has of a contribution, which that of its squares is beyond; `s` is limited. */
function wholeOf({ data }: typeof small, s: Float64Array, contribution: (typeof contributions)[number]): number {
  const mean = (values: Iterable<number>): number => [...values].reduce((sum, value) => sum + value, 0) / s.length;
  const [f, covariance] = [mean(data), mean(s.map((value, p) => value * data[p]!)) - mean(s) * mean(data)];
  return contribution === 'efficiency' ? covariance / (f * (1 - f)) : covariance;
}

const meanSize = (values: Float64Array): number => values.reduce((sum, value) => sum + Math.abs(value), 0) / values.length;

describe.each(contributions)('%s', (contribution) => {
  test.each([2, 3])('of squares of %d pixels is the finite difference of the test as the square turns gray', (edge) => {
    const all = derivativesOf(createFieldSolver(8, boronInAluminum, { kind: 'compression', plane: 'plane-stress' }).solve(small), 'poisson-ratio').y;
    const { signed, nativeEdge } = mapOf(small, all, -1, edge, contribution);
    expect(nativeEdge).toBe(8);
    const unit = meanSize(all);
    const limited = all.map((value) => Math.min(1, Math.max(-1, -value / unit)));
    const whole = wholeOf(small, limited, contribution);
    let compared = 0;
    for (let position = 0; position < 64; position += 2) {
      const [row, column] = [squareAt(Math.floor(position / 8), edge, 8, 8), squareAt(position % 8, edge, 8, 8)];
      const pixels = pixelsOf(row, column, edge, 8);
      // Where a derivative was limited, the contribution is not the finite difference.
      if (pixels.some((p) => Math.abs(all[p]!) > unit)) continue;
      compared++;
      const white = pixels.reduce((sum, p) => sum + small.data[p]!, 0) / pixels.length;
      const gray = contribution === 'total' ? volumeFraction(small) : white;
      const at = (step: number): number => {
        const shares = Float64Array.from(small.data, (share, p) => share + (pixels.includes(p) ? step * (gray - share) : 0));
        return denseRollerCell({ width: 8, data: shares }, boronInAluminum, 'plane-stress').nuyx;
      };
      // A small property is explained: toward gray it falls by what the square contributes.
      const lost = (at(1e-3) - at(-1e-3)) / 2e-3 / pixels.length / unit;
      const [variance, least] = [white * (1 - white), 0.4 * volumeFraction(small) * (1 - volumeFraction(small))];
      const isOfOnePhase = variance < least;
      expect(signed[position]).toBeCloseTo(isOfOnePhase ? 0 : lost / (contribution === 'efficiency' ? variance : 1) - whole, 4);
    }
    expect(compared).toBeGreaterThan(1);
  });

  test('maps move with the image, across its edges', () => {
    const n = 64;
    const one = spottedImage(n, 5);
    const derivative = Float64Array.from({ length: n * n }, (_, p) => Math.sin(p * p));
    const moved = <T extends Uint8Array | Float64Array | Float32Array>(data: T, edge: number, rows: number, columns: number): T =>
      data.map((_, p) => data[wrap(Math.floor(p / edge) - rows, edge) * edge + wrap((p % edge) - columns, edge)]!) as T;
    const settings = { edges: [9, 16, 40], contribution };
    const maps = contributionMaps(one, derivative, 1, settings, 'periodic');
    expect(maps.map(({ nativeEdge }) => nativeEdge)).toEqual([64, 32, 16]);
    const after = contributionMaps({ ...one, data: moved(one.data, n, 44, 12) }, moved(derivative, n, 44, 12), 1, settings, 'periodic');
    for (const [s, { signed, nativeEdge }] of maps.entries()) {
      const expected = moved(signed, nativeEdge, (44 * nativeEdge) / n, (12 * nativeEdge) / n);
      after[s]!.signed.forEach((value, p) => expect(value).toBeCloseTo(expected[p]!, 5));
    }
  });

  test('squares of an image that is not periodic stay inside it', () => {
    const [n, edge] = [64, 16];
    const one = spottedImage(n, 5);
    const derivative = Float64Array.from({ length: n * n }, (_, p) => Math.sin(p * p));
    const [periodic, open] = (['periodic', 'open'] as const).map((boundary) => contributionMaps(one, derivative, 1, { edges: [edge], contribution }, boundary)[0]!);
    const positions = open!.nativeEdge;
    // A shift that brings the nearest square inside to the middle, where both maps are the same.
    const begin = (position: number): number => Math.min(Math.max(squareAt(position, edge, positions, n), 0), n - edge);
    let clamped = 0;
    for (let p = 0; p < positions ** 2; p++) {
      const [row, column] = [Math.floor(p / positions), p % positions];
      const [down, right] = [25 - begin(row), 25 - begin(column)];
      const moved = <T extends Uint8Array | Float64Array>(data: T): T => data.map((_, q) => data[wrap(Math.floor(q / n) - down, n) * n + wrap((q % n) - right, n)]!) as T;
      if (begin(row) === squareAt(row, edge, positions, n) && begin(column) === squareAt(column, edge, positions, n)) expect(open!.signed[p]).toBe(periodic!.signed[p]);
      else if (p % 7 === 0) {
        clamped++;
        const middle = contributionMaps({ ...one, data: moved(one.data) }, moved(derivative), 1, { edges: [edge], contribution }, 'periodic')[0]!;
        const at = Array.from({ length: positions }, (_, position) => position).find((position) => squareAt(position, edge, positions, n) === 25)!;
        expect(open!.signed[p]).toBeCloseTo(middle.signed[at * positions + at]!, 5);
      }
    }
    expect(clamped).toBeGreaterThan(3);
  });

  test('the other phase of an image and of its derivative contributes the same', () => {
    const one = spottedImage(32, 2);
    const derivative = Float64Array.from({ length: 1024 }, (_, p) => Math.cos(p) + 0.3);
    const maps = mapOf(one, derivative, 1, 10, contribution);
    const inverse = mapOf({ ...one, data: one.data.map((share) => 1 - share) }, derivative, -1, 10, contribution);
    maps.signed.forEach((value, p) => expect(inverse.signed[p]).toBeCloseTo(value, 5));
  });
});

test('the efficiency of a square is the mean of the derivative in its white pixels minus that in its black ones, beyond that of the image', () => {
  const derivative = Float64Array.from({ length: 64 }, (_, p) => 1 + Math.sin(p) / 10 - (p === 5 ? 400 : 0));
  const { signed } = mapOf(small, derivative, 1, 4, 'efficiency');
  const unit = meanSize(derivative);
  // The square of position (4, 4) has rows and columns 3 to 6.
  const pixels = pixelsOf(3, 3, 4, 8);
  const efficiencyIn = (pixels: readonly number[]): number => {
    const [black, white] = [0, 1].map((phase) => {
      const own = pixels.filter((p) => small.data[p] === phase);
      return own.reduce((sum, p) => sum + Math.max(-1, derivative[p]! / unit), 0) / own.length;
    });
    return white! - black!;
  };
  expect(squareAt(4, 4, 8, 8)).toBe(3);
  expect(signed[4 * 8 + 4]).toBeCloseTo(efficiencyIn(pixels) - efficiencyIn([...small.data.keys()]), 5);
});

test('one pixel contributes no more than 1, however large its derivative is', () => {
  const derivative = new Float64Array(64);
  derivative[9] = 1e6; // white, at row 1 and column 1
  const { signed } = mapOf(small, derivative, 1, 4, 'total');
  const around = squareAt(2, 4, 8, 8);
  expect(around).toBe(1);
  expect(signed[2 * 8 + 2]).toBeCloseTo((1 - volumeFraction(small)) * (1 / 16 - 1 / 64), 5);
});

test('no pixel matters to a property that depends on none: the maps are zero', () => {
  expect(mapOf(small, new Float64Array(64), 1, 4, 'total').signed.every((value) => value === 0)).toBe(true);
});

test('the positions of squares are at most an eighth of their edge apart, and every other or every one of them is on whole pixels', () => {
  expect([4, 15, 16, 31, 32, 64, 128].map((edge) => positionsOf(edge, 128))).toEqual([128, 128, 64, 64, 32, 16, 8]);
  expect(positionsOf(1024, 32)).toBe(1);
  for (const edge of [4, 7, 16, 21, 48]) {
    const positions = positionsOf(edge, 128);
    const begins = Array.from({ length: positions }, (_, position) => squareAt(position, edge, positions, 128));
    expect(begins.every((begin, i) => Number.isInteger(begin) && (i === 0 || begin - begins[i - 1]! === 128 / positions))).toBe(true);
    // Each is about its position.
    begins.forEach((begin, i) => expect(Math.abs(begin + edge / 2 - ((i + 0.5) * 128) / positions)).toBeLessThanOrEqual(0.5));
  }
});

test('a property that the test does not measure has no derivatives', () => {
  const fields = createFieldSolver(8, boronInAluminum, { kind: 'compression', plane: 'plane-stress' }).solve(small);
  expect(() => derivativesOf(fields, 'thermal-expansion')).toThrow(/no derivative of thermal-expansion/);
});
