/* The bytes of images and properties do not depend on how many threads made them. */
import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import type { DesignCase } from '#domain/case';
import { createRng } from '#engine/core/rng';
import { unpackImage } from '#engine/grid/microstructure-batch';
import { generateMicrostructure } from '#engine/microstructure/generate-microstructure';
import type { CaseValues } from '#engine/pipeline/case-plan';
import { runCase } from '#engine/pipeline/run-case';
import { noFiles } from '#engine/pipeline/stage';
import { createThreadExecutor } from '#runner/jobs/thread-executor';
import { buildForTest } from '#test/support/bundle-programs';
import { smallDatabase } from '#test/support/database-settings';
import { createMemoryStore } from '#test/support/memory-store';
import { explainedSpec } from '#test/runner/report/synthetic-case';

let dist: string;
beforeAll(async () => {
  dist = await buildForTest();
});

const boron = { name: 'Boron', youngsModulus: 379.3e9, poissonRatio: 0.3 };
const aluminum = { name: 'Aluminum', youngsModulus: 68.3e9, poissonRatio: 0.3 };
// More than two chunks of images, so that three threads have work at the same time.
const database = { ...smallDatabase, size: 230 };
const problem = { phases: { white: boron, black: aluminum }, plane: 'plane-stress', test: 'compression', database, explain: { method: 'grad-ram' }, arms: [explainedSpec] } as unknown as DesignCase;

async function solvedBy(workers: number): Promise<CaseValues> {
  const executor = createThreadExecutor({
    workers,
    workerFile: join(dist, 'worker.mjs'),
    tensorflowWasmPath: `${join(dist, 'tensorflow')}/`,
  });
  onTestFinished(() => executor.close());
  const values = await runCase(problem, { store: createMemoryStore(), files: noFiles, executor, signal: executor.signal, onStage() {} }, 'solve');
  if (!values.ok) throw new Error(values.findings[0]!.message);
  return values.value;
}

test('one and three workers make the same images and measure the same, and image 17 can be made alone', async () => {
  const [one, three] = [await solvedBy(1), await solvedBy(3)];
  expect(Buffer.from(three.images!.images.packed).equals(Buffer.from(one.images!.images.packed))).toBe(true);
  expect(three.tests).toStrictEqual(one.tests);

  const alone = generateMicrostructure(createRng(database.seed), database, 17);
  expect(alone.ok && alone.value.image).toEqual(unpackImage(three.images!.images, 17));
});
