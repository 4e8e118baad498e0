/*
 * The stages that every arm has for itself: 7 proposes squares of images, 8 constructs cells from them, 9 tests
 * every cell as the database was tested, and after heating also in the periodic test.
 */
import type { ArmSpec } from '#domain/arms';
import type { DesignCase } from '#domain/case';
import { type Result, success } from '#domain/finding';
import type { VirtualTestKind } from '#domain/virtual-tests';
import { rejectionReasons } from '#engine/construction/attempt';
import { type Artifact, type ArtifactArray, artifactAs } from '#engine/core/artifact';
import type { VirtualTestResult } from '#engine/fem/virtual-test';
import type { MicrostructureBatch } from '#engine/grid/microstructure-batch';
import { decodeCandidates, decodeOrigins, type DesignCandidates, encodeCandidates, encodeOrigins, type Proposals } from '../arms/candidate';
import { candidatesOf, constructions } from '../arms/constructions';
import { patchSources, type ProposalInputs } from '../arms/patch-sources';
import type { CriticalRegions } from '../arms/regions';
import { concatenateArrays, runChunks } from '../chunks';
import { sliceImages } from '../gather-images';
import { describePhases, type Stage, type StageContext } from '../stage';
import { decodeTests, encodeTests } from '../test-columns';
import type { DatabaseImages } from './database';

export type ProposeInputs = ProposalInputs & { readonly [name: string]: unknown };

export function propose(arm: ArmSpec): Stage<ProposeInputs, Proposals> {
  const source = patchSources[arm.patches];
  return {
    stage: 'propose',
    arm: arm.name,
    version: 1,
    describe: (problem) => ({ patches: arm.patches, settings: source.describe(problem) }),
    run: async ({ rng }, _problem, inputs) => success(encodeProposals(source.propose(rng, inputs, arm))),
    read: decodeProposals,
  };
}

/** The columns of the origins, and `refusals`, an index of `rejectionReasons` per attempt. */
function encodeProposals({ origins, refusals }: Proposals): Artifact {
  const { header, arrays } = encodeOrigins(origins);
  return { header, arrays: { ...arrays, refusals: Int32Array.from(refusals, (reason) => rejectionReasons.indexOf(reason)) } };
}

function decodeProposals(artifact: Artifact): Proposals {
  const { refusals } = artifactAs<unknown, { readonly refusals: Int32Array }>(artifact).arrays;
  return { origins: decodeOrigins(artifact), refusals: Array.from(refusals, (reason) => rejectionReasons[reason]!) };
}

export interface ConstructInputs {
  readonly images: DatabaseImages;
  readonly regions: CriticalRegions;
  readonly proposals: Proposals;
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
      const built = await construction.build(context, problem, proposals.origins, { images: images.images, regions, ...(parent && { parent }) });
      return built.ok ? success(encodeCandidates(candidatesOf(proposals, built.value))) : built;
    },
    read: decodeCandidates,
  };
}

const chunkSize = 20; // what a kill can cost a worker at most

/** Tests of the cells of one arm; entry i belongs to cell i. */
export interface CellTests {
  /** The case's own test. */
  readonly measured: readonly VirtualTestResult[];
  /** The periodic test for comparison; absent unless the case heats its cells. */
  readonly periodic?: readonly VirtualTestResult[];
}

export interface ValidateInputs {
  readonly candidates: DesignCandidates;
  readonly [name: string]: unknown;
}

export function validate(arm: ArmSpec): Stage<ValidateInputs, CellTests> {
  return {
    stage: 'validate',
    arm: arm.name,
    version: 8,
    describe: ({ phases, plane, test }) => ({ phases: describePhases(phases), plane, tests: testsOf(test) }),
    run: (context, problem, { candidates }) => testCells(context, problem, candidates.cells, chunkSize),
    read: readCellTests,
  };
}

/** All tests of the cells, `chunk` cells per job. */
export async function testCells(context: StageContext, { phases, plane, test }: DesignCase, cells: MicrostructureBatch, chunk: number): Promise<Result<Artifact>> {
  const kinds = testsOf(test);
  const headers: { [kind: string]: Artifact['header'] } = {};
  const arrays: { [name: string]: ArtifactArray } = {};
  for (const [k, kind] of kinds.entries()) {
    const whole = { progress: (done: number) => context.progress(k * cells.count + done, kinds.length * cells.count) };
    const settings = { kind, plane };
    const parts = await runChunks({ ...context, ...whole }, 'solve', cells.count, chunk, ({ from, to }) => ({ batch: sliceImages(cells, from, to), phases, settings }), kind);
    if (!parts.ok) return parts;
    // Without a cell there is no job that could say what its columns are.
    const tested = parts.value[0] ? { header: parts.value[0].header, arrays: concatenateArrays(parts.value) } : encodeTests([]);
    headers[kind] = tested.header;
    for (const [name, column] of Object.entries(tested.arrays)) arrays[`${kind}.${name}`] = column;
  }
  return success({ header: { tests: kinds, headers }, arrays });
}

interface CellTestsHeader {
  readonly tests: readonly VirtualTestKind[];
  readonly headers: { readonly [kind: string]: Artifact['header'] };
}

/** What `testCells` has tested. */
export function readCellTests(artifact: Artifact): CellTests {
  const { tests, headers } = artifactAs<CellTestsHeader, unknown>(artifact).header;
  const [measured = [], periodic] = tests.map((kind) => {
    const own = Object.entries(artifact.arrays).filter(([name]) => name.startsWith(`${kind}.`));
    return decodeTests({ header: headers[kind]!, arrays: Object.fromEntries(own.map(([name, column]) => [name.slice(kind.length + 1), column])) });
  });
  return { measured, ...(periodic && { periodic }) };
}

/** The tests that a design passes: the case's own, then those for comparison. */
export function testsOf(test: VirtualTestKind): readonly VirtualTestKind[] {
  return test === 'heating' ? ['heating', 'periodic'] : [test];
}
