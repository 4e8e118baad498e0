/* Names of the files beside a report: one folder per case. */
import type { CaseResult, TrainedNetwork } from '#engine/api';
import { safeName } from '#runner/safe-name';

/** `network.safetensors`, or one file a direction where each has a network of its own. */
export function networkFileName({ networks }: CaseResult['learning'], { serves }: TrainedNetwork): string {
  return networks.length === 1 ? 'network.safetensors' : `network-${serves.join('')}.safetensors`;
}

/** What else tells of the training. */
export const learningFileNames = { card: 'network.json', curve: 'training.csv', parity: 'parity.csv' } as const;

/** Whether the number of files like this depends on the case, so that an earlier run may have left it in a folder. */
export function isChangingFile(name: string, designPrefixes: ReadonlySet<string>): boolean {
  const [, prefix] = /^(.+)-\d{3,}\.png$/.exec(name) ?? [];
  return prefix === undefined ? /^network(-[xy])?\.safetensors$/.test(name) : designPrefixes.has(prefix);
}

/** The folder of a case, whatever else runs with it or after it; cases of a file differ in more than capitals. */
export function caseFolderName(name: string): string {
  return safeName(name, 'case', 80);
}
