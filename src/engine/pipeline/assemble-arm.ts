/* One arm of a case's result: its cells validated, ranked, and the best ones shown step by step. */
import { refusalMessages } from '#engine/construction/attempt';
import { unpackImage } from '#engine/grid/microstructure-batch';
import type { ExplainLayer } from '#engine/learning/explanation/explain-settings';
import { thin } from '#engine/morphology/thin';
import { compareDesigns, validateDesign, type DesignDemands } from '#engine/validation/validate-design';
import { activationMapsOf } from './activation-maps';
import type { Arm, ArmResult, DesignResult, DesignStrip, FailureCount } from './case-result';
import type { CandidateRefusal, DesignCandidates } from './design-candidates';
import type { DesignProblem } from './design-problem';
import { gatherImages } from './gather-images';
import type { CriticalRegions, LayerMaps } from './stages/explain';
import type { DatabaseImages } from './stages/generate';
import type { CellTests } from './stages/validate';

/** Designs whose way from the image is kept for reports. */
const shownDesigns = { explained: 12, control: 3 } as const;

const messages: Readonly<Record<CandidateRefusal | 'no-load-path', string>> = {
  ...refusalMessages,
  'same-cell': 'The patch gives the same cell as another one.',
  'no-load-path': 'The solid of the cell carries no load along x or along y, so it has no value of the objective.',
};

/** What an arm's result is made of. */
export interface ArmValues {
  readonly arm: Arm;
  readonly candidates: DesignCandidates;
  readonly tests: CellTests;
  readonly images: DatabaseImages;
  readonly regions: CriticalRegions;
}

/** Validates and ranks the arm's cells. */
export function assembleArm({ arm, candidates, tests, images, regions }: ArmValues, problem: DesignProblem, demands: DesignDemands): ArmResult {
  const ranked = rankCells(candidates, tests, images, (region) => layerOf(regions, region).layer, problem, demands);
  const designs = ranked.map(({ candidate, region, ...design }, rank): DesignResult => ({
    ...design,
    ...(rank < shownDesigns[arm] && {
      strip: stripOf(design.source.image, images, candidates, candidate, problem, arm === 'explained' ? { regions, region } : undefined),
    }),
  }));
  return {
    arm,
    attempts: candidates.attempts,
    failures: failuresOf(candidates, ranked.length),
    designs,
    cells: gatherImages(candidates.cells, ranked.map(({ candidate }) => candidate)),
  };
}

/** A validated cell that knows its place among the candidates, and its region's among the regions. */
export interface RankedCell extends DesignResult {
  readonly candidate: number;
  readonly region: number;
}

/** The cells with their verdicts: feasible ones first, then by objective value; without those of which a void leaves no value. */
export function rankCells(
  candidates: DesignCandidates,
  tests: CellTests,
  { families }: DatabaseImages,
  layerOfRegion: (region: number) => ExplainLayer,
  { objective }: DesignProblem,
  demands: DesignDemands,
): RankedCell[] {
  const verdicts = tests.measured.map((measured) => validateDesign(measured, demands));
  const valued = verdicts.map((_, i) => i).filter((i) => !Number.isNaN(verdicts[i]!.objectiveValue));
  const order = valued.sort((a, b) => compareDesigns(objective, verdicts[a]!, verdicts[b]!) || a - b);
  return order.map((i) => {
    const { image, threshold, patch, region } = candidates.sources[i]!;
    return {
      candidate: i,
      region,
      source: { image, family: families[image]!, layer: layerOfRegion(region), threshold, patch },
      volumeFraction: verdicts[i]!.measured.volumeFraction,
      ...verdicts[i]!,
      ...(tests.periodic && { periodic: tests.periodic[i]! }),
    };
  });
}

/** Why patches gave no design, in words; `designs` of the cells are designs. */
export function failuresOf({ refusals, cells }: DesignCandidates, designs: number): FailureCount[] {
  const valueless = cells.count - designs;
  const all = [...refusals, ...(valueless > 0 ? [{ reason: 'no-load-path' as const, count: valueless }] : [])];
  return all.map(({ reason, count }) => ({ reason, message: messages[reason], count }));
}

/** Regions count thresholds first, then layers, then images. */
function layerOf({ layers, thresholds }: CriticalRegions, region: number): LayerMaps {
  return layers[Math.floor(region / thresholds.length) % layers.length]!;
}

function stripOf(
  image: number,
  { images }: DatabaseImages,
  { skeletons }: DesignCandidates,
  candidate: number,
  problem: DesignProblem,
  why: { readonly regions: CriticalRegions; readonly region: number } | undefined,
): DesignStrip {
  const source = unpackImage(images, image);
  const layer = why && layerOf(why.regions, why.region);
  return {
    image: source,
    ...(why && {
      explanation: {
        layer: layer!.layer,
        nativeResolution: layer!.nativeEdge,
        maps: activationMapsOf(layer!, why.regions.images.indexOf(image), problem.objective.directions, images.resolution),
        criticalRegion: unpackImage(why.regions.masks, why.region),
      },
    }),
    skeleton: thin(source, { method: problem.construct.thinning, boundary: 'periodic' }),
    mirroredSkeleton: unpackImage(skeletons, candidate),
  };
}
