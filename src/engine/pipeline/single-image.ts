/* One image of a database and its test, without the others: an image follows from the seed and its index alone. */
import type { DesignCase } from '#domain/case';
import { failure, success, type Result } from '#domain/finding';
import type { VirtualTestResult } from '#engine/fem/virtual-test';
import type { MicrostructureBatch } from '#engine/grid/microstructure-batch';
import type { Executor } from './ports';
import { generate, solve } from './stages/database';

export interface TestedImage {
  /** A batch of this image alone. */
  readonly images: MicrostructureBatch;
  readonly test: VirtualTestResult;
}

/** Generates and tests the image with this index, byte for byte as the stages do. Findings: those of families that do not fit, `images-not-read`. */
export async function testedImage(executor: Executor, { database, phases, plane, test }: Pick<DesignCase, 'database' | 'phases' | 'plane' | 'test'>, index: number): Promise<Result<TestedImage>> {
  if (database.kind === 'files') return failure('images-not-read', 'The images come from files, and no run has read them yet.', 'Run the case at least to its stage solve.');
  const generated = await executor.run('generate', { settings: database, from: index, to: index + 1 });
  if (!generated.ok) return generated;
  const { images } = generate.read({ ...generated.value, header: { resolution: database.resolution } });
  const solved = await executor.run('solve', { batch: images, phases, settings: { kind: test, plane } });
  if (!solved.ok) return solved;
  return success({ images, test: solve.read(solved.value)[0]! });
}
