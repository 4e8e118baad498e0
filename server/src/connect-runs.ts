/* Connects runs and views to a connection: requests, notifications, and progress as LSP defines it. */
import { isBuiltin } from 'node:module';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DocumentState, URI } from 'langium';
import type { Connection } from 'vscode-languageserver';
import { isActive } from '#domain/run-state';
import { notifications, requests, type NotificationMethod } from '#protocol/methods';
import type { NamedRun, TrustParams } from '#protocol/runs';
import type { Finding } from '#domain/finding';
import { holderOf } from '#runner/run-folder/run-folder';
import { createThresholdSetter } from './cases/thresholds';
import { requestHandlers } from './requests/request-handlers';
import { createCaseFiles } from './cases/case-files';
import { keepRecord } from './runs/run-records';
import { nodeTooOld, notTrusted } from './runs/refusals';
import { resumeInterrupted } from './runs/run-records';
import { createFileChecks, type FileChecks } from './runs/file-checks';
import type { ResultCache } from './runs/result-cache';
import { createRenameFollower, renameWithin } from './cases/rename-follower';
import { createRevisions } from './runs/throttle';
import { createRunRegistry, type LiveRun } from './runs/run-registry';
import { runStarter, type StartRun } from './runs/run-process';
import { createThrottle, type Throttle } from './runs/throttle';
import { createRecordWatch } from './runs/run-records';
import { createWorkDone } from './runs/work-done';
import type { ServerServices } from './server-services';
import { createExporter, type ExportRun } from './views/export-process';
import { createViewsProcess, type ViewsProcess } from './views/views-process';
import { checkAgain, followFiles } from './workspace/changes';

/** False before Node 22.13: then nothing can run. Language features need no store. */
const hasSqlite = isBuiltin('node:sqlite');

/** The programs for runs and views; tests replace them. */
export interface RunPrograms {
  readonly start: StartRun;
  readonly views: Pick<ViewsProcess, 'request'>;
  readonly exportRun: ExportRun;
}

/** The programs that the build puts next to the server's. */
export function builtPrograms(): RunPrograms {
  const program = (name: string): string => fileURLToPath(new URL(`./${name}.mjs`, import.meta.url));
  return { start: runStarter(program('run')), views: createViewsProcess(program('views')), exportRun: createExporter(program('views')) };
}

/** Milliseconds between two notifications about one run, and about files while they are edited. */
const runThrottleMs = 100;
const throttleMs = 500;

/** Registers the handlers of requests about runs; to be called before the connection listens. */
export function connectRuns(connection: Connection, services: ServerServices, { start, views, exportRun }: RunPrograms, results: ResultCache, checks: FileChecks = createFileChecks()): void {
  const settings = services.shared.xdesign.Settings;
  const revise = createRevisions();
  const files = createCaseFiles(services);
  const throttles = new Map<string, Throttle<LiveRun>>();
  const notify = <P extends object>({ method }: NotificationMethod<P>, params: P): void => void connection.sendNotification(method, params);

  const notifyRun = ({ run, place: { uri }, specification, state, stages }: LiveRun): void =>
    notify(notifications.runChanged, { uri, case: specification.case.name, run, revision: revise(), state, stages });
  const workDone = createWorkDone(connection, (run) => void registry.cancel(run));
  const registry = createRunRegistry({
    start,
    holderOf(folder) {
      try {
        return holderOf(folder);
      } catch (error) {
        // The run itself reports a folder that cannot be read.
        connection.console.warn(`The program that uses ${folder} cannot be determined: ${(error as Error).message}`);
        return undefined;
      }
    },
    onChange(live) {
      const throttle = throttles.get(live.run) ?? createThrottle<LiveRun>(runThrottleMs, (newest) => {
        notifyRun(newest);
        workDone.show(newest);
        results.runChanged();
      });
      throttles.set(live.run, throttle);
      throttle.offer(live);
      if (isActive(live.state)) return;
      throttle.flush();
      throttles.delete(live.run);
      results.refresh(live.place.uri);
      notify(notifications.runsChanged, { revision: revise() });
    },
    onCrash: (detail) => connection.console.error(detail),
    keepRecord(live) {
      try {
        keepRecord(live);
      } catch (error) {
        // The run itself is not affected; only its history is incomplete.
        connection.console.warn(`The record of run ${live.run} could not be written: ${(error as Error).message}`);
      }
    },
  });

  const blocker = (): Finding | undefined => (!hasSqlite ? nodeTooOld : settings.current.trusted ? undefined : notTrusted);
  const mayRun = (): boolean => blocker() === undefined;
  const listChanged = (): void => notify(notifications.runsChanged, { revision: revise() });
  const renames = createRenameFollower({
    live: registry.all,
    onRename(folder, from, to) {
      const uriOf = (file: string): string => URI.file(join(dirname(folder), file)).toString();
      registry.rename(folder, from, to, uriOf(to.file));
      const { file: _from, ...fromCase } = from;
      const { file: _to, ...toCase } = to;
      notify(notifications.caseRenamed, { from: { uri: uriOf(from.file), ...fromCase }, to: { uri: uriOf(to.file), ...toCase }, revision: revise() });
      results.refresh(uriOf(to.file));
      recordsChanged.offer(undefined);
    },
  });
  const { DocumentBuilder, WorkspaceManager } = services.shared.workspace;
  const ofRequests = requestHandlers({ files, registry, views, exportRun, setThreshold: createThresholdSetter(connection, services.shared), renames, revise, blocker, runFolders: () => WorkspaceManager.runFolders });
  const handlers = {
    ...ofRequests,
    async deleteRun(params: NamedRun) {
      const response = await ofRequests.deleteRun(params);
      if (response.kind === 'done') listChanged();
      return response;
    },
  };
  for (const name of Object.keys(requests) as (keyof typeof requests)[]) connection.onRequest(requests[name].method, handlers[name] as (params: never) => Promise<unknown>);

  const report = (error: Error): void => connection.console.error(error.stack ?? error.message);
  results.connect({
    views,
    mayRun,
    live: registry.all,
    onError: report,
    onResponse: (uri) => void checkAgain(services, (document) => document.uri.toString() === uri, DocumentState.Linked).catch(report),
  });
  results.onChange(() => refreshFeatures(connection));
  checks.connect({ views, mayRun, onError: report, onFindings: (uri) => void checkAgain(services, (document) => document.uri.toString() === uri, DocumentState.Linked).catch(report) });
  const checkFilesOf = async (uri: string): Promise<void> => {
    const place = files.placeOf(uri);
    const contents = place && (await files.read(place.uri));
    if (contents?.kind === 'cases') await checks.check(URI.parse(uri), contents.cases);
  };
  const { TextDocuments } = services.shared.workspace;
  TextDocuments.onDidOpen(({ document }) => void checkFilesOf(document.uri).catch(report));
  TextDocuments.onDidSave(({ document }) => void checkFilesOf(document.uri).catch(report));
  TextDocuments.onDidClose(({ document }) => checks.forget(URI.parse(document.uri)));

  const resumed = new Set<string>();
  const resume = (uri: string): void => {
    if (!mayRun() || resumed.has(uri)) return;
    resumed.add(uri);
    resumeInterrupted(uri, files, ofRequests).catch(report);
  };
  connection.onNotification(notifications.trust.method, ({ trusted }: TrustParams) => {
    settings.change({ trusted });
    if (!mayRun()) for (const { run } of registry.all()) void registry.cancel(run);
    else void files.known().then((uris) => uris.forEach(resume));
    listChanged();
  });

  const changedFolders = new Set<string>();
  const textsChanged = createThrottle<undefined>(throttleMs, () => {
    const folders = [...changedFolders];
    changedFolders.clear();
    ofRequests.followRenames(folders).catch(report).finally(listChanged);
  });
  const changeTexts = (uris: readonly URI[]): void => {
    const places = uris.flatMap((uri) => files.placeOf(uri.toString()) ?? []);
    places.forEach(({ folder }) => changedFolders.add(folder));
    // Cases may have been added or removed, and other runs may be stale now.
    if (places.length > 0) textsChanged.offer(undefined);
  };
  const recordsChanged = createThrottle<undefined>(throttleMs, listChanged);
  const recordChanged = (folder: string): void => {
    // The server sends notifications about its own runs anyway.
    if (!registry.all().some(({ place }) => place.folder === folder)) recordsChanged.offer(undefined);
  };
  const watchRecords = createRecordWatch(recordChanged);
  // Of each document: a build that is cancelled does not notify the listeners of builds.
  DocumentBuilder.onDocumentPhase(DocumentState.Validated, ({ uri }) => {
    const place = files.placeOf(uri.toString());
    if (place === undefined) return;
    resume(place.uri);
    if (!mayRun()) return;
    watchRecords(place.folder);
    changeTexts([uri]);
  });
  DocumentBuilder.onUpdate((_changed, deleted) => changeTexts(deleted));
  followFiles(connection, services, {
    onRename(from, to) {
      const place = files.placeOf(from);
      const renamed = place && mayRun() && renameWithin(place.file, URI.parse(to).fsPath);
      if (renamed && existsSync(join(place.folder, 'runs'))) renames.note(place.folder, renamed.from, renamed.to);
    },
    onRunRecord(folder) {
      watchRecords(folder);
      recordChanged(folder);
    },
  });
}

/** Lenses and hints include runs. Clients without support for a refresh request them again on their own. */
function refreshFeatures(connection: Connection): void {
  const unable = (): void => {};
  connection.languages.inlayHint.refresh().catch(unable);
  connection.sendRequest('workspace/codeLens/refresh').catch(unable);
}
