/*
 * The runs of this server from the request to their end: queues them, starts their processes, tracks their state,
 * and has the records written that a process cannot write. It never computes.
 */
import { basename, dirname, join } from 'node:path';
import type { CaseOverrides } from '#domain/case';
import type { Finding } from '#domain/finding';
import { type BatchSystem, isActive, type RunId, type RunState, runTransitions, type StageStatus } from '#domain/run-state';
import type { StageName } from '#domain/stages';
import { studyOf } from '#domain/study';
import type { CaseSpecification } from '#language/specification/specification';
import type { StartRunResponse } from '#protocol/runs';
import type { Rename } from '#runner/history/record-files';
import { newRunId, runCrashed } from '#runner/history/run-record';
import { isSameProcess, type ProcessIdentity } from '#runner/run-folder/process-identity';
import type { FolderHolder } from '#runner/run-folder/run-folder';
import type { RunPlace } from '#server/cases/case-files';
import { alreadyRuns, folderInUse } from './refusals';
import { createRunQueue } from './run-queue';
import type { RunEnd, RunProcess, StartRun, StudyHead } from './run-process';
import { followProgress, type ProgressOfRun } from './run-progress';

/** A run that is running or queued, or has just ended. */
export interface LiveRun extends Pick<RunRequest, 'until' | 'executor'> {
  readonly run: RunId;
  readonly place: RunPlace;
  readonly specification: CaseSpecification;
  /** Time of the request, ISO 8601. */
  readonly started: string;
  readonly state: RunState;
  readonly stages: readonly StageStatus[];
  /** Present when it is one of a study: the runs of its process, its position among the variants from 0, and their number. */
  readonly part?: { readonly runs: readonly RunId[]; readonly index: number; readonly count: number };
}

/** What one process is to run: a case, or the variants of a study one after another. */
export interface RunRequest {
  readonly place: RunPlace;
  /** At least one has not finished. */
  readonly cases: readonly RequestedCase[];
  /** The study whose variants they are, all of them. */
  readonly study?: StudyHead;
  readonly until: StageName;
  /** The earlier process of runs that are resumed. */
  readonly before?: ProcessIdentity;
  /** The overrides of an earlier run whose case is gone. */
  readonly overrides?: CaseOverrides;
  /** Where jobs are computed; without it, on this machine. */
  readonly executor?: BatchSystem;
  /** Queue the runs while another program uses the run folder. */
  readonly wait?: true;
}

export interface RequestedCase {
  readonly specification: CaseSpecification;
  /** An earlier run that is resumed. */
  readonly run?: RunId;
  /** A variant whose run has finished: the process only reads its results, for the report of the study. */
  readonly finished?: true;
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
  /** Cancels a run, and with it the others of its process. Resolves when they are over; false when there is none. */
  cancel(run: RunId): Promise<boolean>;
  /** Renames the case of active runs, or the file of all its cases; `uri` is the new URI of the file. */
  rename(folder: string, from: Rename['from'], to: Rename['to'], uri: string): void;
  find(run: RunId): LiveRun | undefined;
  all(): readonly LiveRun[];
}

/** One run of an entry. */
interface Member {
  readonly run: RunId;
  /** Position among the cases of its process. */
  readonly index: number;
  specification: CaseSpecification;
  readonly progress: ProgressOfRun;
  readonly findings: Finding[];
  state: RunState;
}

/** What one process runs, or will run. */
interface Entry {
  request: RunRequest;
  readonly members: readonly [Member, ...Member[]];
  readonly over: PromiseWithResolvers<void>;
  readonly started: string;
  process?: RunProcess;
  /** Checks again whether the folder is free. */
  timer?: NodeJS.Timeout;
}

/** What the later variants of a study wait for. */
const variantsBefore = 'the variants before it';

export function createRunRegistry({ start, holderOf, pollMs = 1000, onChange, keepRecord, onCrash }: RunRegistryParts): RunRegistry {
  const queue = createRunQueue();
  /** By the first run of each. */
  const entries = new Map<RunId, Entry>();

  const liveOf = ({ request: { place, until, cases, executor }, started, members }: Entry, member: Member): LiveRun => ({
    run: member.run, place, specification: member.specification, until, started, state: member.state, stages: member.progress.stages(),
    ...(executor && { executor }), ...(cases.length > 1 && { part: { runs: members.map((each) => each.run), index: member.index, count: cases.length } }),
  });
  const activeOf = ({ members }: Entry): Member[] => members.filter(({ state }) => isActive(state));
  const entryOf = (run: RunId): { readonly entry: Entry; readonly member: Member } | undefined => {
    for (const entry of entries.values()) {
      const member = activeOf(entry).find((each) => each.run === run);
      if (member) return { entry, member };
    }
    return undefined;
  };

  const change = (entry: Entry, member: Member, state: RunState): void => {
    if (!runTransitions[member.state.kind].includes(state.kind)) throw new Error(`a run that is ${member.state.kind} cannot become ${state.kind}`);
    member.state = state;
    onChange(liveOf(entry, member));
  };
  const setRunning = (entry: Entry, member: Member): void => change(entry, member, { kind: 'running', ...member.progress.progress() });

  /** The program that prevents a run from starting. An earlier process of the run itself does not: the new process waits for its end. */
  const hindering = ({ place, before }: RunRequest): FolderHolder | undefined => {
    const holder = holderOf(place.folder);
    return holder && !(before && isSameProcess(holder.process, before)) ? holder : undefined;
  };

  /** Starts the first entry of a queue as soon as no other program uses the folder. */
  const launch = (entry: Entry): void => {
    const holder = hindering(entry.request);
    if (holder) {
      const behind = `process ${holder.process.processId}`;
      const [{ state }] = entry.members;
      if (state.kind !== 'queued' || state.behind !== behind) enqueue(entry, behind);
      entry.timer = setTimeout(() => launch(entry), pollMs).unref();
      return;
    }
    const { members, request: { place, until, before, overrides = {}, study, executor } } = entry;
    const [first, ...later] = members;
    setRunning(entry, first);
    for (const member of later) wait(entry, member, variantsBefore);
    const cases = entry.request.cases.map((each, index) => {
      const { run, specification = each.specification } = members.find((member) => member.index === index) ?? {};
      return { specification, ...(run !== undefined && { run }) };
    });
    const follow = (take: (progress: ProgressOfRun) => void): void => {
      const [current] = activeOf(entry);
      if (!current) return;
      take(current.progress);
      setRunning(entry, current);
    };
    entry.process = start(
      { cases, until, overrides, folder: place.folder, ...(study && { study }), ...(before && { before }), ...(executor && { executor }) },
      {
        onStage: (event) => follow((progress) => progress.onStage(event)),
        onReading: (done, total) => follow((progress) => progress.onReading(done, total)),
        onFinding: (finding) => activeOf(entry)[0]?.findings.push(finding),
        onCaseEnd(kind) {
          const [current, next] = activeOf(entry);
          // The end of the last one is that of the process, which writes the report.
          if (!current || !next) return;
          conclude(entry, current, stateAfter({ kind }, entry, current));
          setRunning(entry, next);
        },
        onEnd(end) {
          if (end.kind === 'crashed') onCrash(`run ${activeOf(entry)[0]?.run ?? first.run}: ${end.stack ?? end.message}`);
          close(entry, end);
        },
      },
    );
  };

  const wait = (entry: Entry, member: Member, behind: string): void => {
    change(entry, member, { kind: 'queued', behind });
    keepRecord(liveOf(entry, member));
  };

  const enqueue = (entry: Entry, behind: string): void => {
    for (const member of activeOf(entry)) wait(entry, member, behind);
  };

  const conclude = (entry: Entry, member: Member, state: RunState): void => {
    keepRecord({ ...liveOf(entry, member), state });
    change(entry, member, state);
    queue.rename(entry.members[0].run, namesOf(entry));
  };

  /** Ends what has not ended of an entry, and starts the next one. */
  const close = (entry: Entry, end: RunEnd): void => {
    const [{ run: first }] = entry.members;
    clearTimeout(entry.timer);
    entries.delete(first);
    const [current, ...later] = activeOf(entry);
    const findings = current?.findings ?? [];
    if (current) conclude(entry, current, stateAfter(end, entry, current));
    for (const member of later) {
      member.findings.push(...findings);
      // A process that says it has finished has run all of them.
      conclude(entry, member, stateAfter(end.kind === 'finished' ? { kind: 'cancelled' } : end, entry, member));
    }
    entry.over.resolve();
    const next = queue.leave(first);
    if (!next) return;
    const head = entries.get(next.run)!;
    launch(head);
    for (const each of entries.values()) if (each !== head && each.request.place.folder === head.request.place.folder) enqueue(each, titleOf(head));
  };

  const namesOf = (entry: Entry): string[] => activeOf(entry).map(({ specification }) => queueName(entry.request.place, specification));

  return {
    begin(request) {
      const { place: { folder } } = request;
      const members = request.cases.flatMap(({ specification, run: earlier, finished }, index): Member[] => (finished ? [] : [{
        run: earlier ?? newRunId(), index, specification, progress: followProgress(specification.case.arms, undefined, specification.case.learning !== undefined), findings: [], state: { kind: 'queued' },
      }])) as [Member, ...Member[]];
      const entry: Entry = { request, members, over: Promise.withResolvers(), started: new Date().toISOString() };
      const [first] = members;
      const admission = queue.enter({ run: first.run, folder, caseNames: namesOf(entry) });
      if (admission.kind === 'refused') {
        const twice = members.find(({ specification }) => queueName(request.place, specification) === admission.caseName)!;
        return { kind: 'refused', findings: [alreadyRuns(twice.specification.case.name)] };
      }
      const holder = admission.kind === 'start' && !request.wait ? hindering(request) : undefined;
      if (holder) {
        queue.leave(first.run);
        return { kind: 'refused', findings: [folderInUse(holder.finding)] };
      }
      entries.set(first.run, entry);
      if (admission.kind === 'start') launch(entry);
      else enqueue(entry, titleOf(entries.get(admission.behind)!));
      return { kind: first.state.kind === 'queued' ? 'queued' : 'started', run: first.run };
    },
    async cancel(id) {
      const found = entryOf(id);
      if (!found) return false;
      const { entry } = found;
      if (entry.process) entry.process.cancel();
      else close(entry, { kind: 'cancelled' });
      await entry.over.promise;
      return true;
    },
    rename(folder, from, to, uri) {
      for (const entry of entries.values()) {
        const { place } = entry.request;
        if (place.folder !== folder || basename(place.file) !== from.file) continue;
        const renamed = activeOf(entry).filter(({ specification }) => from.case === undefined || from.case === specification.case.name);
        if (renamed.length === 0) continue;
        const file = join(dirname(place.file), to.file);
        entry.request = { ...entry.request, place: { folder, file, uri } };
        for (const member of renamed) member.specification = renamedTo(member.specification, file, to.case);
        queue.rename(entry.members[0].run, namesOf(entry));
        for (const member of renamed) onChange(liveOf(entry, member));
      }
    },
    find(id) {
      const found = entryOf(id);
      return found && liveOf(found.entry, found.member);
    },
    all: () => [...entries.values()].flatMap((entry) => activeOf(entry).map((member) => liveOf(entry, member))),
  };
}

/** The specification with the file's new name, and the case's if it has one. */
function renamedTo(specification: CaseSpecification, file: string, name = specification.case.name): CaseSpecification {
  return { ...specification, place: { ...specification.place, file }, case: { ...specification.case, name } };
}

/** `case Stiffness`, or `study Thresholds` where its process runs several variants. */
function titleOf({ members: [{ specification: { case: { name } } }], request: { study } }: Entry): string {
  return study ? `study ${studyOf(name)}` : `case ${name}`;
}

function queueName({ file }: RunPlace, specification: CaseSpecification): string {
  return `${file}: ${specification.case.name}`;
}

/** The state of a run after its process has ended. */
function stateAfter(end: RunEnd, { request: { until } }: Entry, { findings }: Member): RunState {
  switch (end.kind) {
    case 'finished': return { kind: 'finished', until, findings };
    case 'failed': return { kind: 'failed', findings };
    case 'cancelled': return { kind: 'cancelled' };
    case 'crashed': return { kind: 'failed', findings: [...findings, runCrashed(end.message)] };
  }
}
