/* Two arms that make cells of the same patches by different constructions, patch by patch. */
import type { Objective } from '#domain/objective';
import { quantile } from '#engine/numerics/quantile';
import { signedRank } from '#engine/validation/signed-rank';
import { meansBy, type ComparedArm } from './assemble-arms';
import type { PairedArm, PairedComparison, ReachedValue } from './arm-comparison';

/**
 * Compares the designs of patch i of one arm with those of patch i of the other; entry i of `images` is the image of
 * patch i, or the group of images that are not independent. Patches of one image are alike (nested regions), so the tests have
 * one number per image.
 */
export function pairArms({ sense }: Pick<Objective, 'sense'>, images: readonly number[], first: ComparedArm, second: ComparedArm): PairedComparison {
  const sign = sense === 'maximize' ? 1 : -1;
  const feasible = [first, second].map(({ designs }) => new Map(designs.filter((design) => design.feasible).map((design) => [design.candidate, design.objectiveValue])));
  const [byFirst, bySecond] = feasible as [Map<number, number>, Map<number, number>];
  const differences = images.map((_, patch) => (byFirst.has(patch) && bySecond.has(patch) ? sign * (byFirst.get(patch)! - bySecond.get(patch)!) : undefined));
  const known = differences.filter((value) => value !== undefined);
  return {
    patches: images.length,
    arms: [pairedArm(first), pairedArm(second)],
    bothFeasible: known.length,
    firstBetter: known.filter((value) => value > 0).length,
    secondBetter: known.filter((value) => value < 0).length,
    valuesByImage: signedRank(imageMeans(images, differences)),
    feasibleByImage: signedRank(imageMeans(images, images.map((_, patch) => Number(byFirst.has(patch)) - Number(bySecond.has(patch))))),
  };
}

function pairedArm({ designs }: ComparedArm): PairedArm {
  const feasible = designs.filter((design) => design.feasible);
  const [best] = feasible;
  const names = designs[0]?.constraints.map(({ name }) => name) ?? [];
  return {
    cells: designs.length,
    feasible: feasible.length,
    ...(best && { best: reached(best.objectiveValue, best.limit?.percent), median: reached(median(feasible.map(({ objectiveValue }) => objectiveValue))!, median(feasible.flatMap(({ limit }) => limit?.percent ?? []))) }),
    violations: names.map((name, c) => ({ name, count: designs.filter(({ constraints }) => !constraints[c]!.satisfied).length })),
  };
}

function reached(objectiveValue: number, percentOfLimit: number | undefined): ReachedValue {
  return { objectiveValue, ...(percentOfLimit !== undefined && { percentOfLimit }) };
}

function median(values: readonly number[]): number | undefined {
  return quantile(values.toSorted((a, b) => a - b), 0.5);
}

/** Means of the known values of each image that has one. */
function imageMeans(images: readonly number[], values: readonly (number | undefined)[]): number[] {
  return meansBy(images.flatMap((image, i) => (values[i] === undefined ? [] : [[image, values[i]] as const])));
}
