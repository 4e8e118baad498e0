/* Stage 2: the virtual test of every image. */
import { success } from '#domain/finding';
import type { VirtualTestResult } from '#engine/fem/virtual-test';
import { concatenateArrays, runChunks } from '../chunks';
import { sliceImages } from '../gather-images';
import { type Stage, describePhases } from '../stage';
import { decodeTests } from '../test-columns';
import type { DatabaseImages } from './generate';

const chunkSize = 20; // what a kill can cost a worker at most

export const solve: Stage<{ readonly images: DatabaseImages }, readonly VirtualTestResult[]> = {
  stage: 'solve',
  version: 7,
  describe: ({ phases, plane, test }) => ({ phases: describePhases(phases), plane, test }),
  async run(context, { phases, plane, test }, { images }) {
    const batch = images.images;
    const parts = await runChunks(context, 'solve', batch.count, chunkSize, ({ from, to }) => ({
      batch: sliceImages(batch, from, to),
      phases,
      settings: { kind: test, plane },
    }));
    if (!parts.ok) return parts;
    return success({ header: parts.value[0]!.header, arrays: concatenateArrays(parts.value) });
  },
  read: decodeTests,
};
