/* Names of the files beside a report: one folder a case, one image a design. */
import type { Arm, CaseResult, TrainedNetwork } from '#engine/api';
import { safeName } from '#runner/safe-name';

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

/** The folder of a case, whatever else runs with it or after it; cases of a file differ in more than capitals. */
export function caseFolderName(name: string): string {
  return safeName(name, 'case', 80);
}
