import type { Artifact, Provenance } from '#engine/api';

/** Artifact number i: every third is large enough to be a file of its own. */
export function artifactOf(i: number): Artifact {
  const values = new Float64Array(i % 3 === 2 ? 150_000 : 300).fill(i);
  return { header: { i }, arrays: { values } };
}

export const someProvenance: Provenance = { stage: 'solve', stageVersion: 1, description: null };
