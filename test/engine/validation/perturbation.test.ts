import { beforeAll, describe, expect, test } from 'vitest';
import { createRng, type Rng } from '#engine/core/rng';
import { createVirtualTester } from '#engine/fem/virtual-tests/run-virtual-test';
import { createFieldSolver } from '#engine/fem/virtual-tests/solve-fields';
import { imageOf, type Image2D } from '#engine/grid/image-2d';
import { generateMicrostructure } from '#engine/microstructure/generate-microstructure';
import { replaceBlocks } from '#engine/morphology/replace-blocks';
import { arrangementScores } from '#engine/validation/faithfulness';
import { perturbedImages, rankingOf, movedRanking, summarizePerturbation, type PerturbationTrial } from '#engine/validation/perturbation';
import { smallDatabase } from '#test/support/database-settings';
import { draw } from '#test/support/draw-image';
import { boronInAluminum } from '#test/support/virtual-test-phases';

describe('rankings', () => {
  test('go from the highest score down; ties by chance, the same chance each time', () => {
    expect([...rankingOf(Float64Array.of(0.1, 3, 2, -1), createRng(1))!]).toEqual([1, 2, 0, 3]);
    const orders = Array.from({ length: 60 }, (_, seed) => rankingOf(Float64Array.of(0, 5, 0, 0), createRng(seed))!.join());
    expect(new Set(orders).size).toBe(6);
    expect(orders.every((order) => order.startsWith('1'))).toBe(true);
    expect(rankingOf(Float64Array.of(0, 5, 0, 0), createRng(3))!.join()).toBe(orders[3]);
  });

  test('there is none of a map without contrast', () => {
    expect(rankingOf(new Float64Array(9).fill(0.5), createRng(1))).toBeUndefined();
  });

  test('shifted ones keep the distances of squares on the torus, and are moved', () => {
    const ranking = createRng(2).shuffle(Int32Array.from({ length: 16 }, (_, i) => i));
    for (let seed = 0; seed < 30; seed++) {
      const shifted = movedRanking(ranking, 4, createRng(seed), 'periodic');
      expect([...shifted].sort((a, b) => a - b)).toEqual(Array.from({ length: 16 }, (_, i) => i));
      const shifts = new Set(ranking.map((square, r) => ((Math.floor(shifted[r]! / 4) - Math.floor(square / 4) + 4) % 4) * 4 + ((shifted[r]! - square + 16) % 4)));
      expect(shifts.size).toBe(1);
      expect(shifted).not.toEqual(ranking);
    }
  });
});

test('rankings of images that are not periodic keep the distances of their squares', () => {
  const ranking = createRng(2).shuffle(Int32Array.from({ length: 16 }, (_, i) => i));
  const distances = (order: Int32Array): number[] => Array.from(order.subarray(1), (square, r) => Math.hypot(Math.floor(square / 4) - Math.floor(order[r]! / 4), (square % 4) - (order[r]! % 4)));
  for (let seed = 0; seed < 20; seed++) {
    const moved = movedRanking(ranking, 4, createRng(seed), 'open');
    expect(distances(moved)).toEqual(distances(ranking));
    expect(moved).not.toEqual(ranking);
  }
});

test('pictures on the way: deletion takes the first squares, insertion brings them back', () => {
  const [old, other] = [imageOf('binary', 4, 4, new Uint8Array(16)), imageOf('binary', 4, 4, new Uint8Array(16).fill(1))];
  const pictures = perturbedImages(old, other, Int32Array.of(2, 1, 3, 0)).map((picture) => draw(picture).split('\n'));
  expect(pictures[0]).toEqual(['....', '....', '##..', '##..']);
  expect(pictures[2]).toEqual(['..##', '..##', '####', '####']);
  expect(pictures[3]).toEqual(['####', '####', '..##', '..##']);
  expect(pictures[5]).toEqual(['##..', '##..', '....', '....']);
});

describe('summaries', () => {
  const straight = [0.75, 0.5, 0.25, 0.25, 0.5, 0.75];
  const trial = (own: readonly number[]): PerturbationTrial => ({ whole: 1, replaced: 0, own, shifted: [straight, straight] });

  test('areas between curves, in units of the advantage', () => {
    // A quarter holds everything: areas 1/8 against 1/2, and 7/8 against 1/2.
    const summary = summarizePerturbation([trial([0, 0, 0, 1, 1, 1])], 1)!;
    expect(summary).toMatchObject({ images: 1, advantage: 1, deletionGain: { mean: 0.375, better: 1, p: 0.5 }, insertionGain: { mean: 0.375, better: 1 } });
    expect(summary.own).toEqual({ deletion: [1, 0, 0, 0, 0], insertion: [0, 1, 1, 1, 1] });
  });

  test('the curves of a sum over squares have the areas that follow from their weights', () => {
    // An image of 4 × 4 white pixels is worth 4, 3, 2 and 1 in its squares, a black one nothing. So in the best order the
    // advantage left after each quarter is 6, 3 and 1 of 10; in the order of rising weights it is 9, 7 and 4.
    const worth = ({ data }: Image2D<'binary'>): number => [4, 3, 2, 1].reduce((sum, weight, square) => sum + (weight * data[Math.floor(square / 2) * 8 + (square % 2) * 2]!), 0);
    const [white, black] = [1, 0].map((pixel) => imageOf('binary', 4, 4, new Uint8Array(16).fill(pixel))) as [Image2D<'binary'>, Image2D<'binary'>];
    const valuesOf = (...order: number[]): number[] => perturbedImages(white, black, Int32Array.from(order)).map(worth);
    const summary = summarizePerturbation([{ whole: worth(white), replaced: worth(black), own: valuesOf(0, 1, 2, 3), shifted: [valuesOf(3, 2, 1, 0)] }], 1)!;
    expect(summary.own).toEqual({ deletion: [1, 0.6, 0.3, 0.1, 0], insertion: [0, 0.4, 0.7, 0.9, 1] });
    // By the trapezoidal rule the areas are (0.5 + 0.6 + 0.3 + 0.1) / 4 and (0.5 + 0.9 + 0.7 + 0.4) / 4.
    expect(summary.deletionGain.mean).toBeCloseTo(0.625 - 0.375, 12);
    expect(summary.insertionGain.mean).toBeCloseTo(0.625 - 0.375, 12);
    // Insertion, read from the other end, is the deletion of the least relevant squares first.
    expect([...summary.own.insertion].reverse()).toEqual(summary.shifted.deletion);
  });

  test('neither the unit nor the sense matters', () => {
    const own = [0.4, 0.3, 0.2, 0.5, 0.6, 0.9];
    const turned = (values: readonly number[]): number[] => values.map((value) => 7e10 - 3e9 * value);
    const twisted = { whole: 7e10 - 3e9, replaced: 7e10, own: turned(own), shifted: [turned(straight)] };
    const [plain, other] = [summarizePerturbation([trial(own)], 1)!, summarizePerturbation([twisted], -1)!];
    expect(other.advantage).toBeCloseTo(3e9, 0);
    expect(other.deletionGain.mean).toBeCloseTo(plain.deletionGain.mean, 12);
    expect(other.insertionGain.mean).toBeCloseTo(plain.insertionGain.mean, 12);
  });

  test('say nothing without images, or where there is nothing to lose', () => {
    expect(summarizePerturbation([], 1)).toBeUndefined();
    expect(summarizePerturbation([{ whole: 1, replaced: 1.2, own: straight, shifted: [straight] }], 1)).toBeUndefined();
  });
});

/* The law: what the physics itself calls relevant beats chance, by the physics; what is drawn by lot does not. */
describe('against the finite elements', () => {
  const [edge, best] = [4, 20];
  const settings = { kind: 'compression', plane: 'plane-stress' } as const;
  const tester = createVirtualTester(32, boronInAluminum, settings);
  const fields = createFieldSolver(32, boronInAluminum, settings);
  const stiffness = (image: Image2D<'binary'>): number => tester.run(image).youngsModulus!.x;
  let images: Image2D<'binary'>[];

  function databaseImage(index: number): Image2D<'binary'> {
    const made = generateMicrostructure(createRng(7), smallDatabase, index);
    if (!made.ok) throw new Error(made.findings[0]!.message);
    return made.value.image;
  }

  beforeAll(() => {
    const all = Array.from({ length: 100 }, (_, i) => databaseImage(i)).map((image) => ({ image, value: stiffness(image) }));
    images = all.sort((a, b) => b.value - a.value).slice(0, best).map(({ image }) => image);
  });

  function summaryOf(scoresOf: (image: Image2D<'binary'>, rng: Rng) => Float64Array) {
    const trials = images.map((image, i): PerturbationTrial => {
      const rng = createRng(9).fork(String(i));
      const replaced = replaceBlocks(image, databaseImage(100 + i), edge, 'periodic');
      const ranking = rankingOf(scoresOf(image, rng), rng)!;
      const [own, ...shifted] = [ranking, ...[0, 1, 2].map(() => movedRanking(ranking, edge, rng, 'periodic'))].map((order) => perturbedImages(image, replaced, order).map(stiffness));
      return { whole: stiffness(image), replaced: stiffness(replaced), own: own!, shifted };
    });
    return summarizePerturbation(trials, 1)!;
  }

  test('exact contributions beat chance', () => {
    const { deletionGain, insertionGain } = summaryOf((image) => arrangementScores(image, edge, fields.solve(image).youngsModulus.x, 1));
    expect(deletionGain.mean).toBeGreaterThan(0.1);
    expect(insertionGain.mean).toBeGreaterThan(0.1);
    expect(deletionGain.p).toBeLessThan(0.05);
  });

  test('exact contributions upside down do worse than chance', () => {
    const { deletionGain } = summaryOf((image) => arrangementScores(image, edge, fields.solve(image).youngsModulus.x, -1));
    expect(deletionGain.mean).toBeLessThan(-0.1);
    expect(deletionGain.p).toBeGreaterThan(0.9);
  });

  test('shuffled ones do not beat chance', () => {
    const { deletionGain } = summaryOf((image, rng) => rng.shuffle(arrangementScores(image, edge, fields.solve(image).youngsModulus.x, 1)));
    expect(Math.abs(deletionGain.mean)).toBeLessThan(0.08);
    expect(deletionGain.p).toBeGreaterThan(0.05);
  });
});
