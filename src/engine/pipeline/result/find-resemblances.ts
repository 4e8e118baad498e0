/*
 * How much the designs of a case are like what topology optimization finds without them. This describes their shape and
 * does not rank them: to judge starts by their pixels misleads (Habibi et al., Journal of Mechanical Design 147 (2025)
 * 021701, doi 10.1115/1.4066102), so what a start is worth is measured by what an optimization makes of it. The largest agreement over all
 * shifts and symmetries is far above one half for any two images, so the same is computed for images that have nothing
 * to do with each other. Images that are not periodic have no shifts, so cells are made of them as of squares in designs:
 * their upper left quarter, mirrored.
 */
import { isPeriodic } from '#domain/image-files';
import { crop, mirrorQuarter, volumeFraction, type Image2D } from '#engine/grid/image-2d';
import { unpackImage } from '#engine/grid/microstructure-batch';
import { createImageMatcher, type ImageMatcher } from '#engine/morphology/resemblance';
import { gatherImages } from '../gather-images';
import { reportStrips } from './assemble-case-result';
import type { CaseResult } from './case-result';
import type { OptimizationRun, Resemblances, UnrelatedImages } from './optimization-result';

/** Images of the database that are compared with each other, in 28 pairs: about as many as a design has cells to be like. */
const comparedImages = 8;

/** Of images that are not periodic, those with the nearest fractions of which cells are made to choose from. */
const mirroredImages = 200;

/** What of a result it takes: the designs of the own arm, the runs, and images to compare with. */
export interface ResemblanceParts {
  readonly arms: readonly [OwnDesigns, ...unknown[]];
  readonly optimization?: { readonly runs: readonly Pick<OptimizationRun, 'cell' | 'origin'>[] };
  readonly database: Pick<CaseResult['database'], 'images' | 'volumeFractions'>;
  readonly problem: { readonly database: Parameters<typeof isPeriodic>[0] };
}

interface OwnDesigns extends Pick<CaseResult['arms'][0], 'name' | 'cells'> {
  readonly designs: readonly Pick<CaseResult['arms'][0]['designs'][number], 'candidate' | 'volumeFraction'>[];
}

/**
 * Of the best designs of the own arm, those that a report shows, the nearest cells of optimizations that did not begin with
 * them; undefined where there is no optimization. At 128 × 128, 12 designs and 50 runs take about a second, so those who
 * show it compute it; it is no part of a case's result.
 */
export function findResemblances({ optimization, arms: [own], database, problem }: ResemblanceParts): Resemblances | undefined {
  if (!optimization) return undefined;
  const { runs } = optimization;
  const { resolution } = own.cells;
  const matcher = createImageMatcher(resolution);
  const cells = runs.map(({ cell }) => unpackImage({ count: 1, resolution, packed: cell }, 0));
  const prepared = cells.map((cell) => matcher.prepare(cell));
  const shown = own.designs.slice(0, reportStrips);
  const nearest = shown.flatMap(({ candidate }, design) => {
    const others = [...runs.keys()].filter((run) => !beginsWith(runs[run]!, own.name, candidate));
    if (others.length === 0) return [];
    const matches = matcher.match(matcher.prepare(unpackImage(own.cells, design)), others.map((run) => prepared[run]!));
    const best = matches.reduce((first, { agreement }, i) => (agreement > matches[first]!.agreement ? i : first), 0);
    const { agreement, overlap, ...place } = matches[best]!;
    const run = others[best]!;
    return [{ design, run, agreement, overlap, cell: matcher.place(cells[run]!, place) }];
  });
  const fraction = shown.reduce((sum, { volumeFraction }) => sum + volumeFraction, 0) / shown.length;
  const unrelated = shown.length > 0 ? compareImages(matcher, unrelatedCells(database, fraction, isPeriodic(problem.database))) : undefined;
  return { nearest, ...(unrelated && { unrelated }) };
}

function beginsWith({ origin }: Pick<OptimizationRun, 'origin'>, arm: string, candidate: number): boolean {
  return origin.kind === 'parent' && origin.arm === arm && origin.candidate === candidate;
}

/** The images whose fractions are nearest to the given one; of images that are not periodic, the cells that their quarters give. */
function unrelatedCells({ images, volumeFractions }: ResemblanceParts['database'], fraction: number, arePeriodic: boolean): readonly Image2D<'binary'>[] {
  const nearest = nearestTo(fraction, volumeFractions).slice(0, arePeriodic ? comparedImages : mirroredImages);
  const chosen = gatherImages(images, nearest);
  const unpacked = nearest.map((_, i) => unpackImage(chosen, i));
  if (arePeriodic) return unpacked;
  const half = images.resolution / 2;
  const cells = unpacked.map((image) => mirrorQuarter(crop(image, { row: 0, column: 0, edge: half })));
  return nearestTo(fraction, Float64Array.from(cells, volumeFraction)).slice(0, comparedImages).map((i) => cells[i]!);
}

function nearestTo(fraction: number, fractions: Float64Array): number[] {
  const distance = (image: number): number => Math.abs(fractions[image]! - fraction);
  return [...fractions.keys()].sort((a, b) => distance(a) - distance(b) || a - b);
}

/** All pairs of the cells. */
function compareImages(matcher: ImageMatcher, cells: readonly Image2D<'binary'>[]): UnrelatedImages | undefined {
  const prepared = cells.map((cell) => matcher.prepare(cell));
  const matches = prepared.flatMap((image, i) => matcher.match(image, prepared.slice(i + 1)));
  if (matches.length === 0) return undefined;
  const mean = (pick: 'agreement' | 'overlap'): number => matches.reduce((sum, match) => sum + match[pick], 0) / matches.length;
  return {
    pairs: matches.length,
    agreement: mean('agreement'),
    overlap: mean('overlap'),
    largestAgreement: matches.reduce((largest, { agreement }) => Math.max(largest, agreement), 0),
  };
}
