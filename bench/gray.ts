/* Time per iteration of the gray solver beside that of the two-phase solver, on the same two-phase images, by turns. */
import type { PhasePair } from '#domain/materials';
import { createRollerCg } from '#engine/fem/iterative/roller-cg';
import { createGraySolver } from '#engine/fem/gray/gray-solver';
import type { GrayPixels } from '#engine/fem/gray/gray-pixels';
import { createPeriodicCg } from '#engine/fem/iterative/periodic-cg';
import type { Image2D } from '#engine/grid/image-2d';
import { boronInAluminum, databaseImage } from './images';
import { median, type Outcome } from './outcome';

const resolution = 128;
/** Most time per iteration, of the two-phase solver's. */
const ceiling = 1.5;
const plane = 'plane-stress';
const microseconds = (milliseconds: number): string => `${(1000 * milliseconds).toFixed(0)} µs`;

/** Milliseconds of the processor, which other programs do not change as they do those of the clock. */
function processorTime(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function pixelsOf(image: Image2D<'binary'>, { white, black }: PhasePair): GrayPixels {
  const each = (value: (material: typeof white) => number): Float64Array => Float64Array.from(image.data, (bit) => value(bit === 1 ? white : black));
  return { youngsModulus: each((material) => material.youngsModulus), poissonRatio: each((material) => material.poissonRatio) };
}

/**
 * Solves for two numbers of iterations, both before residuals are computed again, and takes the difference, so that
 * what is done once for an image counts on neither side; the first image is not counted.
 */
export function measureGray(kind: 'periodic' | 'compression', images: number): Outcome {
  const two = kind === 'periodic' ? createPeriodicCg(resolution, boronInAluminum, plane) : createRollerCg(resolution, boronInAluminum, plane);
  const gray = createGraySolver(resolution, { kind, plane });
  const [few, many] = [1, 7];
  const times = { two: [] as number[], gray: [] as number[] };
  for (let index = 0; index <= images; index++) {
    const image = databaseImage(resolution, index);
    const pixels = pixelsOf(image, boronInAluminum);
    const perIteration = (solve: (iterations: number) => unknown): number => {
      const [short, long] = [few, many].map((iterations) => processorTime(() => solve(iterations))) as [number, number];
      return (long - short) / (many - few);
    };
    // A tolerance that is never met: the iterations end at their number.
    const ours = perIteration((iterations) => gray.solve(pixels, { tolerance: 0, iterations }));
    const theirs = perIteration((iterations) => two.solve(image, { tolerance: 0, iterations }));
    if (index === 0) continue;
    times.gray.push(ours);
    times.two.push(theirs);
  }
  const [slow, fast] = [median(times.gray), median(times.two)];
  return {
    work: `${kind}, one iteration on gray pixels, the two-phase solver's as peer`,
    peer: microseconds(fast),
    ours: microseconds(slow),
    ratio: `${(fast / slow).toFixed(2)} ×`,
    floor: `${(1 / ceiling).toFixed(2)} ×`,
    met: slow / fast <= ceiling,
  };
}
