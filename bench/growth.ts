/* Time and memory of a test from 64² to 512², each size in a process of its own. */
import { spawnSync } from 'node:child_process';
import type { VirtualTestKind } from '#domain/virtual-tests';
import { createVirtualTester } from '#engine/fem/virtual-tests/run-virtual-test';
import { timed } from './against-peer';
import { boronInAluminum, databaseImage } from './images';
import { median, type Outcome } from './outcome';

const sizes = [64, 128, 256, 512];
/** So many images pass until the kernels' code is as good as it gets, which small ones would feel. */
const warmUp = 10;
const largestFactor = 1.3;
const largestMemory = 2 ** 30;

interface Size {
  readonly milliseconds: number;
  /** Largest resident memory of the whole process, Node included. */
  readonly bytes: number;
  readonly solver: string;
}

/** The child's part: measures one size and says it as JSON. */
export function measureSize(kind: VirtualTestKind, resolution: number, images: number): void {
  const tester = createVirtualTester(resolution, boronInAluminum, { kind, plane: 'plane-stress' });
  const times: number[] = [];
  let solver = '';
  for (let index = -warmUp; index < images; index++) {
    const image = databaseImage(resolution, Math.abs(index));
    const { value, milliseconds } = timed(() => tester.run(image));
    if (index >= 0) times.push(milliseconds);
    solver = value.statistics.solver;
  }
  const size: Size = { milliseconds: median(times), bytes: 1024 * process.resourceUsage().maxRSS, solver };
  console.log(JSON.stringify(size));
}

/** A row for each doubling, and one for the memory of the largest. `start` are the child's arguments for a size. */
export function measureGrowth(kind: VirtualTestKind, start: (resolution: number) => readonly string[]): Outcome[] {
  const measured = sizes.map((size) => {
    const { stdout, stderr, status } = spawnSync(process.execPath, start(size), { encoding: 'utf8' });
    if (status !== 0) throw new Error(`the measurement of ${size}² failed: ${stderr}`);
    return JSON.parse(stdout) as Size;
  });
  const side = ({ milliseconds, solver }: Size): string => `${milliseconds.toFixed(1)} ms (${solver})`;
  const doublings = sizes.slice(1).map((size, i): Outcome => {
    const [half, full] = [measured[i]!, measured[i + 1]!];
    const factor = full.milliseconds / half.milliseconds / 4;
    return {
      work: `${kind}, time per pixel, ${size / 2}² → ${size}²`,
      peer: side(half),
      ours: side(full),
      ratio: factor.toFixed(2),
      floor: `≤ ${largestFactor}`,
      met: factor <= largestFactor,
    };
  });
  const { bytes } = measured.at(-1)!;
  const megabytes = (value: number): string => `${(value / 2 ** 20).toFixed(0)} MB`;
  return [
    ...doublings,
    {
      work: `${kind}, memory of the process at ${sizes.at(-1)}²`,
      peer: '',
      ours: megabytes(bytes),
      ratio: '',
      floor: `≤ ${megabytes(largestMemory)}`,
      met: bytes <= largestMemory,
    },
  ];
}
