/* Names of the files beside a report: one folder a case, one image a design. */
import type { Arm } from '#engine/api';

/** `design-001.png` for the best explained design, `control-001.png` for the control's. */
export function designFileName(arm: Arm, rank: number): string {
  return `${designName(arm, rank)}.png`;
}

/** `design-001`: how tables and pictures call it. Ranks count from 1. */
export function designName(arm: Arm, rank: number): string {
  return `${arm === 'explained' ? 'design' : 'control'}-${String(rank).padStart(3, '0')}`;
}

/** Files of an arm that a run may have left in a folder. */
export const designFilePattern = /^(design|control)-\d{3,}\.png$/;

/**
 * A folder name of a case: its own name where that is safe on every file system. Other characters
 * become hyphens, and names that then meet are told apart by a number.
 */
export function caseFolderNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const plain = name.replace(/[^A-Za-z0-9_-]+/g, '-').slice(0, 80) || 'case';
    let folder = plain;
    for (let n = 2; taken.has(folder.toLowerCase()); n++) folder = `${plain}-${n}`;
    taken.add(folder.toLowerCase());
    return folder;
  });
}
