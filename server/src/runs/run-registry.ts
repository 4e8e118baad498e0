/*
 * The runs of this server from the request to their end: queues them, starts their processes, tracks their state,
 * and has the records written that a process cannot write. It never computes.
 */
import { basename, dirname, join } from 'node:path';
import type { CaseOverrides } from '#domain/case';
import type { Finding } from '#domain/finding';
import { type RunId, type RunState, runTransitions, type StageStatus } from '#domain/run-state';
import type { StageName } from '#domain/stages';
import type { CaseSpecification } from '#language/specification/specification';
import type { StartRunResponse } from '#protocol/runs';
import type { Rename } from '#runner/history/record-files';
import { newRunId } from '#runner/history/run-record';
import { isSameProcess, type ProcessIdentity } from '#runner/run-folder/process-identity';
import type { FolderHolder } from '#runner/run-folder/run-folder';
import type { RunPlace } from '#server/cases/case-files';
import { alreadyRuns, folderInUse } from './refusals';
import { createRunQueue } from './run-queue';
import type { RunEnd, RunProcess, StartRun } from './run-process';
import { followProgress, type ProgressOfRun } from './run-progress';

/** A run that is running or queued, or has just ended. */
export interface LiveRun {
  readonly run: RunId;
  readonly place: RunPlace;
  readonly specification: CaseSpecification;
  readonly until: StageName;
  /** Time of the request, ISO 8601. */
  readonly started: string;
  readonly state: RunState;
  readonly stages: readonly StageStatus[];
}

/** A requested run. `run` and `before` belong to an earlier run that is resumed. */
export interface RunRequest {
  readonly place: RunPlace;
  readonly specification: CaseSpecification;
  readonly until: StageName;
  readonly run?: RunId;
  readonly before?: ProcessIdentity;
  /** The overrides of an earlier run whose case is gone. */
  readonly overrides?: CaseOverrides;
  /** Queue the run while another program uses the run folder. */
  readonly wait?: true;
}

export interface RunRegistryParts {
  readonly start: StartRun;
  /** The other program that uses a run folder. */
  holderOf(folder: string): FolderHolder | undefined;
  /** Milliseconds between two checks whether another program has released a run folder. */
  readonly pollMs?: number;
  /** Called with every change; the last change of a run is its end. */
  onChange(run: LiveRun): void;
  /** Writes the record of a queued run, and of a run whose process could not write its end. */
  keepRecord(run: LiveRun): void;
  /** Called with an internal error, with its stack if that is known. */
  onCrash(detail: string): void;
}

export interface RunRegistry {
  begin(request: RunRequest): StartRunResponse;
  /** Resolves when the run is over; false when there is none. */
  cancel(run: RunId): Promise<boolean>;
  /** Renames the case of active runs, or the file of all its cases; `uri` is the new URI of the file. */
  rename(folder: string, from: Rename['from'], to: Rename['to'], uri: string): void;
  find(run: RunId): LiveRun | undefined;
  all(): readonly LiveRun[];
}

interface Entry {
  request: RunRequest & { readonly run: RunId };
  readonly progress: ProgressOfRun;
  readonly findings: Finding[];
  readonly over: PromiseWithResolvers<void>;
  readonly started: string;
  state: RunState;
  process?: RunProcess;
  /** Checks again whether the folder is free. */
  timer?: NodeJS.Timeout;
}

export function createRunRegistry({ start, holderOf, pollMs = 1000, onChange, keepRecord, onCrash }: RunRegistryParts): RunRegistry {
  const queue = createRunQueue();
  const entries = new Map<RunId, Entry>();

  const liveOf = ({ request: { run, place, specification, until }, started, state, progress }: Entry): LiveRun => ({
    run, place, specification, until, started, state, stages: progress.stages(),
  });

  const change = (entry: Entry, state: RunState): void => {
    if (!runTransitions[entry.state.kind].includes(state.kind)) throw new Error(`a run that is ${entry.state.kind} cannot become ${state.kind}`);
    entry.state = state;
    onChange(liveOf(entry));
  };

  /** The program that prevents a run from starting. An earlier process of the run itself does not: the new process waits for its end. */
  const hindering = ({ place, before }: RunRequest): FolderHolder | undefined => {
    const holder = holderOf(place.folder);
    return holder && !(before && isSameProcess(holder.process, before)) ? holder : undefined;
  };

  /** Starts the first run of a queue as soon as no other program uses the folder. */
  const launch = (entry: Entry): void => {
    const holder = hindering(entry.request);
    if (holder) {
      const behind = `process ${holder.process.processId}`;
      if (entry.state.kind !== 'queued' || entry.state.behind !== behind) enqueue(entry, behind);
      entry.timer = setTimeout(() => launch(entry), pollMs).unref();
      return;
    }
    const { run, place, specification, until, before, overrides = {} } = entry.request;
    change(entry, { kind: 'running', ...entry.progress.progress() });
    entry.process = start(
      { run, specification, until, overrides, folder: place.folder, ...(before && { before }) },
      {
        onStage(event) {
          entry.progress.onStage(event);
          change(entry, { kind: 'running', ...entry.progress.progress() });
        },
        onFinding: (finding) => entry.findings.push(finding),
        onEnd(end) {
          if (end.kind === 'crashed') onCrash(`run ${run}: ${end.stack ?? end.message}`);
          conclude(entry, stateAfter(end, entry));
        },
      },
    );
  };

  const enqueue = (entry: Entry, behind: string): void => {
    change(entry, { kind: 'queued', behind });
    keepRecord(liveOf(entry));
  };

  const conclude = (entry: Entry, state: RunState): void => {
    const { run } = entry.request;
    clearTimeout(entry.timer);
    entries.delete(run);
    keepRecord({ ...liveOf(entry), state });
    change(entry, state);
    entry.over.resolve();
    const next = queue.leave(run);
    if (!next) return;
    const first = entries.get(next.run)!;
    launch(first);
    for (const each of entries.values()) if (each !== first && each.request.place.folder === first.request.place.folder) enqueue(each, caseOf(first));
  };

  return {
    begin(request) {
      const run = request.run ?? newRunId();
      const { place: { folder }, specification } = request;
      const admission = queue.enter({ run, folder, caseName: queueName(request) });
      if (admission.kind === 'refused') return { kind: 'refused', findings: [alreadyRuns(specification.case.name)] };
      const holder = admission.kind === 'start' && !request.wait ? hindering(request) : undefined;
      if (holder) {
        queue.leave(run);
        return { kind: 'refused', findings: [folderInUse(holder.finding)] };
      }
      const entry: Entry = {
        request: { ...request, run },
        progress: followProgress(specification.case.arms),
        findings: [],
        over: Promise.withResolvers(),
        started: new Date().toISOString(),
        state: { kind: 'queued' },
      };
      entries.set(run, entry);
      if (admission.kind === 'start') launch(entry);
      else enqueue(entry, caseOf(entries.get(admission.behind)!));
      return { kind: entry.state.kind === 'queued' ? 'queued' : 'started', run };
    },
    async cancel(run) {
      const entry = entries.get(run);
      if (!entry) return false;
      if (entry.process) entry.process.cancel();
      else conclude(entry, { kind: 'cancelled' });
      await entry.over.promise;
      return true;
    },
    rename(folder, from, to, uri) {
      for (const entry of entries.values()) {
        const { place, specification, run } = entry.request;
        if (place.folder !== folder || basename(place.file) !== from.file || (from.case !== undefined && from.case !== specification.case.name)) continue;
        const file = join(dirname(place.file), to.file);
        const named = { ...specification, place: { ...specification.place, file }, case: { ...specification.case, name: to.case ?? specification.case.name } };
        entry.request = { ...entry.request, place: { folder, file, uri }, specification: named };
        queue.rename(run, queueName(entry.request));
        onChange(liveOf(entry));
      }
    },
    find(run) {
      const entry = entries.get(run);
      return entry && liveOf(entry);
    },
    all: () => [...entries.values()].map(liveOf),
  };
}

function caseOf({ request }: Entry): string {
  return `case ${request.specification.case.name}`;
}

function queueName({ place: { file }, specification }: RunRequest): string {
  return `${file}: ${specification.case.name}`;
}

/** The state of a run after its process has ended. */
function stateAfter(end: RunEnd, { request: { until }, findings }: Entry): RunState {
  switch (end.kind) {
    case 'finished': return { kind: 'finished', until, findings };
    case 'failed': return { kind: 'failed', findings };
    case 'cancelled': return { kind: 'cancelled' };
    case 'crashed': return { kind: 'failed', findings: [...findings, crashed(end.message)] };
  }
}

function crashed(message: string): Finding {
  return {
    code: 'run-crashed',
    severity: 'error',
    message: `The run ended by an internal error: ${message}.`,
    remedy: 'Run again: it resumes from stored results. If it fails there again, report it.',
  };
}
