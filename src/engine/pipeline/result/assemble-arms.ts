/*
 * Arms of a case's result: their cells validated, ranked, the best ones shown step by step; and whether one
 * arm's designs are better than another's. Nothing here knows what the arms are.
 */
import { isPatchConstruction, type ArmSpec } from '#domain/arms';
import { picturesOf, type DesignCase } from '#domain/case';
import { intersectionOf } from '#domain/explanation';
import type { Objective } from '#domain/objective';
import { rejectionMessages } from '#engine/construction/attempt';
import { ensure } from '#engine/core/bug-error';
import { unpackImage } from '#engine/grid/microstructure-batch';
import { thin } from '#engine/morphology/thin';
import { bestOfTries, type BestOfTries } from '#engine/validation/best-of-tries';
import { mannWhitney } from '#engine/validation/significance-tests';
import { rankDesigns, validateDesign, type DesignRequirements } from '#engine/validation/validate-design';
import type { CandidateOrigin, CandidateRejection, DesignCandidates, ParentOrigin } from '../arms/candidate';
import { agreedMap, mapsOfImage, type CriticalRegions } from '../arms/regions';
import { gatherImages } from '../gather-images';
import { imageBoundary } from '../image-boundary';
import type { DatabaseImages } from '../stages/database';
import type { CellTests } from '../test-columns';
import type { ArmComparison } from './arm-comparison';
import type { ArmResult, DesignResult, DesignSource, DesignStrip, FailureCount, PatchSource } from './case-result';

const sameCell = 'same-cell' satisfies CandidateRejection;

const messages: Readonly<Record<CandidateRejection | 'no-load-path', string>> = {
  ...rejectionMessages,
  [sameCell]: 'The cell is the same as another one.',
  'no-load-path': 'The solid of the cell carries no load along x or along y, so it has no value of the objective.',
};

/** What an arm's result is made of. */
export interface ArmParts {
  readonly spec: ArmSpec;
  readonly role: ArmResult['role'];
  readonly candidates: DesignCandidates;
  /** Proposals that the construction had: its refusals and the cells. */
  readonly proposals: number;
  readonly tests: CellTests;
  readonly images: DatabaseImages;
  /** Of the images that the arm takes; absent where it takes none. */
  readonly regions?: CriticalRegions | undefined;
  /** The cells of arms that this one may begin with. */
  readonly cellsOf: CellsOfArm;
  /** Designs whose way from the image is shown, the first ones. */
  readonly strips: number;
}

/** The cells of an arm by its name. */
export type CellsOfArm = (arm: string) => DesignCandidates | undefined;

/** Validates and ranks the arm's cells. */
export function assembleArm({ spec, role, candidates, proposals, tests, images, regions, cellsOf, strips }: ArmParts, problem: DesignCase, demands: DesignRequirements): ArmResult {
  const ranked = rankCells(spec, candidates, tests, images.families, problem, demands, cellsOf);
  const designs = ranked.map(({ design, cell }, rank) => {
    const { source, parent } = design;
    if (rank >= strips || source.kind !== 'patch' || parent || !regions) return design;
    return { ...design, strip: stripOf(source, cell, images, candidates, regions, problem) };
  });
  const arm = { spec, attempts: candidates.attempts, failures: failuresOf(candidates, ranked.length), designs };
  return {
    name: spec.name,
    role,
    ...arm,
    ...triesOf({ ...arm, proposals }, problem.objective, demands.bestOfDatabase),
    cells: gatherImages(candidates.cells, ranked.map(({ cell }) => cell)),
  };
}

/** How many patches are drawn in the tries of a result. */
const numbersOfTries = [1, 2, 3, 5, 7, 10, 14, 20, 30, 50, 70, 100] as const;

/**
 * What some patches of an arm lead to, of arms whose proposals are draws. Regions that give no square are no patches, and the
 * control has no twins of them. A patch whose cell another one gives, too, is left out: to test the same cell twice is no
 * second try.
 */
export function triesOf(
  { spec, proposals, failures, designs }: Pick<ArmResult, 'spec' | 'failures' | 'designs'> & Pick<ArmParts, 'proposals'>,
  objective: Pick<Objective, 'sense'>,
  bestImage: number,
): { readonly tries?: readonly BestOfTries[] } {
  if (!isPatchConstruction(spec.construct)) return {};
  const patches = proposals - (failures.find(({ reason }) => reason === sameCell)?.count ?? 0);
  const feasible = designs.filter((design) => design.feasible).map(({ objectiveValue }) => objectiveValue);
  return { tries: numbersOfTries.filter((tries) => tries <= patches).map((tries) => bestOfTries(objective, { feasible, patches, bestImage }, tries)) };
}

/** A validated cell, and its index among the cells of its arm. */
export interface RankedCell {
  readonly design: DesignResult;
  readonly cell: number;
}

/** The cells with their verdicts: feasible ones first, then by objective value; without those of which a void leaves no value. */
export function rankCells(
  arm: ArmSpec,
  { candidates }: DesignCandidates,
  tests: CellTests,
  families: Uint8Array,
  problem: Pick<DesignCase, 'objective' | 'optimization' | 'pictures' | 'arms'>,
  demands: DesignRequirements,
  cellsOf: CellsOfArm = () => undefined,
): RankedCell[] {
  const verdicts = tests.measured.map((measured) => validateDesign(measured, demands));
  return rankDesigns(problem.objective, verdicts).map((i): RankedCell => {
    const { id, origin, cell } = candidates[i]!;
    return {
      cell,
      design: {
        candidate: id,
        source: sourceOf(originBehind(arm, origin, problem, cellsOf), families, problem),
        ...(origin.kind === 'parent' && { parent: { arm: origin.arm, candidate: origin.candidate } }),
        volumeFraction: verdicts[i]!.measured.volumeFraction,
        ...verdicts[i]!,
        ...(tests.periodic && { periodic: tests.periodic[i]! }),
        ...(tests.finer?.cell === i && { finer: tests.finer.result }),
      },
    };
  });
}

/** What a candidate, or the design behind it, was made of, and the arm that proposed it. */
interface OriginBehind {
  readonly arm: ArmSpec;
  readonly origin: Exclude<CandidateOrigin, ParentOrigin>;
}

function sourceOf({ arm, origin }: OriginBehind, families: Uint8Array, problem: Pick<DesignCase, 'optimization' | 'pictures'>): DesignSource {
  switch (origin.kind) {
    case 'start':
      return origin;
    case 'picture':
      return { ...origin, file: picturesOf(problem, arm)[origin.number]!.file };
    default:
      return { ...origin, family: families[origin.image]! };
  }
}

function originBehind(arm: ArmSpec, origin: CandidateOrigin, problem: Pick<DesignCase, 'arms'>, cellsOf: CellsOfArm): OriginBehind {
  if (origin.kind !== 'parent') return { arm, origin };
  const parentArm = problem.arms.find(({ name }) => name === origin.arm);
  const parent = cellsOf(origin.arm)?.candidates.find(({ id }) => id === origin.candidate);
  ensure(parentArm !== undefined && parent !== undefined, 'a design begins with one that is there');
  return originBehind(parentArm, parent.origin, problem, cellsOf);
}

/** Why patches gave no design, in words; `designs` of the cells are designs. */
export function failuresOf({ refusals, cells }: DesignCandidates, designs: number): FailureCount[] {
  const valueless = cells.count - designs;
  const all = [...refusals, ...(valueless > 0 ? [{ reason: 'no-load-path' as const, count: valueless }] : [])];
  return all.map(({ reason, count }) => ({ reason, message: messages[reason], count }));
}

function stripOf(
  source: PatchSource,
  cell: number,
  { images }: DatabaseImages,
  { skeletons }: DesignCandidates,
  regions: CriticalRegions,
  problem: DesignCase,
): DesignStrip {
  const { objective, construct, explain } = problem;
  const boundary = imageBoundary(problem);
  const image = unpackImage(images, source.image);
  const layer = regions.layers.find((each) => each.layer === source.layer)!;
  // A borrowed square comes from no map.
  const agreed = source.borrowed ? undefined : agreedMap(mapsOfImage(layer, regions.images.indexOf(source.image), objective.directions, images.resolution, boundary), intersectionOf(explain));
  return {
    image,
    ...(agreed?.ok && {
      explanation: {
        layer: layer.layer,
        nativeResolution: layer.nativeEdge,
        agreement: agreed.value,
        criticalRegion: unpackImage(regions.masks, source.region),
      },
    }),
    skeleton: thin(image, { method: construct.thinning, boundary }),
    ...(skeletons && { cellSkeleton: unpackImage(skeletons, cell) }),
  };
}

/** What a comparison goes by. */
export type ComparedArm = Pick<ArmResult, 'name' | 'designs'>;

/**
 * Whether the first arm's designs are better than the second's; undefined when one has no design. Designs of
 * one image are alike (nested regions, overlapping patches), so they are not independent samples; images are, and starts
 * without one. The test therefore compares means by image or start, one number each; all designs count, feasible or not. Images
 * cut out of one picture are not independent either: `groups` has the number of the group of each, and a group counts once.
 */
export function compareArms({ sense }: Pick<Objective, 'sense'>, first: ComparedArm, second: ComparedArm, groups?: Int32Array): ArmComparison | undefined {
  if (first.designs.length === 0 || second.designs.length === 0) return undefined;
  const sign = sense === 'maximize' ? 1 : -1;
  const values = ({ designs }: ComparedArm): number[] => designs.map((design) => sign * design.objectiveValue);
  return {
    arms: [first.name, second.name],
    superiority: mannWhitney(values(first), values(second)).superiority,
    byImage: mannWhitney(imageMeans(first, sign, groups), imageMeans(second, sign, groups)),
  };
}

function imageMeans({ designs }: ComparedArm, sign: number, groups: Int32Array | undefined): number[] {
  return meansBy(designs.map(({ source, objectiveValue }) => [drawOf(source, groups), sign * objectiveValue]));
}

/** The mean of the values of each key, in the order in which keys come first. */
export function meansBy<K>(values: readonly (readonly [key: K, value: number])[]): number[] {
  const sums = new Map<K, { sum: number; count: number }>();
  for (const [key, value] of values) {
    const { sum, count } = sums.get(key) ?? { sum: 0, count: 0 };
    sums.set(key, { sum: sum + value, count: count + 1 });
  }
  return [...sums.values()].map(({ sum, count }) => sum / count);
}

/** What is an independent draw: an image, a group of them, a start. */
function drawOf(source: DesignSource, groups: Int32Array | undefined): string {
  return 'image' in source ? `image ${groups?.[source.image] ?? source.image}` : `${source.kind === 'start' ? source.family : source.kind} ${source.number}`;
}
