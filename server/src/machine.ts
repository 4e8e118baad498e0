/* The resources of the server's machine. */
import { statfsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import type { URI } from 'langium';
import type { BatchSystem } from '#domain/run-state';
import { isSlurmThere } from '#runner/cluster/slurm-queue';
import { machineMemory } from '#runner/machine';

export interface Machine {
  /** Number of worker threads of a run. */
  readonly workers: number;
  /** Bytes. */
  readonly memory: number;
  /** The batch system that it can submit to. */
  readonly batchSystem?: BatchSystem;
  /** Free bytes on the disk of a document; undefined where that is unknown. */
  freeDisk(document: URI): number | undefined;
}

export function thisMachine(): Machine {
  return {
    workers: availableParallelism(),
    memory: machineMemory(),
    ...(isSlurmThere() && { batchSystem: 'slurm' as const }),
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
