/* Names of the files beside a report: one folder a case, one image a design. */
import type { Arm, CaseResult, TrainedNetwork } from '#engine/api';

/** `design-001.png` for the best explained design, `control-001.png` for the control's. */
export function designFileName(arm: Arm, rank: number): string {
  return `${designName(arm, rank)}.png`;
}

/** `design-001`: how tables and pictures call it. Ranks count from 1. */
export function designName(arm: Arm, rank: number): string {
  return `${arm === 'explained' ? 'design' : 'control'}-${String(rank).padStart(3, '0')}`;
}

/** `network.safetensors`, or one file a direction where each has a network of its own. */
export function networkFileName({ networks }: CaseResult['learning'], { serves }: TrainedNetwork): string {
  return networks.length === 1 ? 'network.safetensors' : `network-${serves.join('')}.safetensors`;
}

/** What else tells of the training. */
export const learningFileNames = { card: 'network.json', curve: 'training.csv', parity: 'parity.csv' } as const;

/** Files whose number depends on the case, and that an earlier run may have left in a folder. */
export const changingFilePattern = /^(?:(design|control)-\d{3,}\.png|network(-[xy])?\.safetensors)$/;

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
