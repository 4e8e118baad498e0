/* Our virtual test and a peer's, alternately on the same images; a ratio only where the results agree. */
import type { PhasePair } from '#domain/materials';
import type { VirtualTestKind } from '#domain/virtual-tests';
import { createVirtualTester } from '#engine/fem/virtual-tests/run-virtual-test';
import type { VirtualTestResult } from '#engine/fem/virtual-test';
import type { Image2D } from '#engine/grid/image-2d';
import { databaseImage } from './images';
import { median, type Outcome } from './outcome';
import { startPeer } from './peer';

/** Both sides' numbers of one property, and how far they may be apart. */
export interface Comparison {
  readonly name: string;
  /** A peer's number and ours, in pairs. */
  readonly pairs: readonly (readonly [number, number])[];
  /** Largest difference, absolute. */
  readonly tolerance: number;
}

/** A row of the table. */
export interface PeerRow {
  readonly work: string;
  readonly kind: VirtualTestKind;
  readonly phases: PhasePair;
  readonly peer: readonly string[];
  readonly floor: number;
  compare(peer: readonly number[], ours: VirtualTestResult): readonly Comparison[];
}

const resolution = 128;

/** Measures a row on images 1 … `images`; image 0 warms both sides up. */
export async function measureAgainstPeer({ work, kind, phases, peer: command, floor, compare }: PeerRow, images: number): Promise<Outcome> {
  const peer = startPeer(command, resolution, phases);
  const tester = createVirtualTester(resolution, phases, { kind, plane: 'plane-stress' });
  const times = { peer: [] as number[], ours: [] as number[] };
  let refused: string | undefined;
  try {
    for (let index = 0; index <= images; index++) {
      const image = databaseImage(resolution, index);
      const answer = await peer.test(image);
      const own = timed(() => tester.run(image));
      refused ??= difference(compare(answer.numbers, own.value), image, index);
      if (index === 0) continue;
      times.peer.push(answer.milliseconds);
      times.ours.push(own.milliseconds);
    }
  } finally {
    peer.close();
  }
  const [theirs, ours] = [median(times.peer), median(times.ours)];
  return {
    work,
    peer: milliseconds(theirs),
    ours: milliseconds(ours),
    ratio: `${(theirs / ours).toFixed(2)} ×`,
    floor: `${floor} ×`,
    met: theirs / ours >= floor,
    ...(refused === undefined ? {} : { refused }),
  };
}

export function timed<T>(work: () => T): { readonly value: T; readonly milliseconds: number } {
  const start = performance.now();
  const value = work();
  return { value, milliseconds: performance.now() - start };
}

export const milliseconds = (value: number): string => `${value.toFixed(1)} ms`;

/** A sentence on the first numbers that are too far apart; not finite is too far. */
export function difference(comparisons: readonly Comparison[], { width }: Image2D<'binary'>, index: number): string | undefined {
  for (const { name, pairs, tolerance } of comparisons) {
    for (const [theirs, ours] of pairs) {
      if (Math.abs(theirs - ours) <= tolerance) continue;
      return `${name} of image ${index} (${width}²) is ${theirs} for the peer and ${ours} for us, which may differ by ${tolerance.toExponential(1)}.`;
    }
  }
  return undefined;
}
