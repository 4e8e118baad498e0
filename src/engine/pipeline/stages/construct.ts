/* Stage 6: from critical regions to cells. */
import { buildCandidates, candidateSettings, readCandidates, type CandidatePatch, type DesignCandidates } from '../design-candidates';
import type { Handle, Stage } from '../stage';
import type { CriticalRegions } from './explain';
import type { DatabaseImages } from './generate';

export interface ConstructInputs {
  readonly images: Handle<DatabaseImages>;
  readonly regions: Handle<CriticalRegions>;
  readonly [name: string]: Handle<unknown>;
}

export const construct: Stage<ConstructInputs, DesignCandidates> = {
  name: 'construct',
  version: 1,
  describe: candidateSettings,
  run(context, problem, { images, regions }) {
    const { places } = regions.value;
    const patches = places.flatMap((place): CandidatePatch[] => ('patch' in place ? [place] : []));
    const earlier = places.flatMap((place) => ('refusal' in place ? [place.refusal] : []));
    return buildCandidates(context, problem, images.value.images, patches, regions.value.masks, earlier);
  },
  read: readCandidates,
};
