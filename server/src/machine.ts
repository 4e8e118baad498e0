/* What the machine of the server offers to runs. */
import { statfsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import type { URI } from 'langium';
import { machineMemory } from '#runner/refuse-memory';

export interface Machine {
  /** Worker threads of a run. */
  readonly workers: number;
  /** Bytes. */
  readonly memory: number;
  /** Bytes that are free where a document lies; undefined where nobody can tell. */
  freeDisk(document: URI): number | undefined;
}

export function thisMachine(): Machine {
  return {
    workers: availableParallelism(),
    memory: machineMemory(),
    freeDisk(document) {
      if (document.scheme !== 'file') return undefined;
      try {
        const { bavail, bsize } = statfsSync(dirname(document.fsPath));
        return bavail * bsize;
      } catch {
        return undefined;
      }
    },
  };
}
