/*
 * Who may run when: a run folder has room for one run, so others wait in line. A case that runs or
 * waits already gets no second run: it would compute the same twice. Pure bookkeeping.
 */
import type { RunId } from '#domain/run-state';

/** A run that wants a folder. */
export interface QueueEntry {
  readonly run: RunId;
  readonly folder: string;
  readonly caseName: string;
}

export type Admission = { readonly kind: 'start' } | { readonly kind: 'wait'; readonly behind: RunId } | { readonly kind: 'refused'; readonly by: RunId };

export interface RunQueue {
  /** Admits a run, now or later, unless its case has one. */
  enter(entry: QueueEntry): Admission;
  /** Gives the case of a run another name. */
  rename(run: RunId, caseName: string): void;
  /** Takes a run out, whether it ran or waited; the run that may start now, if any. */
  leave(run: RunId): QueueEntry | undefined;
}

export function createRunQueue(): RunQueue {
  /** By folder; the first of each runs. */
  const lines = new Map<string, QueueEntry[]>();
  return {
    enter(entry) {
      const line = lines.get(entry.folder) ?? [];
      const same = line.find(({ caseName }) => caseName === entry.caseName);
      if (same) return { kind: 'refused', by: same.run };
      lines.set(entry.folder, [...line, entry]);
      return line[0] ? { kind: 'wait', behind: line[0].run } : { kind: 'start' };
    },
    rename(run, caseName) {
      for (const [folder, line] of lines) lines.set(folder, line.map((entry) => (entry.run === run ? { ...entry, caseName } : entry)));
    },
    leave(run) {
      for (const [folder, line] of lines) {
        const place = line.findIndex((entry) => entry.run === run);
        if (place < 0) continue;
        const rest = line.toSpliced(place, 1);
        if (rest.length === 0) lines.delete(folder);
        else lines.set(folder, rest);
        return place === 0 ? rest[0] : undefined;
      }
      return undefined;
    },
  };
}
