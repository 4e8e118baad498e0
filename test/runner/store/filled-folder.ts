/* A store with something in it, for tests of what becomes of it. */
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Finding } from '#domain/finding';
import type { ArtifactKey } from '#engine/api';
import { openStore, type RunStore } from '#runner/store/store';
import { temporaryFolder } from '#test/support/temporary-folder';
import { artifactOf, someProvenance } from './artifacts';

/** Bytes of values that lie in a row, and in a file of their own. */
export const sizes = { small: 800, large: 1 << 20 };

/** A closed store with one small and one large artifact and one checkpoint of each size, all whole. */
export function filledFolder(): { folder: string; keys: Record<keyof typeof sizes, ArtifactKey> } {
  const folder = join(temporaryFolder(), '.xdesign');
  const store = openStore(folder, (finding) => expect.fail(finding.message));
  const keys = { small: store.keyOf('small'), large: store.keyOf('large') };
  for (const kind of ['small', 'large'] as const) {
    store.put(keys[kind], artifactOf(sizes[kind]), someProvenance);
    store.putCheckpoint(keys[kind], 'slot', artifactOf(sizes[kind]));
  }
  store.close();
  return { folder, keys };
}

export function reopened(folder: string): { store: RunStore; findings: Finding[] } {
  const findings: Finding[] = [];
  return { findings, store: openStore(folder, (finding) => findings.push(finding)) };
}
