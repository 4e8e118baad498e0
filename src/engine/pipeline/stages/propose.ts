/* Stage 7, for each arm: what it makes cells of. */
import type { ArmSpec } from '#domain/arms';
import type { Artifact } from '#engine/core/artifact';
import { artifactAs } from '#engine/core/artifact';
import { success } from '#domain/finding';
import { rejectionReasons } from '#engine/construction/attempt';
import { decodeOrigins, encodeOrigins, type Proposals } from '../arms/candidate';
import { patchSources, type ProposalInputs } from '../arms/patch-sources';
import type { Stage } from '../stage';

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
