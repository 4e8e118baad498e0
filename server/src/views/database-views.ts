/* The database: all of it as points, pages of it as images. */
import { designName } from '#display/arms';
import type { DesignCase } from '#domain/case';
import { success } from '#domain/finding';
import { bestOfDatabase, gatherImages, physicalLimits, propertyOf, type VirtualTestResult } from '#engine/api';
import { packColumn, type PackedColumn } from '#protocol/packed';
import { armsInView } from '#runner/report/case-view';
import { largestPage, type ArmPoints, type PointColumns } from '#protocol/views/database-views';
import { mostFileImages } from '#protocol/views/image-file-views';
import { fileImages } from './image-files';
import { resultOf, view, type View } from './view';
import { wireImages, wireLimit, wireLook, wireObjective } from './wire';

export const scatterView = view<'scatter', 'images' | 'tests'>(['images', 'tests'], ({ images, tests }, _query, { stored }) => {
  const { problem } = stored;
  const outliers = stored.read('outliers');
  const arms = stored.missing() ? [] : armsInView(resultOf(stored));
  return success({
    objective: wireObjective(problem, tests),
    images: pointsOf(problem, tests),
    families: packColumn('u8', images.families),
    ...(outliers && { outliers: flags(images.images.count, outliers) }),
    best: bestOfDatabase(tests, problem.objective).index,
    arms: arms.map((inView): ArmPoints => {
      const { name, role, designs } = inView.arm;
      const names = designs.some(({ source }) => source.kind === 'picture') && designs.map(({ source }, i) => designName(inView.look, i + 1, source));
      return { name, role, look: wireLook(inView), points: pointsOf(problem, designs.map(({ measured }) => measured)), ...(names && { names }) };
    }),
    limits: physicalLimits(problem).map((limit) => wireLimit(problem, limit)),
  });
});

export const databaseView = view<'database', 'images'>(['images'], ({ images: { images, families, volumeFractions } }, { indices }, { stored }) => {
  const there = indices.filter((i) => Number.isInteger(i) && i >= 0 && i < images.count).slice(0, largestPage);
  const tests = stored.read('tests');
  const { property } = stored.problem.objective;
  const column = (pick: (i: number) => number): PackedColumn<'f32'> => packColumn('f32', there.map(pick));
  return success({
    count: images.count,
    indices: there,
    images: wireImages(gatherImages(images, there)),
    families: packColumn('u8', there.map((i) => families[i]!)),
    volumeFraction: column((i) => volumeFractions[i]!),
    ...(tests && { measured: { x: column((i) => propertyOf(tests[i]!, property).x), y: column((i) => propertyOf(tests[i]!, property).y) } }),
  });
});

/** It is of the files that the specification names now, so it needs no stored value. */
export const fileImagesView: View<'fileImages'> = {
  withoutFolder: true,
  missing: () => undefined,
  async make({ count }, { current, folder }) {
    const database = current?.case.database;
    if (database?.kind !== 'files' || folder === undefined) return success({});
    const { read: _read, ...written } = database;
    return success({ preview: await fileImages({ folder, database: written, count: Math.min(count, mostFileImages) }) });
  },
};

function pointsOf({ objective }: DesignCase, tests: readonly VirtualTestResult[]): PointColumns {
  const values = tests.map((test) => propertyOf(test, objective.property));
  return {
    x: packColumn('f32', values.map(({ x }) => x)),
    y: packColumn('f32', values.map(({ y }) => y)),
    volumeFraction: packColumn('f32', tests.map(({ volumeFraction }) => volumeFraction)),
  };
}

function flags(count: number, set: Int32Array): PackedColumn<'u8'> {
  const values = new Uint8Array(count);
  for (const i of set) values[i] = 1;
  return packColumn('u8', values);
}
