/*
 * Artifacts by key. A row of the database holds a small value; for a large one the row stays empty and
 * the value lies in `artifacts/<first 2 hex>/<key>/`. Files without a row (their database was
 * renamed) are found all the same, because they carry key and checksum themselves.
 */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ArtifactArray, ArtifactKey, ArtifactStore, Json, Provenance } from '#engine/api';
import { createArrayReferences, type ArrayReference } from '#runner/codec/job-codec';
import { encodeInParts, joined, lengthOf } from '#runner/codec/artifact-codec';
import { canonicalJson } from '#runner/codec/canonical-json';
import { readIfThere, readValue, type StoredValue, writeFileWhole } from './whole-files';
import type { StoreAccess, StoreReader } from './store-database';

export interface ArtifactRepository extends Pick<ArtifactStore, 'get' | 'has' | 'put'> {
  /** Where a stored value came from, undefined if it is not there. */
  provenanceOf(key: ArtifactKey): Provenance | undefined;
  /** The artifact that an array belongs to, of those that were read or stored here: jobs elsewhere take it by its key. */
  referenceOf(array: ArtifactArray): ArrayReference | undefined;
}

/** Reads an artifact, and changes nothing where it is damaged. */
export function readArtifact({ folder, row }: StoreReader, key: ArtifactKey): StoredValue {
  // The cast meets a damaged row whose bytes have become text or a number.
  const found = row('SELECT CAST(bytes AS BLOB) AS bytes FROM artifact WHERE key = ?', key);
  const file = valueFile(folder, key);
  const value = readValue(key, (found?.['bytes'] as Uint8Array | null | undefined) ?? undefined, file);
  return value.state === 'none' && found ? { state: 'damaged', place: file, reason: missing } : value;
}

const missing = 'the file is missing';

function artifactFolder(folder: string, key: ArtifactKey): string {
  return join(folder, 'artifacts', key.slice(0, 2), key);
}

function valueFile(folder: string, key: ArtifactKey): string {
  return join(artifactFolder(folder, key), 'value.bin');
}

/** The artifacts of a store. */
export function createArtifactRepository(access: StoreAccess): ArtifactRepository {
  const { folder, limits, guarded, row, change } = access;
  const folderOf = (key: ArtifactKey): string => artifactFolder(folder, key);
  const valueOf = (key: ArtifactKey): string => valueFile(folder, key);
  const provenanceOf = (key: ArtifactKey): string => join(folderOf(key), 'provenance.json');

  const deleteDamaged = (key: ArtifactKey, place: string, reason: string): void => {
    change('DELETE FROM artifact WHERE key = ?', key);
    rmSync(folderOf(key), { recursive: true, force: true });
    access.warn({
      code: 'artifact-damaged',
      severity: 'warning',
      message: `The stored artifact ${key} (${place}) cannot be used: ${reason}. It was removed.`,
      remedy: 'No action is needed: it is recomputed when needed.',
    });
  };

  const references = createArrayReferences();

  return {
    referenceOf: (array) => references.of(array),

    get: (key) =>
      guarded(() => {
        const value = readArtifact(access, key);
        if (value.state === 'damaged') deleteDamaged(key, value.place, value.reason);
        if (value.state !== 'whole') return undefined;
        references.add(key, value.artifact);
        return value.artifact;
      }),

    has: (key) =>
      guarded(() => {
        const found = row('SELECT bytes IS NULL AS large FROM artifact WHERE key = ?', key);
        if (found?.['large'] === 0 || existsSync(valueOf(key))) return true;
        if (found) deleteDamaged(key, valueOf(key), missing);
        return false;
      }),

    put: (key, artifact, provenance) =>
      guarded(() => {
        const parts = encodeInParts(key, artifact);
        const origin = canonicalJson({ key, ...provenance }, 'kept');
        const large = lengthOf(parts) >= limits.largeBytes;
        if (large) {
          // A rename replaces a file at once, so readers find either the old value or the new one.
          writeFileWhole(folder, provenanceOf(key), [Buffer.from(`${origin}\n`)], 'power-cut');
          writeFileWhole(folder, valueOf(key), parts, 'power-cut');
        }
        change('INSERT OR REPLACE INTO artifact (key, bytes, provenance) VALUES (?, ?, ?)', key, large ? null : joined(parts), origin);
        references.add(key, artifact);
      }),

    provenanceOf: (key) =>
      guarded(() => {
        const found = row('SELECT CAST(provenance AS TEXT) AS provenance FROM artifact WHERE key = ?', key);
        const file = provenanceOf(key);
        const text = found ? String(found['provenance']) : readIfThere(file);
        if (text === undefined) return undefined;
        const provenance = parseProvenance(key, text.toString());
        if (!provenance) deleteDamaged(key, found ? 'store.sqlite' : file, 'its provenance is damaged');
        return provenance;
      }),
  };
}

function parseProvenance(key: ArtifactKey, text: string): Provenance | undefined {
  let parsed: { readonly [name: string]: Json };
  try {
    parsed = JSON.parse(text) as typeof parsed;
  } catch {
    return undefined;
  }
  const { stage, stageVersion, description } = parsed;
  if (parsed['key'] !== key || typeof stage !== 'string' || typeof stageVersion !== 'number' || description === undefined) return undefined;
  return { stage, stageVersion, description };
}
