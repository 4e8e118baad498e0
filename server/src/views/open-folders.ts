/* Run folders with open stores, and their cases that were viewed last. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { CaseOverrides } from '#domain/case';
import { openStoredCase, type ArtifactKey, type ReadValues, type StoredCase } from '#engine/api';
import type { CaseSpecification } from '#language/specification/specification';
import { keyOfDescription } from '#runner/codec/canonical-json';
import { openStoreReadOnly, type StoreView } from '#runner/store/store';
import { recallImages } from '#runner/images/recall-images';
import { resolveCase } from '#runner/weights/pretrained-file';

export interface OpenFolder {
  readonly path: string;
  readonly store: StoreView;
  /** The case, with the values that are in memory already. */
  stored(specification: CaseSpecification, overrides?: CaseOverrides): StoredCase;
}

/** Cases whose values are kept in memory; those of 20 000 images take about 100 MB. */
const keptCases = 3;

/** Opens folders on first use, and again when their store was replaced. */
export function createOpenFolders(): { open(path: string): OpenFolder | undefined } {
  // By path; also folders whose store cannot be used, so that it is not checked at each request.
  const folders = new Map<string, { readonly inode: number; readonly folder: OpenFolder | undefined }>();
  return {
    open(path) {
      const database = join(path, 'store.sqlite');
      const inode = existsSync(database) ? statSync(database).ino : undefined;
      const known = folders.get(path);
      if (known && known.inode === inode) return known.folder;
      known?.folder?.store.close();
      folders.delete(path);
      if (inode === undefined) return undefined;
      const store = openStoreReadOnly(path);
      const folder = store && { path, store, stored: keepCases(store, path) };
      folders.set(path, { inode, folder });
      return folder;
    },
  };
}

/** A run folder that no run has made yet. */
export function emptyFolder(path: string): OpenFolder {
  const store: StoreView = { keyOf: keyOfDescription, get: () => undefined, getCheckpoint: () => undefined, close: () => {} };
  return { path, store, stored: (specification, overrides) => openStoredCase(resolveCase(recallImages(specification.case, path, overrides), overrides), store) };
}

/**
 * Caches cases by their keys: two files with the same values are one case. The last ones are kept, with the values
 * that they share; so an edit reads no value again that the state before it has read.
 */
function keepCases(store: StoreView, path: string): OpenFolder['stored'] {
  const cases = new Map<string, StoredCase>();
  const values: ReadValues = new Map();
  return (specification, overrides) => {
    const opened = openStoredCase(resolveCase(recallImages(specification.case, path, overrides), overrides), store, values);
    const name = keysOf(opened).join();
    const kept = cases.get(name) ?? opened;
    cases.delete(name);
    cases.set(name, kept);
    for (const oldest of [...cases.keys()].slice(0, -keptCases)) cases.delete(oldest);
    const needed = new Set([...cases.values()].flatMap(keysOf));
    for (const key of values.keys()) if (!needed.has(key)) values.delete(key);
    return kept;
  };
}

function keysOf({ keys }: StoredCase): ArtifactKey[] {
  return [...keys.values()].map(({ key }) => key);
}
