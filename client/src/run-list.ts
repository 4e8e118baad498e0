import { EventEmitter, type Disposable } from 'vscode';
import type { RunId } from '#domain/run-state';
import { notifications, requests } from '#protocol/methods';
import type { CaseSummary, ListResponse, NamedRun, RunChanged, RunReference, RunSummary, StudySummary } from '#protocol/runs';
import type { Server } from '#client/server/lazy-server';

/** A run with the file it belongs to. */
export interface ListedRun extends RunSummary {
  readonly uri: string;
}

/** All runs that the server knows of, kept current by its notifications. */
export class RunList implements Disposable {
  private response: ListResponse = { revision: -1, cases: [], studies: [], others: [] };
  /** The latest state of each run, which may be newer than the list. */
  private readonly changes = new Map<RunId, RunChanged>();
  private readonly listChanged = new EventEmitter<void>();
  private readonly runChanged = new EventEmitter<RunChanged>();
  private readonly firstResponse = Promise.withResolvers<void>();
  private readonly subscriptions: readonly Disposable[];

  constructor(private readonly server: Server) {
    this.subscriptions = [
      this.listChanged,
      this.runChanged,
      server.onReady(() => void this.refresh()),
      server.onNotification(notifications.runsChanged, () => void this.refresh()),
      server.onNotification(notifications.runChanged, (change) => this.note(change)),
    ];
  }

  /** Resolves with the first response of the server: before that, an empty list has no meaning. */
  get known(): Promise<void> {
    return this.firstResponse.promise;
  }

  /** Runs or cases were added or removed, or an edit changed which results are stale. */
  get onDidChangeList() {
    return this.listChanged.event;
  }

  /** The state or a stage of an active run has changed. */
  get onDidChangeRun() {
    return this.runChanged.event;
  }

  get cases(): readonly CaseSummary[] {
    return this.response.cases.map((each) => this.withStates(each));
  }

  /** The studies of the files, with their variants. */
  get studies(): readonly StudySummary[] {
    return this.response.studies.map((each) => ({ ...each, variants: each.variants.map((variant) => this.withStates(variant)) }));
  }

  /** Runs of cases that the files no longer have. */
  get others(): ListResponse['others'] {
    return this.response.others.map((each) => this.withStates(each));
  }

  /** All runs, those of one case the newest first. */
  get runs(): readonly ListedRun[] {
    return [...this.cases, ...this.studies.flatMap(({ variants }) => variants), ...this.others].flatMap(({ uri, runs }) => runs.map((run) => ({ ...run, uri })));
  }

  find({ uri, run }: NamedRun): ListedRun | undefined {
    return this.runs.find((each) => each.uri === uri && each.run === run);
  }

  /** The run that is named, else all of the case, the newest first. */
  of({ uri, case: caseName, run }: RunReference): readonly ListedRun[] {
    return this.runs.filter((each) => each.uri === uri && each.case === caseName && (run === undefined || each.run === run));
  }

  /** The run that is named, else the last one of the case. */
  last(reference: RunReference): ListedRun | undefined {
    return this.of(reference)[0];
  }

  async refresh(): Promise<void> {
    const response = await this.server.request(requests.list, {});
    if (response.revision < this.response.revision) return;
    this.response = response;
    this.firstResponse.resolve();
    for (const [run, { revision }] of this.changes) if (revision <= response.revision) this.changes.delete(run);
    this.listChanged.fire();
  }

  dispose(): void {
    this.subscriptions.forEach((each) => each.dispose());
  }

  private note(change: RunChanged): void {
    if (change.revision <= (this.changes.get(change.run)?.revision ?? this.response.revision)) return;
    this.changes.set(change.run, change);
    // A run that has just started is not in the list yet.
    if (this.find(change) === undefined) void this.refresh();
    else this.runChanged.fire(change);
  }

  private withStates<C extends { readonly runs: readonly RunSummary[] }>(each: C): C {
    return { ...each, runs: each.runs.map((run) => this.current(run)) };
  }

  private current(run: RunSummary): RunSummary {
    const change = this.changes.get(run.run);
    return change === undefined ? run : { ...run, state: change.state, stages: change.stages };
  }
}
