/*
 * Checkpoints by owner and slot: small ones as rows, large ones (a network with its optimizer's
 * moments) as `checkpoints/<first 2 hex>/<owner>/<hash of the slot>.bin`, overwritten by renaming.
 */
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ArtifactKey, ArtifactStore } from '#engine/api';
import { encodeInParts, joined, lengthOf } from '#runner/codec/artifact-codec';
import { readValue, type StoredValue, writeFileWhole } from './whole-files';
import type { StoreAccess, StoreReader } from './store-database';

/** Reads a checkpoint, and changes nothing where it is damaged. */
export function readCheckpoint({ folder, row }: StoreReader, owner: ArtifactKey, slot: string): StoredValue {
  const found = row('SELECT CAST(bytes AS BLOB) AS bytes FROM checkpoint WHERE owner = ? AND slot = ?', owner, slot);
  return readValue(labelOf(owner, slot), found?.['bytes'] as Uint8Array | undefined, slotFile(folder, owner, slot));
}

function labelOf(owner: ArtifactKey, slot: string): string {
  return `${owner}/${slot}`;
}

function ownerFolder(folder: string, owner: ArtifactKey): string {
  return join(folder, 'checkpoints', owner.slice(0, 2), owner);
}

/** A slot's name is free text; as a file's name it could leave the folder. */
function slotFile(folder: string, owner: ArtifactKey, slot: string): string {
  return join(ownerFolder(folder, owner), `${createHash('sha256').update(slot).digest('hex')}.bin`);
}

/** The checkpoints of a store. */
export function createCheckpointSlots(
  access: StoreAccess,
): Pick<ArtifactStore, 'getCheckpoint' | 'putCheckpoint' | 'deleteCheckpoints'> {
  const { folder, limits, guarded, change } = access;
  const fileOf = (owner: ArtifactKey, slot: string): string => slotFile(folder, owner, slot);
  const deleteRow = (owner: ArtifactKey, slot: string): void => change('DELETE FROM checkpoint WHERE owner = ? AND slot = ?', owner, slot);

  return {
    getCheckpoint: (owner, slot) =>
      guarded(() => {
        const value = readCheckpoint(access, owner, slot);
        if (value.state === 'whole') return value.artifact;
        if (value.state === 'none') return undefined;
        deleteRow(owner, slot);
        rmSync(fileOf(owner, slot), { recursive: true, force: true });
        access.warn({
          code: 'checkpoint-damaged',
          severity: 'warning',
          message: `The checkpoint "${slot}" of ${owner} (${value.place}) cannot be used: ${value.reason}. It was removed.`,
          remedy: 'No action is needed: that part is recomputed.',
        });
        return undefined;
      }),

    putCheckpoint: (owner, slot, artifact) =>
      guarded(() => {
        const parts = encodeInParts(labelOf(owner, slot), artifact);
        // A row counts before a file, so in a slot that changes its place a kill between the two steps
        // leaves the older value or the newer one, whole.
        if (lengthOf(parts) >= limits.largeBytes) {
          // The next one comes soon, and a damaged one shows by its checksum: no need to wait for the disk.
          writeFileWhole(folder, fileOf(owner, slot), parts, 'kill');
          deleteRow(owner, slot);
        } else {
          change('INSERT OR REPLACE INTO checkpoint (owner, slot, bytes) VALUES (?, ?, ?)', owner, slot, joined(parts));
          rmSync(fileOf(owner, slot), { force: true });
        }
      }),

    deleteCheckpoints: (owner) =>
      guarded(() => {
        change('DELETE FROM checkpoint WHERE owner = ?', owner);
        rmSync(ownerFolder(folder, owner), { recursive: true, force: true });
      }),
  };
}
