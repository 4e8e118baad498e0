/*
 * The runs of this server from the question for them to their end: admits them, starts their processes,
 * follows their state and keeps the records right that a process could not. It never computes.
 */
import type { StageName } from '#engine/api';
import type { CaseSpecification } from '#language/specification';
import { runTransitions, type RunId, type RunState } from '#protocol/run-state';
import type { StageSummary, StartRunAnswer } from '#protocol/runs';
import type { WireFinding } from '#protocol/vocabulary';
import { newRunId } from '#runner/history/run-record';
import type { ProcessIdentity } from '#runner/run-folder/process-identity';
import type { RunPlace } from './case-texts';
import { alreadyRuns } from './refusals';
import { createRunLine } from './run-line';
import type { RunEnd, RunProcess, StartRun } from './run-process';
import { followProgress, type ProgressOfRun } from './run-progress';

/** A run that runs or waits, or has just ended. */
export interface LiveRun {
  readonly run: RunId;
  readonly place: RunPlace;
  readonly specification: CaseSpecification;
  readonly until: StageName;
  /** When it was asked for, ISO 8601. */
  readonly started: string;
  readonly state: RunState;
  readonly stages: readonly StageSummary[];
}

/** What is asked for. `run` and `before` are of an earlier run that goes on. */
export interface WantedRun {
  readonly place: RunPlace;
  readonly specification: CaseSpecification;
  readonly until: StageName;
  readonly run?: RunId;
  readonly before?: ProcessIdentity;
}

export interface RunBookParts {
  readonly start: StartRun;
  /** Hears every change; the last one of a run says that it is over. */
  onChange(run: LiveRun): void;
  /** Keeps a run that waits, and how one ended whose process could not say so itself. */
  keepRecord(run: LiveRun): void;
  /** Hears of a fault of ours, with the place where it happened if that is known. */
  onCrash(detail: string): void;
}

export interface RunBook {
  begin(wanted: WantedRun): StartRunAnswer;
  /** Resolves when the run is over; false when there is none. */
  cancel(run: RunId): Promise<boolean>;
  find(run: RunId): LiveRun | undefined;
  all(): readonly LiveRun[];
}

interface Entry {
  readonly wanted: WantedRun & { readonly run: RunId };
  readonly progress: ProgressOfRun;
  readonly findings: WireFinding[];
  readonly over: PromiseWithResolvers<void>;
  readonly started: string;
  state: RunState;
  process?: RunProcess;
}

export function createRunBook({ start, onChange, keepRecord, onCrash }: RunBookParts): RunBook {
  const line = createRunLine();
  const entries = new Map<RunId, Entry>();

  const liveOf = ({ wanted: { run, place, specification, until }, started, state, progress }: Entry): LiveRun => ({
    run, place, specification, until, started, state, stages: progress.stages(),
  });

  const change = (entry: Entry, state: RunState): void => {
    if (!runTransitions[entry.state.kind].includes(state.kind)) throw new Error(`a run that is ${entry.state.kind} cannot become ${state.kind}`);
    entry.state = state;
    onChange(liveOf(entry));
  };

  const launch = (entry: Entry): void => {
    const { run, place, specification, until, before } = entry.wanted;
    change(entry, { kind: 'running', ...entry.progress.progress() });
    entry.process = start(
      { run, specification, until, folder: place.folder, ...(before && { before }) },
      {
        onStage(event) {
          entry.progress.hear(event);
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

  const conclude = (entry: Entry, state: RunState): void => {
    const { run } = entry.wanted;
    entries.delete(run);
    keepRecord({ ...liveOf(entry), state });
    change(entry, state);
    entry.over.resolve();
    const next = line.leave(run);
    if (next) launch(entries.get(next.run)!);
  };

  return {
    begin(wanted) {
      const run = wanted.run ?? newRunId();
      const { place: { file, folder }, specification } = wanted;
      const admission = line.enter({ run, folder, caseName: `${file}: ${specification.name}` });
      if (admission.kind === 'refused') return { kind: 'refused', findings: [alreadyRuns(specification.name)] };
      const entry: Entry = {
        wanted: { ...wanted, run },
        progress: followProgress(),
        findings: [],
        over: Promise.withResolvers(),
        started: new Date().toISOString(),
        state: { kind: 'queued' },
      };
      entries.set(run, entry);
      if (admission.kind === 'start') launch(entry);
      else {
        keepRecord(liveOf(entry));
        onChange(liveOf(entry));
      }
      return { kind: admission.kind === 'start' ? 'started' : 'queued', run };
    },
    async cancel(run) {
      const entry = entries.get(run);
      if (!entry) return false;
      if (entry.process) entry.process.cancel();
      else conclude(entry, { kind: 'cancelled' });
      await entry.over.promise;
      return true;
    },
    find(run) {
      const entry = entries.get(run);
      return entry && liveOf(entry);
    },
    all: () => [...entries.values()].map(liveOf),
  };
}

/** What a run is after its process. */
function stateAfter(end: RunEnd, { wanted: { until }, findings }: Entry): RunState {
  switch (end.kind) {
    case 'finished': return { kind: 'finished', until, findings };
    case 'refused': return { kind: 'failed', findings };
    case 'cancelled': return { kind: 'cancelled' };
    case 'crashed': return { kind: 'failed', findings: [...findings, crashed(end.message)] };
  }
}

function crashed(message: string): WireFinding {
  return {
    code: 'run-crashed',
    severity: 'error',
    message: `The run ended by a fault of the program: ${message}.`,
    wayOut: 'Run again: it goes on from what is stored. If it ends there once more, report it.',
  };
}
