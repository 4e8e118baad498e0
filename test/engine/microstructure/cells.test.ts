import { describe, expect, test } from 'vitest';
import { createRng } from '#engine/core/rng';
import { distanceToWalls, generateCells } from '#engine/microstructure/cells';

/** Distance to the nearest bisector between the nearest seed and any other, copies of seven by seven squares. */
function bruteForce(points: Float64Array, n: number): Float64Array {
  const seeds: [number, number][] = [];
  for (let p = 0; p < points.length; p += 2) {
    for (let a = -3; a <= 3; a++) for (let b = -3; b <= 3; b++) seeds.push([points[p]! + a * n, points[p + 1]! + b * n]);
  }
  return Float64Array.from({ length: n * n }, (_, pixel) => {
    const [x, y] = [(pixel % n) + 0.5, Math.floor(pixel / n) + 0.5];
    const squares = seeds.map(([a, b]) => (a - x) ** 2 + (b - y) ** 2);
    const own = squares.indexOf(Math.min(...squares));
    let nearest = Infinity;
    seeds.forEach(([a, b], j) => {
      if (j === own) return;
      const apart = Math.hypot(a - seeds[own]![0], b - seeds[own]![1]);
      nearest = Math.min(nearest, (squares[j]! - squares[own]!) / (2 * apart));
    });
    return nearest;
  });
}

describe.each([1, 2, 3, 5, 9, 10, 25])('%d cells', (count) => {
  const n = 16;
  const rng = createRng(3).fork(`${count}`);
  const points = Float64Array.from({ length: 2 * count }, () => rng.between(0, n));

  test('have exact distances to their walls', () => {
    const distance = distanceToWalls(points, n);
    const expected = bruteForce(points, n);
    for (let p = 0; p < n * n; p++) expect(Math.abs(distance[p]! - expected[p]!)).toBeLessThan(1e-9);
  });
  test('move with their points, around the edges', () => {
    const moved = points.map((value, j) => (value + (j % 2 === 0 ? 5 : 11)) % n);
    const [before, after] = [distanceToWalls(points, n), distanceToWalls(moved, n)];
    for (let p = 0; p < n * n; p++) {
      const q = ((Math.floor(p / n) + 11) % n) * n + (((p % n) + 5) % n);
      expect(Math.abs(before[p]! - after[q]!)).toBeLessThan(1e-9);
    }
  });
});

test('a network has high fields at its walls, a porous structure inside its cells', () => {
  const settings = (kind: 'network' | 'porous') => ({ kind, count: { lower: 12, upper: 12 } });
  const network = generateCells(createRng(2), settings('network'), 32);
  const porous = generateCells(createRng(2), settings('porous'), 32);
  expect(network.drawn).toEqual({ kind: 'network', cells: 12 });
  expect(Array.from(porous.field.data)).toEqual(Array.from(network.field.data, (value) => -value));
  expect(Math.min(...porous.field.data)).toBeGreaterThanOrEqual(0);
});

test('counts fill their interval, both ends included, and mixed draws both kinds', () => {
  const seen = new Set<number | string>();
  for (let i = 0; i < 60; i++) {
    const { drawn } = generateCells(createRng(i), { kind: 'mixed', count: { lower: 3, upper: 5 } }, 32);
    seen.add(drawn['cells']!).add(drawn['kind']!);
  }
  expect([...seen].sort()).toEqual([3, 4, 5, 'network', 'porous']);
});
