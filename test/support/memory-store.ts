import { createHash } from 'node:crypto';
import type { Artifact } from '#engine/core/artifact';
import type { ArtifactKey, ArtifactStore } from '#engine/pipeline/ports';

/** A store in memory; counts the values that are put. */
export function createMemoryStore(): ArtifactStore & { readonly puts: string[]; readonly slots: Map<string, Artifact> } {
  const values = new Map<ArtifactKey, Artifact>();
  const slots = new Map<string, Artifact>();
  const puts: string[] = [];
  return {
    puts,
    slots,
    keyOf: (description) => createHash('sha256').update(JSON.stringify(description)).digest('hex') as ArtifactKey,
    get: (key) => values.get(key),
    has: (key) => values.has(key),
    put(key, artifact, { stage }) {
      values.set(key, artifact);
      puts.push(stage);
    },
    getCheckpoint: (owner, slot) => slots.get(`${owner}/${slot}`),
    putCheckpoint: (owner, slot, artifact) => void slots.set(`${owner}/${slot}`, artifact),
    deleteCheckpoints(owner) {
      for (const name of slots.keys()) if (name.startsWith(`${owner}/`)) slots.delete(name);
    },
  };
}
