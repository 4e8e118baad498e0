/*
 * Stage 7: the control arm. One random patch for each patch of a critical region, of the same size, from
 * the same exceptional images, masked by the same shape if masks are asked for, built in the same way: whatever the explained designs gain over these is
 * what the explanation is worth.
 */
import { drawControlPatches } from '#engine/construction/control-patches';
import { buildCandidates, candidateSettings, readCandidates, type CandidatePatch, type DesignCandidates } from '../design-candidates';
import type { Handle, Stage } from '../stage';
import type { CriticalRegions } from './explain';
import type { DatabaseImages } from './generate';

export interface ControlInputs {
  readonly images: Handle<DatabaseImages>;
  readonly regions: Handle<CriticalRegions>;
  readonly [name: string]: Handle<unknown>;
}

export const control: Stage<ControlInputs, DesignCandidates> = {
  name: 'control',
  version: 1,
  describe: (problem) => ({ settings: candidateSettings(problem), kind: problem.control, seed: problem.database.seed }),
  run(context, problem, { images, regions }) {
    const twins = regions.value.places.flatMap((place): CandidatePatch[] => ('patch' in place ? [place] : []));
    const outliers = regions.value.images;
    const drawn = drawControlPatches(
      context.rng,
      problem.control === 'none' ? [] : twins.map(({ patch }) => patch.edge),
      outliers.length,
      images.value.images.resolution,
    );
    const patches = drawn.map(({ image, patch }, i) => ({ ...twins[i]!, image: outliers[image]!, patch }));
    return buildCandidates(context, problem, images.value.images, patches, regions.value.masks, []);
  },
  read: readCandidates,
};
