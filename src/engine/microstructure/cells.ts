/*
 * Space tessellation: the Voronoi cells of uniform random points in the periodic square. The phase of a pixel depends
 * on its distance to the nearest wall: the nearest pixels are the white walls of a network, or the farthest ones are
 * the white cells of a porous structure. Inside a convex Voronoi cell that distance is the smallest one to the bisectors
 * with the neighbors, which the Delaunay triangulation (d3-delaunay) gives, so it is exact.
 */
import { Delaunay } from 'd3-delaunay';
import type { CellSettings } from '#domain/microstructures';
import type { Rng } from '#engine/core/rng';
import { imageOf } from '#engine/grid/image-2d';
import type { FamilyField } from './cut-field';

/** A tessellation; the field is the distance to the nearest wall in pixels, negative for a network. */
export function generateCells(rng: Rng, settings: CellSettings, resolution: number): FamilyField {
  const lower = Math.ceil(settings.count.lower);
  const count = Math.max(1, lower + rng.integer(Math.floor(settings.count.upper) - lower + 1));
  const kind = settings.kind === 'mixed' ? (rng.uniform() < 0.5 ? 'network' : 'porous') : settings.kind;
  const points = Float64Array.from({ length: 2 * count }, () => rng.between(0, resolution));
  const distance = distanceToWalls(points, resolution);
  if (kind === 'network') for (let p = 0; p < distance.length; p++) distance[p] = -distance[p]!;
  return { field: imageOf('field', resolution, resolution, distance), drawn: { kind, cells: count } };
}

/** The periodic distance of every pixel center to the nearest Voronoi wall of the points (x, y, x, y, …). */
export function distanceToWalls(points: Float64Array, resolution: number): Float64Array {
  const seeds = withPeriodicCopies(points, resolution);
  const delaunay = new Delaunay(seeds);
  const neighbors: Int32Array[] = [];
  const distance = new Float64Array(resolution * resolution);
  let rowStart = 0;
  for (let row = 0; row < resolution; row++) {
    rowStart = delaunay.find(0.5, row + 0.5, rowStart);
    let own = rowStart;
    for (let column = 0; column < resolution; column++) {
      const x = column + 0.5;
      const y = row + 0.5;
      own = delaunay.find(x, y, own);
      const others = (neighbors[own] ??= Int32Array.from(delaunay.neighbors(own)));
      distance[row * resolution + column] = distanceToBisectors(seeds, own, others, x, y);
    }
  }
  return distance;
}

function distanceToBisectors(seeds: Float64Array, own: number, others: Int32Array, x: number, y: number): number {
  const ownX = seeds[2 * own]!;
  const ownY = seeds[2 * own + 1]!;
  let nearest = Infinity;
  for (let j = 0; j < others.length; j++) {
    const otherX = seeds[2 * others[j]!]!;
    const otherY = seeds[2 * others[j]! + 1]!;
    const dx = otherX - ownX;
    const dy = otherY - ownY;
    const toBisector = ((ownX + otherX) / 2 - x) * dx + ((ownY + otherY) / 2 - y) * dy;
    nearest = Math.min(nearest, toBisector / Math.sqrt(dx * dx + dy * dy));
  }
  return nearest;
}

/** The points and their copies in the surrounding rings of squares. The cells of few points are large, so they need more rings. */
function withPeriodicCopies(points: Float64Array, resolution: number): Float64Array {
  const rings = points.length / 2 < 10 ? 3 : 1;
  const copies: number[] = [];
  for (let down = -rings; down <= rings; down++) {
    for (let right = -rings; right <= rings; right++) {
      for (let p = 0; p < points.length; p += 2) {
        copies.push(points[p]! + right * resolution, points[p + 1]! + down * resolution);
      }
    }
  }
  return Float64Array.from(copies);
}
