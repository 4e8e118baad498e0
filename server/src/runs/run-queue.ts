/*
 * The order of runs: one run at a time uses a run folder, the others are queued. A case that is running or
 * queued gets no second run, which would compute the same twice. Pure data structure.
 */
import type { RunId } from '#domain/run-state';

/** A run that needs a folder. */
export interface QueueEntry {
  readonly run: RunId;
  readonly folder: string;
  readonly caseName: string;
}

export type Admission = { readonly kind: 'start' } | { readonly kind: 'queued'; readonly behind: RunId } | { readonly kind: 'refused'; readonly by: RunId };

export interface RunQueue {
  /** Adds a run, which starts now or is queued, unless its case has one already. */
  enter(entry: QueueEntry): Admission;
  /** Changes the case name of a run. */
  rename(run: RunId, caseName: string): void;
  /** Removes a run, running or queued. Returns the run that may start now, if any. */
  leave(run: RunId): QueueEntry | undefined;
}

export function createRunQueue(): RunQueue {
  /** By folder; the first of each is running. */
  const queues = new Map<string, QueueEntry[]>();
  return {
    enter(entry) {
      const queue = queues.get(entry.folder) ?? [];
      const same = queue.find(({ caseName }) => caseName === entry.caseName);
      if (same) return { kind: 'refused', by: same.run };
      queues.set(entry.folder, [...queue, entry]);
      return queue[0] ? { kind: 'queued', behind: queue[0].run } : { kind: 'start' };
    },
    rename(run, caseName) {
      for (const [folder, queue] of queues) queues.set(folder, queue.map((entry) => (entry.run === run ? { ...entry, caseName } : entry)));
    },
    leave(run) {
      for (const [folder, queue] of queues) {
        const index = queue.findIndex((entry) => entry.run === run);
        if (index < 0) continue;
        const rest = queue.toSpliced(index, 1);
        if (rest.length === 0) queues.delete(folder);
        else queues.set(folder, rest);
        return index === 0 ? rest[0] : undefined;
      }
      return undefined;
    },
  };
}
