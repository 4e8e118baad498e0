/* Selects the run that a view shows, and finds out whether its values are current. */
import type { StagePlace } from '#domain/stages';
import { caseKeys, findingsOfTests, firstDifference, type StoredCase } from '#engine/api';
import type { ViewName } from '#protocol/views';
import { isOfCase, readRecord, readRecords } from '#runner/history/record-files';
import type { RunExecutor } from '#runner/jobs/thread-executor';
import { keyOfDescription } from '#runner/codec/canonical-json';
import { recallImages } from '#runner/images/recall-images';
import { resolveCase } from '#runner/weights/pretrained-file';
import { olderRun, unknownRun } from '#server/runs/refusals';
import { databaseView, fileImagesView, scatterView } from './database-views';
import { designView, fileView, galleryView, resultView, skeletonView } from './design-views';
import { heatMapView } from './network-views';
import { emptyFolder, type OpenFolder } from './open-folders';
import { trainingView } from './network-views';
import { optimizationStartView, optimizationView } from './optimization-views';
import type { View } from './view';
import type { ViewsResponse, ViewsRequest } from './views-process';

const views: { readonly [N in ViewName]: View<N> } = {
  result: resultView,
  gallery: galleryView,
  design: designView,
  file: fileView,
  heatMap: heatMapView,
  skeleton: skeletonView,
  scatter: scatterView,
  database: databaseView,
  fileImages: fileImagesView,
  training: trainingView,
  optimization: optimizationView,
  optimizationStart: optimizationStartView,
};

interface Candidate {
  readonly run?: string;
  /** A finished run of a version whose designs are stored in another form. */
  readonly isOlder?: boolean;
  readonly stored: StoredCase;
}

/** The view of the named run, or of the first run with the values that it needs: the newest first, the settings of the file last. */
export async function buildView(folder: OpenFolder | undefined, request: ViewsRequest<'view'>, executor: RunExecutor): Promise<ViewsResponse<'view'>> {
  const { wanted, current, broken } = request;
  if (request.run !== undefined && !readRecord(request.folder, request.run)) return { kind: 'refused', findings: [unknownRun] };
  // The table has one row per name; the compiler cannot see that name and query belong together.
  const view = views[wanted.view] as View<ViewName>;
  const opened = folder ?? (view.withoutFolder ? emptyFolder(request.folder) : undefined);
  if (!opened) return { kind: 'waiting', stage: 'generate' };
  let waiting: StagePlace | undefined;
  let older = false;
  for (const { run, isOlder = false, stored } of candidatesFor(opened, request)) {
    const missing = view.missing(stored);
    if (missing) {
      // The awaited stage is that of the newest run.
      if (!waiting) older = isOlder;
      waiting ??= missing;
      continue;
    }
    const content = await view.make(wanted.query as never, { stored, store: opened.store, executor, folder: request.folder, ...(current && { current }) });
    if (!content.ok) return { kind: 'refused', findings: content.findings };
    const staleFrom = current && firstDifference(caseKeys(resolveCase(recallImages(current.case, opened.path)), keyOfDescription), stored.keys);
    const findings = findingsOfTests({ tests: stored.read('tests'), cells: stored.problem.arms.flatMap(({ name }) => stored.readArm(name, 'cellTests') ?? []) });
    return {
      kind: 'view',
      ...(run !== undefined && { run }),
      ...(staleFrom && { staleFrom }),
      ...(broken && { broken }),
      ...(findings.length > 0 && { findings }),
      content: content.value,
    };
  }
  if (older) return { kind: 'refused', findings: [olderRun] };
  return { kind: 'waiting', ...(waiting ?? { stage: 'generate' }) };
}

/** The values of the named run, or of all runs of a case, the newest first, and last those of its settings in the file. */
export function* candidatesFor(folder: OpenFolder, { file, caseName, run, current }: Pick<ViewsRequest<'view'>, 'file' | 'caseName' | 'run' | 'current'>): Generator<Candidate> {
  const found = run === undefined ? readRecords(folder.path) : [readRecord(folder.path, run)!];
  for (const { record } of found.filter((each) => isOfCase(each, file, caseName))) {
    yield { run: record.run, isOlder: record.upgraded === true && record.state === 'finished' && record.until === 'validate', stored: folder.stored(record.specification, record.overrides) };
  }
  if (run === undefined && current) yield { stored: folder.stored(current) };
}
