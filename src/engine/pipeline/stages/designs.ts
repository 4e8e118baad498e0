/*
 * The stages that every arm has for itself: 7 proposes squares of images, 8 constructs cells from them, 9 tests
 * every cell as the database was tested, and after heating also in the periodic test.
 */
import type { ArmSpec } from '#domain/arms';
import { picturesOf, type DesignCase } from '#domain/case';
import { type Result, success } from '#domain/finding';
import type { VirtualTestKind } from '#domain/virtual-tests';
import { rejectionReasons } from '#engine/construction/attempt';
import { arraysWithPrefix, type Artifact, artifactAs, concatenateArrays, prefixArrays, toJson } from '#engine/core/artifact';
import type { VirtualTestResult } from '#engine/fem/virtual-test';
import { enlarge, type Image2D } from '#engine/grid/image-2d';
import { type MicrostructureBatch, packImages, unpackImage } from '#engine/grid/microstructure-batch';
import { decodeCandidates, decodeOrigins, type DesignCandidates, encodeCandidates, encodeOrigins, type Proposals } from '../arms/candidate';
import { candidatesOf } from '../arms/construction';
import { constructions } from '../arms/constructions';
import { proposalSources, rankedCells, type ProposalInputs } from '../arms/proposal-sources';
import type { CriticalRegions } from '../arms/regions';
import { runChunks } from '../chunks';
import { sliceImages } from '../gather-images';
import type { CaseFiles } from '../ports';
import { describePhases, type Stage, type StageContext } from '../stage';
import { type CellTests, decodeTests, encodeTests } from '../test-columns';
import type { DatabaseImages } from './database';

export type ProposeInputs = ProposalInputs & { readonly [name: string]: unknown };

export function propose(arm: ArmSpec): Stage<ProposeInputs, Proposals> {
  const source = proposalSources[arm.proposals];
  return {
    stage: 'propose',
    arm: arm.name,
    version: 1,
    describe: (problem) => ({ patches: arm.proposals, settings: source.describe(problem) }),
    async run({ rng, files }, problem, inputs) {
      const proposals = source.propose(rng, inputs, arm, problem);
      const pictures = await readPictures(proposals.origins, problem, arm, files);
      return pictures.ok ? success(encodeProposals({ ...proposals, ...(pictures.value && { pictures: pictures.value }) })) : pictures;
    },
    read: decodeProposals,
  };
}

/** What the proposed files show; undefined where none is proposed. They are proposed in their order, the first ones where there are too many. */
async function readPictures(origins: Proposals['origins'], problem: DesignCase, arm: ArmSpec, files: CaseFiles): Promise<Result<MicrostructureBatch | undefined>> {
  const count = origins.filter(({ kind }) => kind === 'picture').length;
  if (count === 0) return success(undefined);
  const { resolution } = problem.database;
  const images: Image2D<'binary'>[] = [];
  for (const { sha256 } of picturesOf(problem, arm).slice(0, count)) {
    const read = await files.picture(sha256, resolution, arm.construct === 'optimize' ? 'start' : 'cell');
    if (!read.ok) return read;
    images.push(read.value);
  }
  return success(packImages(images, resolution));
}

/** The columns of the origins, `refusals`, an index of `rejectionReasons` per attempt, and packed `pictures`, whose edge is in the header. */
function encodeProposals({ origins, refusals, pictures }: Proposals): Artifact {
  const { header, arrays } = encodeOrigins(origins);
  return {
    header: { ...header, ...(pictures && { resolution: pictures.resolution }) },
    arrays: { ...arrays, refusals: Int32Array.from(refusals, (reason) => rejectionReasons.indexOf(reason)), ...(pictures && { pictures: pictures.packed }) },
  };
}

function decodeProposals(artifact: Artifact): Proposals {
  const { header: { resolution }, arrays } = artifactAs<{ readonly resolution: number }, { readonly refusals: Int32Array; readonly pictures?: Uint8Array }>(artifact);
  const origins = decodeOrigins(artifact);
  return {
    origins,
    refusals: Array.from(arrays.refusals, (reason) => rejectionReasons[reason]!),
    ...(arrays.pictures && { pictures: { count: origins.filter(({ kind }) => kind === 'picture').length, resolution, packed: arrays.pictures } }),
  };
}

export interface ConstructInputs {
  readonly images: DatabaseImages;
  readonly proposals: Proposals;
  readonly regions?: CriticalRegions;
  readonly parent?: DesignCandidates;
  readonly [name: string]: unknown;
}

export function construct(arm: ArmSpec): Stage<ConstructInputs, DesignCandidates> {
  const construction = constructions[arm.construct];
  return {
    stage: 'construct',
    arm: arm.name,
    version: 3,
    describe: (problem) => ({ construct: arm.construct, settings: construction.describe(problem) }),
    async run(context, problem, { images, regions, proposals, parent }) {
      const { origins, pictures } = proposals;
      const built = await construction.build(context, problem, origins, { images: images.images, ...(regions && { regions }), ...(parent && { parent }), ...(pictures && { pictures }) });
      return built.ok ? success(encodeCandidates(candidatesOf(proposals, built.value))) : built;
    },
    read: decodeCandidates,
  };
}

const chunkSize = 20; // what a kill can cost a worker at most

export interface ValidateInputs {
  readonly candidates: DesignCandidates;
  readonly [name: string]: unknown;
}

/** Largest resolution of the test of an arm's best cell: beyond, it takes longer than all its others. */
const largestFine = 512;

export function validate(arm: ArmSpec): Stage<ValidateInputs, CellTests> {
  // Optimizations find what is wrong with the elements of one size: cells that the next finer ones find worse.
  const retests = arm.construct === 'optimize';
  return {
    stage: 'validate',
    arm: arm.name,
    version: 8,
    describe: ({ phases, plane, test, ...problem }) => ({
      phases: describePhases(phases), plane, tests: testsOf(test, arm),
      ...(retests && { finer: toJson({ objective: problem.objective, constraints: problem.constraints, fraction: problem.construct.fraction }) }),
    }),
    async run(context, problem, { candidates: { cells } }) {
      const tested = await testCells(context, problem, testsOf(problem.test, arm), cells, chunkSize);
      return tested.ok && retests && 2 * cells.resolution <= largestFine ? testBestFiner(context, problem, cells, tested.value) : tested;
    },
    read: readCellTests,
  };
}

/** The tests of the cells, the case's own first, `chunk` cells per job. */
export async function testCells(context: StageContext, { phases, plane }: DesignCase, kinds: readonly VirtualTestKind[], cells: MicrostructureBatch, chunk: number): Promise<Result<Artifact>> {
  const headers: { [kind: string]: Artifact['header'] } = {};
  let arrays: Artifact['arrays'] = {};
  for (const [k, kind] of kinds.entries()) {
    const whole = { progress: (done: number) => context.progress(k * cells.count + done, kinds.length * cells.count) };
    const settings = { kind, plane };
    const parts = await runChunks({ ...context, ...whole }, 'solve', cells.count, chunk, ({ from, to }) => ({ batch: sliceImages(cells, from, to), phases, settings }), kind);
    if (!parts.ok) return parts;
    // Without a cell there is no job that could say what its columns are.
    const tested = parts.value[0] ? { header: parts.value[0].header, arrays: concatenateArrays(parts.value) } : encodeTests([]);
    headers[kind] = tested.header;
    arrays = { ...arrays, ...prefixArrays(`${kind}.`, tested.arrays) };
  }
  return success({ header: { tests: kinds, headers }, arrays });
}

/** The tests with one more: of the best cell at twice the resolution, each pixel as four. */
async function testBestFiner({ executor }: StageContext, problem: DesignCase, cells: MicrostructureBatch, tested: Artifact): Promise<Result<Artifact>> {
  const [best] = rankedCells(readCellTests(tested).measured, problem);
  if (best === undefined) return success(tested);
  const { phases, plane, test } = problem;
  const finer = enlarge(unpackImage(cells, best), 2);
  const output = await executor.run('solve', { batch: packImages([finer], finer.width), phases, settings: { kind: test, plane } });
  if (!output.ok) return output;
  return success({
    header: { ...tested.header, finer: { cell: best, header: output.value.header } },
    arrays: { ...tested.arrays, ...prefixArrays('finer.', output.value.arrays) },
  });
}

interface CellTestsHeader {
  readonly tests: readonly VirtualTestKind[];
  readonly finer?: { readonly cell: number; readonly header: Artifact['header'] };
  readonly headers: { readonly [kind: string]: Artifact['header'] };
}

/** What `testCells` has tested. */
export function readCellTests(artifact: Artifact): CellTests {
  const { tests, headers, finer } = artifactAs<CellTestsHeader, unknown>(artifact).header;
  const decode = (prefix: string, header: Artifact['header']): VirtualTestResult[] => decodeTests({ header, arrays: arraysWithPrefix(prefix, artifact.arrays) });
  const [measured = [], periodic] = tests.map((kind) => decode(`${kind}.`, headers[kind]!));
  return { measured, ...(periodic && { periodic }), ...(finer && { finer: { cell: finer.cell, result: decode('finer.', finer.header)[0]! } }) };
}

/** The tests that a design of an arm passes: the case's own, then those for comparison. Only mirrored cells are compressed as if they were one of many. */
export function testsOf(test: VirtualTestKind, { construct }: Pick<ArmSpec, 'construct'>): readonly VirtualTestKind[] {
  return test === 'heating' || (test === 'compression' && construct === 'unchanged') ? [test, 'periodic'] : [test];
}
