/*
 * The order of runs: one process at a time uses a run folder, the others are queued. A case that is running or
 * queued gets no second run, which would compute the same twice. Pure data structure.
 */
import type { RunId } from '#domain/run-state';

/** What one process runs in a folder: a case, or the variants of a study. */
export interface QueueEntry {
  /** Its first run, which names it. */
  readonly run: RunId;
  readonly folder: string;
  readonly caseNames: readonly string[];
}

export type Admission =
  | { readonly kind: 'start' }
  | { readonly kind: 'queued'; readonly behind: RunId }
  /** `caseName` is running or queued already. */
  | { readonly kind: 'refused'; readonly caseName: string };

export interface RunQueue {
  /** Adds an entry, which starts now or is queued, unless one of its cases has a run already. */
  enter(entry: QueueEntry): Admission;
  /** Changes the case names of an entry. */
  rename(run: RunId, caseNames: readonly string[]): void;
  /** Removes an entry, running or queued. Returns the one that may start now, if any. */
  leave(run: RunId): QueueEntry | undefined;
}

export function createRunQueue(): RunQueue {
  /** By folder; the first of each is running. */
  const queues = new Map<string, QueueEntry[]>();
  return {
    enter(entry) {
      const queue = queues.get(entry.folder) ?? [];
      const taken = new Set(queue.flatMap(({ caseNames }) => caseNames));
      const same = entry.caseNames.find((name) => taken.has(name));
      if (same !== undefined) return { kind: 'refused', caseName: same };
      queues.set(entry.folder, [...queue, entry]);
      return queue[0] ? { kind: 'queued', behind: queue[0].run } : { kind: 'start' };
    },
    rename(run, caseNames) {
      for (const [folder, queue] of queues) queues.set(folder, queue.map((entry) => (entry.run === run ? { ...entry, caseNames } : entry)));
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
