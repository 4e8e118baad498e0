import { expect, test } from 'vitest';
import type { VirtualTestSettings } from '#domain/virtual-tests';
import { runVirtualTest } from '#engine/fem/virtual-tests/run-virtual-test';
import { packImages } from '#engine/grid/microstructure-batch';
import { solveJob } from '#engine/pipeline/jobs/solve-job';
import { decodeTests } from '#engine/pipeline/test-columns';
import { spottedImage } from '#test/support/spotted-image';
import { aluminumInFoam, boronInAluminum } from '#test/support/virtual-test-phases';
import { loneJob } from '#test/support/lone-job';

test('one job after another gives what each image gives alone, whatever the job before was', async () => {
  const compression: VirtualTestSettings = { kind: 'compression', plane: 'plane-stress' };
  const jobs = [
    [16, boronInAluminum, compression],
    [16, boronInAluminum, compression],
    [16, aluminumInFoam, compression],
    [16, aluminumInFoam, { kind: 'compression', plane: 'plane-strain' }],
    [16, aluminumInFoam, { kind: 'periodic', plane: 'plane-strain' }],
    [32, aluminumInFoam, { kind: 'periodic', plane: 'plane-strain' }],
    [16, boronInAluminum, compression],
  ] as const;
  for (const [resolution, phases, settings] of jobs) {
    const images = [1, 2].map((seed) => spottedImage(resolution, seed));
    const done: number[] = [];
    const result = await solveJob(loneJob((count: number) => done.push(count)), { batch: packImages(images, resolution), phases, settings });
    if (!result.ok) throw new Error('the job was refused');
    expect(decodeTests(result.value)).toStrictEqual(images.map((image) => runVirtualTest(image, phases, settings)));
    expect(done).toEqual([1, 2]);
  }
});
