/*
 * Densities to start from. The random families have many features of a few sizes: filtered noise, and sums of random cosines
 * (as homo3d has them). A soft disc is the usual start of codes for one cell (Xia & Breitkopf 2015, doi 10.1007/s00158-015-1294-0), and
 * the frame is the best simple cell for stiffness. Laminates have two scales, which optimizations from the other families do
 * not find. An image starts with densities that leave a derivative: x³ has none at 0.
 */
import type { StartFamily } from '#domain/optimization';
import type { Rng } from '#engine/core/rng';
import type { Image2D } from '#engine/grid/image-2d';
import { coneFilter } from './cone-filter';
import { meansOfOrbits, toPixels, type Orbits } from './design-variables';

/** Densities in [0, 1] of all pixels, row-major, row 0 at the top, with the symmetry of the orbits; `sharp` where they are an image, which a soft projection would blur. */
export interface OptimizationStart {
  readonly densities: Float64Array;
  readonly sharp: boolean;
}

/** Standard deviation of random densities. */
const deviation = 0.15;
const cosineCount = 20;
/** Cosines have fewer waves along an edge. */
const mostWaves = 5;
/** Thickness of the fine layers of laminates, pixels. */
const [thinnestRow, thickestRow] = [3, 5];
/** Densities of black and white pixels of an image. */
const [darkest, brightest] = [0.08, 0.9];

/** A start of a family around a fraction of white; disc and frame take no random numbers. */
export function startOfFamily(family: StartFamily, orbits: Orbits, fraction: number, rng: Rng): OptimizationStart {
  const { resolution: n } = orbits;
  const at = (density: (x: number, y: number) => number): Float64Array =>
    Float64Array.from({ length: n * n }, (_, p) => density(((p % n) + 0.5) / n, (Math.floor(p / n) + 0.5) / n));
  switch (family) {
    case 'noise': {
      const noise = meansOfOrbits(orbits, Float64Array.from({ length: n * n }, () => rng.uniform()));
      return { densities: around(fraction, toPixels(orbits, coneFilter(orbits, n / 16)(noise))), sharp: false };
    }
    case 'cosines': {
      const waves = Array.from({ length: cosineCount }, () => ({ x: rng.integer(mostWaves), y: rng.integer(mostWaves), height: rng.normal() }));
      const sum = at((x, y) => waves.reduce((total, wave) => total + wave.height * Math.cos(2 * Math.PI * wave.x * x) * Math.cos(2 * Math.PI * wave.y * y), 0));
      return { densities: around(fraction, toPixels(orbits, meansOfOrbits(orbits, sum))), sharp: false };
    }
    case 'disc':
      return { densities: at((x, y) => (Math.hypot(x - 0.5, y - 0.5) < 0.15 ? fraction / 2 : 1.05 * fraction)), sharp: false };
    case 'laminates':
      return { densities: laminate(orbits, fraction, rng), sharp: true };
    case 'frame':
      return { densities: at((x, y) => (Math.max(Math.abs(x - 0.5), Math.abs(y - 0.5)) > Math.sqrt(1 - fraction) / 2 ? brightest : darkest)), sharp: true };
  }
}

/**
 * A laminate of laminates: one thick wall and across it thin rows, of a random number. A wall of a share a of the width is as
 * stiff along itself as the rows, of a share b, behind it, where a = b / (1 − a + ab) (springs of white alone); with
 * the fraction f = a + b − ab, a = f / (2 − f) and b = f / 2. The wall is upright or level, for transposition at ±45 degrees,
 * and without a symmetry either, at random.
 */
function laminate(orbits: Orbits, fraction: number, rng: Rng): Float64Array {
  const { resolution: n, orbitOf, first } = orbits;
  const rowShare = fraction / 2;
  const [fewest, most] = [Math.max(1, Math.ceil((rowShare * n) / thickestRow)), Math.max(1, Math.floor((rowShare * n) / thinnestRow))];
  const count = fewest + rng.integer(most - fewest + 1);
  const [walls, rows] = [stripes(n, 1, fraction / (2 - fraction)), stripes(n, count, rowShare)];
  const isTurned = rng.uniform() < 0.5;
  // Mirrors make one orbit of the upper corners, and the transposition of opposite ones.
  const [isMirrored, isTransposed] = [orbitOf[n - 1], orbitOf[n * n - 1]].map((corner) => corner === orbitOf[0]);
  const isDiagonal = !isMirrored && (isTransposed || rng.uniform() < 0.5);
  const isWhite = (pixel: number): boolean => {
    const column = pixel % n;
    // From the bottom: transposition keeps column + y.
    const y = n - 1 - Math.floor(pixel / n);
    const [across, along] = isDiagonal ? [(column + y) % n, (column - y + n) % n] : [column, y];
    return isTurned ? walls[along]! || rows[across]! : walls[across]! || rows[along]!;
  };
  return toPixels(orbits, Float64Array.from(first, (pixel) => (isWhite(pixel) ? brightest : darkest)));
}

/** Which of n places in a row belong to `count` stripes with a mirror in the middle; as many as the share says, so thicknesses differ by one. */
function stripes(n: number, count: number, share: number): readonly boolean[] {
  const places = new Array<boolean>(n).fill(false);
  for (let k = 0; k < count; k++) {
    const thickness = Math.round(((k + 1) * share * n) / count) - Math.round((k * share * n) / count);
    const from = Math.round(((k + 0.5) * n) / count - thickness / 2);
    places.fill(true, from, from + thickness);
  }
  return places.map((place, i) => (i < n / 2 ? place : places[n - 1 - i]!));
}

/** A start from any image of the orbits' resolution, with the symmetry of the orbits. */
export function startOfImage({ data }: Image2D<'binary'>, orbits: Orbits): OptimizationStart {
  const densities = Float64Array.from(data, (white) => (white === 1 ? brightest : darkest));
  return { densities: toPixels(orbits, meansOfOrbits(orbits, densities)), sharp: true };
}

/** Values moved and stretched to the mean and the standard deviation, within [0, 1]. */
function around(mean: number, values: Float64Array): Float64Array {
  const center = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - center) ** 2, 0) / values.length);
  return values.map((value) => Math.min(1, Math.max(0, mean + (deviation * (value - center)) / spread)));
}
