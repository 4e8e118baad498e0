/* The stages of the database: 1 generates its images, 2 tests each, 3 selects the exceptional ones, and the moderate ones for an arm that takes those. */
import type { ArmSpec } from '#domain/arms';
import type { DesignCase, FileContent } from '#domain/case';
import { imageKinds } from '#domain/microstructures';
import { failure, success } from '#domain/finding';
import { compareObjective, objectiveValue } from '#domain/objective';
import { artifactAs, toJson, concatenateArrays, type Artifact } from '#engine/core/artifact';
import type { Rng } from '#engine/core/rng';
import { propertyOf, type VirtualTestResult } from '#engine/fem/virtual-test';
import type { MicrostructureBatch } from '#engine/grid/microstructure-batch';
import { formatNumber } from '#units/format-quantity';
import { runChunks } from '../chunks';
import { decodeLabels, decodeSources, encodeSources, type FileImages, type ImageSources, type LabelColumns } from '../file-images';
import { gatherImages, sliceImages } from '../gather-images';
import { imagesToTest, joinLabels, takesLabels } from '../labeled-tests';
import { describePhases, type Stage } from '../stage';
import { decodeTests, encodeTests } from '../test-columns';

const generateChunk = 100;

/** The images of a database; entry i of each column belongs to image i. */
export interface DatabaseImages {
  readonly images: MicrostructureBatch;
  /** Family code, an index of `imageKinds`. */
  readonly families: Uint8Array;
  readonly volumeFractions: Float64Array;
  /** Present where the images come from files. */
  readonly sources?: ImageSources;
  /** Present where properties came with the pictures. */
  readonly labels?: LabelColumns;
}

export const generate: Stage<Record<never, never>, DatabaseImages> = {
  stage: 'generate',
  version: 1,
  // The pixels fix a database of files: where they were, and how they were called, changes nothing.
  describe: ({ database }) => (database.kind === 'files' ? { files: database.images.map(({ sha256 }) => sha256) } : toJson(database)),
  async run(context, { database }) {
    if (database.kind === 'files') {
      const [{ sha256 }] = database.images as readonly [FileContent];
      const found = await context.files.images(sha256);
      return found.ok ? success(encodeImages(found.value)) : found;
    }
    const parts = await runChunks(context, 'generate', database.size, generateChunk, (chunk) => ({ settings: database, ...chunk }));
    if (!parts.ok) return parts;
    return success({ header: { resolution: database.resolution }, arrays: concatenateArrays(parts.value) });
  },
  read(artifact) {
    const { header, arrays } = artifactAs<{ readonly resolution: number }, GenerateArrays>(artifact);
    const { packed, families, volumeFractions } = arrays;
    const images = { count: families.length, resolution: header.resolution, packed };
    const [sources, labels] = [decodeSources(artifact), decodeLabels(artifact)];
    return { images, families, volumeFractions, ...(sources && { sources }), ...(labels && { labels }) };
  },
};

function encodeImages(found: FileImages): Artifact {
  const { images, fractions } = found.set;
  const { header, arrays } = encodeSources(found);
  return {
    header: { resolution: images.resolution, ...header },
    arrays: {
      packed: images.packed,
      families: new Uint8Array(images.count).fill(imageKinds.indexOf('files')),
      volumeFractions: fractions,
      ...arrays,
    },
  };
}

interface GenerateArrays {
  readonly packed: Uint8Array;
  readonly families: Uint8Array;
  readonly volumeFractions: Float64Array;
}

const solveChunk = 20; // what a kill can cost a worker at most

export const solve: Stage<{ readonly images: DatabaseImages }, readonly VirtualTestResult[]> = {
  stage: 'solve',
  version: 7,
  describe: (problem) => ({ phases: describePhases(problem.phases), plane: problem.plane, test: problem.test, ...(takesLabels(problem) && { labels: true }) }),
  async run(context, problem, { images }) {
    const { phases, plane, test } = problem;
    const labels = takesLabels(problem) ? images.labels : undefined;
    const indices = labels && imagesToTest(labels, images.images.count);
    const batch = indices ? gatherImages(images.images, indices) : images.images;
    const parts = await runChunks(context, 'solve', batch.count, solveChunk, ({ from, to }) => ({
      batch: sliceImages(batch, from, to),
      phases,
      settings: { kind: test, plane },
    }));
    if (!parts.ok) return parts;
    const tested = { header: parts.value[0]!.header, arrays: concatenateArrays(parts.value) };
    return success(labels && indices ? encodeTests(joinLabels(test, images.volumeFractions, labels, indices, decodeTests(tested))) : tested);
  },
  read: decodeTests,
};

/** The exceptional images: within the best share in every direction of the objective at once. */
export const select: Stage<{ readonly tests: readonly VirtualTestResult[] }, Int32Array> = {
  stage: 'select',
  version: 1,
  describe: ({ objective, explain }) => toJson({ objective, share: explain.outlierShare }),
  async run(_context, problem, { tests }) {
    const outliers = selectOutliers(tests, problem);
    if (outliers.length === 0) {
      return failure(
        'no-outliers',
        `No image is among the best ${formatNumber(100 * problem.explain.outlierShare)} % in every direction at once.`,
        'Make the database larger or the share of outliers larger.',
      );
    }
    return success({ header: {}, arrays: { outliers } });
  },
  read: (artifact) => artifactAs<unknown, { readonly outliers: Int32Array }>(artifact).arrays.outliers,
};

/**
 * Indices of the images that are within the best share in every direction, best worst direction first.
 * The share is a rank: of 800 images at 10 %, 80 count as exceptional in x and 80 in y.
 */
export function selectOutliers(
  tests: readonly VirtualTestResult[],
  { objective, explain }: Pick<DesignCase, 'objective' | 'explain'>,
): Int32Array {
  const values = tests.map((result) => propertyOf(result, objective.property));
  const rank = Math.max(1, Math.round(explain.outlierShare * values.length));
  const exceptional = values.map(() => true);
  for (const direction of objective.directions) {
    const order = values
      .map((_, i) => i)
      .sort((a, b) => compareObjective(objective, values[a]![direction], values[b]![direction]) || a - b);
    for (const i of order.slice(rank)) exceptional[i] = false;
  }
  const outliers = values.map((_, i) => i).filter((i) => exceptional[i]);
  const worst = (i: number): number => objectiveValue(objective, values[i]!);
  return Int32Array.from(outliers.sort((a, b) => compareObjective(objective, worst(a), worst(b)) || a - b));
}

/** Images that are not exceptional, for an arm that takes those. */
export function selectModerate(arm: Pick<ArmSpec, 'name'>): Stage<{ readonly tests: readonly VirtualTestResult[]; readonly outliers: Int32Array }, Int32Array> {
  return {
    stage: 'select',
    arm: arm.name,
    version: 1,
    describe: ({ database: { seed } }) => ({ images: 'moderate', seed }),
    run: async ({ rng }, _problem, { tests, outliers }) => success({ header: {}, arrays: { images: drawModerate(rng, tests.length, outliers) } }),
    read: (artifact) => artifactAs<unknown, { readonly images: Int32Array }>(artifact).arrays.images,
  };
}

/**
 * As many images as there are outliers, drawn without replacement and uniformly from all others, in the order in
 * which they were drawn; all others if they are fewer. `rng` is the stream of the database's seed.
 */
export function drawModerate(rng: Rng, count: number, outliers: Int32Array): Int32Array {
  const exceptional = new Set(outliers);
  const others = Int32Array.from({ length: count }, (_, i) => i).filter((i) => !exceptional.has(i));
  // This label must not change, because it fixes results.
  return rng.fork('moderate').shuffle(others).slice(0, outliers.length);
}
