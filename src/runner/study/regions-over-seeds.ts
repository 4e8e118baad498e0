/*
 * Whether trainings with different seeds find the same regions. A variant with another seed has other images, so its
 * network gets some exceptional images of the first seed of its group, and its regions in them are compared with those
 * that the first seed's own network finds. It costs a few maps per seed, and no training.
 */
import type { DesignCase } from '#domain/case';
import type { VariantOf } from '#domain/study';
import { type CaseValues, gatherImages, imageBoundary, mapsOfImages, type NativeMaps, regionOverlaps } from '#engine/api';
import { meanOf, seedSetting } from './compare-variants';
import type { RegionsAgain } from './study-result';

/** Images of the first seed that other networks look at. */
const mostImages = 16;

interface FirstSeed {
  readonly seed: string;
  readonly images: ReturnType<typeof gatherImages>;
  readonly maps: readonly NativeMaps[];
}

/** Compares each variant, when it is done, with the first one that differs in the seed alone; nothing for that one, and without a network. */
export function compareRegions(executor: Parameters<typeof mapsOfImages>[0]): (settings: VariantOf['settings'], problem: DesignCase, values: CaseValues) => Promise<readonly RegionsAgain[]> {
  const groups = new Map<string, FirstSeed>();
  return async (settings, problem, { images, regions, learned }) => {
    const { explain, objective: { directions } } = problem;
    const { [seedSetting]: seed, ...others } = settings;
    if (seed === undefined || !images || !regions || !learned || explain.method === 'exact') return [];
    const key = JSON.stringify(others);
    const first = groups.get(key);
    if (!first) {
      const taken = Array.from(regions.images.keys()).filter((o) => o % Math.ceil(regions.images.length / mostImages) === 0);
      groups.set(key, {
        seed,
        images: gatherImages(images.images, taken.map((o) => regions.images[o]!)),
        maps: regions.layers.map(({ layer, nativeEdge, maps }): NativeMaps => {
          const size = directions.length * nativeEdge ** 2;
          return { layer, nativeEdge, maps: Float32Array.from(taken.flatMap((o) => Array.from(maps.subarray(o * size, (o + 1) * size)))) };
        }),
      });
      return [];
    }
    const found = await mapsOfImages(executor, first.images, learned, problem, explain);
    // A backend that does not open was reported by the variant's own maps.
    if (!found.ok) return [];
    return first.maps.map((maps, l): RegionsAgain => {
      const overlaps = regionOverlaps(maps, found.value.layers[l]!, first.images.count, directions, explain.intersection, first.images.resolution, imageBoundary(problem));
      const mean = (values: readonly number[]): RegionsAgain['overlap'] => meanOf(values.filter((value) => !Number.isNaN(value)));
      return { seed: first.seed, layer: maps.layer, overlap: mean(overlaps.map(({ overlap }) => overlap)), elsewhere: mean(overlaps.map(({ elsewhere }) => elsewhere)) };
    });
  };
}
