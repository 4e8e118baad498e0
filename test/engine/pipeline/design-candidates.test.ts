import { describe, expect, test } from 'vitest';
import { refusalReasons, type Refusal } from '#engine/construction/attempt';
import { failure, success } from '#engine/core/finding';
import { createRng } from '#engine/core/rng';
import { neverAborted } from '#engine/core/run-context';
import { packImages, unpackImage } from '#engine/grid/microstructure-batch';
import type { Artifact } from '#engine/core/artifact';
import type { ArtifactKey } from '#engine/pipeline/artifact-store';
import { buildCandidates, readCandidates, type CandidatePatch, type DesignCandidates } from '#engine/pipeline/design-candidates';
import type { DesignProblem } from '#engine/pipeline/design-problem';
import type { Executor } from '#engine/pipeline/executor';
import { constructJob, type ConstructInput } from '#engine/pipeline/jobs/construct-job';
import type { StageContext } from '#engine/pipeline/stage';
import { createMemoryStore } from '#test/support/memory-store';
import { spottedImage } from '#test/support/spotted-image';
import { boronInAluminum } from '#test/support/virtual-test-phases';
import { loneJob } from '#test/support/lone-job';

const resolution = 32;
const bytes = (resolution * resolution) / 8;
const images = packImages(Array.from({ length: 5 }, (_, seed) => spottedImage(resolution, seed)), resolution);
/** Mask m is image m: tests see which one arrives. */
const masks = images;

const problem = {
  phases: boronInAluminum,
  plane: 'plane-stress',
  test: 'compression',
  objective: { sense: 'maximize', property: 'youngs-modulus', directions: ['x', 'y'] },
  construct: { method: 'mirror', mask: 'square', prune: 2, smallestPatch: 6, thinning: 'zhang-suen', fraction: { lower: 0.39, upper: 0.4 } },
} as unknown as DesignProblem;

type Construct = (input: ConstructInput) => Promise<Awaited<ReturnType<typeof constructJob>>>;

function contextOf(construct: Construct): StageContext {
  const executor = { concurrency: 2, run: (_name: string, input: ConstructInput) => construct(input) } as unknown as Executor;
  const ports = { store: createMemoryStore(), executor, signal: neverAborted, onStage() {} };
  return { key: 'construct-key' as ArtifactKey, rng: createRng(1), progress() {}, ports };
}

/** A construction whose cell is all bytes of the patch's row; patches of a column > 0 are refused for that reason. */
const byPlace: Construct = async ({ patches }) => {
  const made = patches.filter(({ patch }) => patch.column === 0);
  const fill = (shift: number): Uint8Array => Uint8Array.from(made.flatMap(({ patch }) => new Array<number>(bytes).fill(patch.row + shift)));
  return success({
    header: {},
    arrays: { refusals: Int32Array.from(patches, ({ patch }) => patch.column), cells: fill(0), skeletons: fill(100) },
  });
};

/** Patch `row` with the refusal of that reason, or with a cell. */
function patchOf(row: number, reason?: Refusal): CandidatePatch {
  const patch = { row, column: reason === undefined ? 0 : 1 + refusalReasons.indexOf(reason), edge: 12 };
  return { image: row % 5, patch, threshold: row / 64, region: (row + 1) % 5, regionPatch: { row: row + 1, column: row + 2, edge: 12 } };
}

async function build(construct: Construct, patches: readonly CandidatePatch[], earlier: readonly Refusal[] = []): Promise<{ candidates: DesignCandidates; artifact: Artifact }> {
  const built = await buildCandidates(contextOf(construct), problem, images, patches, masks, earlier);
  if (!built.ok) return expect.fail(built.findings[0]!.message);
  return { candidates: readCandidates(structuredClone(built.value)), artifact: built.value };
}

describe('the candidates of an arm', () => {
  test('are the cells in the order of their patches, with where each came from', async () => {
    const patches = [patchOf(3), patchOf(1, 'no-branch'), patchOf(2)];
    const { candidates } = await build(byPlace, patches);
    expect(candidates.sources).toStrictEqual([patches[0], patches[2]]);
    expect(candidates.cells).toMatchObject({ count: 2, resolution });
    expect([...candidates.cells.packed]).toEqual([...new Array<number>(bytes).fill(3), ...new Array<number>(bytes).fill(2)]);
    expect([...candidates.skeletons.packed]).toEqual([...new Array<number>(bytes).fill(103), ...new Array<number>(bytes).fill(102)]);
  });

  test('count every patch once: as a cell, as a refusal, or as one that gave the same cell as another', async () => {
    // 48 patches are a chunk, so the second patch of row 4 meets the first one from another chunk.
    const patches = [patchOf(4), ...Array.from({ length: 50 }, (_, i) => patchOf(10 + i)), patchOf(4), patchOf(4), patchOf(5, 'no-branch'), patchOf(6, 'struts-too-thin'), patchOf(7, 'no-branch')];
    const { candidates } = await build(byPlace, patches, ['no-overlap', 'patch-too-small', 'no-overlap']);
    expect(candidates.attempts).toBe(patches.length + 3);
    expect(candidates.refusals).toEqual([
      { reason: 'no-branch', count: 2 },
      { reason: 'no-overlap', count: 2 },
      { reason: 'patch-too-small', count: 1 },
      { reason: 'same-cell', count: 2 },
      { reason: 'struts-too-thin', count: 1 },
    ]);
    expect(candidates.sources).toHaveLength(51);
    expect(candidates.sources[0]).toStrictEqual(patches[0]);
    const refused = candidates.refusals.reduce((sum, { count }) => sum + count, 0);
    expect(candidates.sources.length + refused).toBe(candidates.attempts);
  });

  test('are none when there is no patch, with the refusals that came before', async () => {
    const { candidates } = await build(() => expect.fail('there is nothing to construct'), [], ['no-overlap']);
    expect(candidates).toStrictEqual({
      cells: { count: 0, resolution, packed: new Uint8Array() },
      skeletons: { count: 0, resolution, packed: new Uint8Array() },
      sources: [],
      attempts: 1,
      refusals: [{ reason: 'no-overlap', count: 1 }],
    });
  });

  test('are built from their own images and masks, each image sent once', async () => {
    const inputs: ConstructInput[] = [];
    const patches = [patchOf(3), patchOf(8), patchOf(4), patchOf(13)];
    await build((input) => (inputs.push(input), byPlace(input)), patches);
    const [input] = inputs;
    expect(inputs).toHaveLength(1);
    expect(input!.images.count).toBe(2);
    for (const [i, { image, patch, region, regionPatch }] of input!.patches.entries()) {
      expect({ patch, regionPatch }).toEqual({ patch: patches[i]!.patch, regionPatch: patches[i]!.regionPatch });
      expect(unpackImage(input!.images, image)).toEqual(unpackImage(images, patches[i]!.image));
      expect(unpackImage(input!.regions, region)).toEqual(unpackImage(masks, patches[i]!.region));
    }
  });

  test('aim at the end of the window where the limit is better', async () => {
    const aims: string[] = [];
    const aimOf = async (objective: Partial<DesignProblem['objective']>): Promise<void> => {
      const context = contextOf((input) => (aims.push(input.aim), byPlace(input)));
      await buildCandidates(context, { ...problem, objective: { ...problem.objective, ...objective } }, images, [patchOf(1)], masks, []);
    };
    await aimOf({});
    await aimOf({ sense: 'minimize' });
    expect(aims).toEqual(['upper-end', 'lower-end']);
  });

  test('pass on what a construction refuses', async () => {
    const refused = await buildCandidates(contextOf(async () => failure('no', 'refused')), problem, images, [patchOf(1)], masks, []);
    expect(refused).toEqual(failure('no', 'refused'));
  });

  test('from equal patches of real images are one cell', async () => {
    const square = { row: 3, column: 5, edge: 16 };
    const real: CandidatePatch = { image: 2, patch: square, threshold: 0.5, region: 2, regionPatch: square };
    const job: Construct = (input) => constructJob(loneJob(), input);
    const { candidates } = await build(job, [real, { ...real, threshold: 0.7 }, { ...real, image: 3 }]);
    expect(candidates.sources.map(({ image, threshold }) => [image, threshold])).toEqual([[2, 0.5], [3, 0.5]]);
    expect(candidates.refusals).toEqual([{ reason: 'same-cell', count: 1 }]);
    for (const i of [0, 1]) {
      const { data } = unpackImage(candidates.cells, i);
      const fraction = data.reduce((sum, pixel) => sum + pixel, 0) / data.length;
      expect(fraction >= 0.39 && fraction <= 0.4, `white ${fraction}`).toBe(true);
    }
  });
});
