/* Stage 8, for each arm: from what it proposed to cells. */
import type { ArmSpec } from '#domain/arms';
import { success } from '#domain/finding';
import { decodeCandidates, encodeCandidates, type DesignCandidates, type Proposals } from '../arms/candidate';
import { candidatesOf, constructions } from '../arms/constructions';
import type { CriticalRegions } from '../arms/regions';
import type { Stage } from '../stage';
import type { DatabaseImages } from './generate';

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
    version: 2,
    describe: (problem) => ({ construct: arm.construct, settings: construction.describe(problem) }),
    async run(context, problem, { images, regions, proposals, parent }) {
      const built = await construction.build(context, problem, proposals.origins, { images: images.images, regions, ...(parent && { parent }) });
      return built.ok ? success(encodeCandidates(candidatesOf(proposals, built.value))) : built;
    },
    read: decodeCandidates,
  };
}
