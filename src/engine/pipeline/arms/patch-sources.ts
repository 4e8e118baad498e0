/* What arms make cells of: one row per kind, by the name that `ArmSpec.patches` gives. */
import type { ArmSpec } from '#domain/arms';
import type { DesignCase } from '#domain/case';
import { drawRandomPatches } from '#engine/construction/random-patches';
import type { Json } from '#engine/core/artifact';
import type { Rng } from '#engine/core/rng';
import type { Square } from '#engine/grid/image-2d';
import type { DesignCandidates, PatchOrigin, Proposals } from './candidate';
import type { CriticalRegions } from './regions';

/** What patches are chosen from. */
export interface ProposalInputs {
  /** The regions of the images that the arm takes. */
  readonly regions: CriticalRegions;
  /** The cells of the arm that `startFrom` names. */
  readonly parent?: DesignCandidates;
}

export interface PatchSource {
  /** The settings that fix the proposals, besides `ProposalInputs`. */
  describe(problem: DesignCase): Json;
  /** `rng` is the stream of the database's seed. */
  propose(rng: Rng, inputs: ProposalInputs, arm: ArmSpec): Proposals;
}

export const patchSources: Readonly<Record<ArmSpec['patches'], PatchSource>> = {
  regions: {
    describe: () => null,
    propose: (_rng, { regions: { places } }) => ({
      origins: places.flatMap((place, region): PatchOrigin[] => {
        if (!('patch' in place)) return [];
        const { image, patch, layer, threshold } = place;
        return [{ kind: 'patch', image, patch, region, layer, threshold, borrowed: false }];
      }),
      refusals: places.flatMap((place) => ('refusal' in place ? [place.refusal] : [])),
    }),
  },

  // The value of the explanation is what designs of regions reach beyond these.
  random: {
    describe: ({ database: { seed } }) => ({ seed }),
    propose: (rng, { regions }) =>
      matchedPatches(regions, (edges) => drawRandomPatches(rng, edges, regions.images.length, regions.masks.resolution)),
  },
};

/**
 * One square for each critical region that has one, of the same edge, masked by the same shape if masks are
 * asked for. `place` puts squares of the given edges into explained images.
 */
export function matchedPatches(
  { images, places }: CriticalRegions,
  place: (edges: readonly number[]) => readonly { readonly image: number; readonly patch: Square }[],
): Proposals {
  const matched = places.flatMap((found, region) => ('patch' in found ? [{ ...found, region }] : []));
  const squares = place(matched.map(({ patch }) => patch.edge));
  return {
    origins: matched.map(({ region, layer, threshold }, i): PatchOrigin => {
      const { image, patch } = squares[i]!;
      return { kind: 'patch', image: images[image]!, patch, region, layer, threshold, borrowed: true };
    }),
    refusals: [],
  };
}
