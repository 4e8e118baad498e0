/*
 * Live previews: the designs of one exceptional image with the settings of an edited file. Values, maps and threads
 * are kept between requests. A newer version stops older requests for the same image at their next step; equal
 * requests share one response.
 */
import { failure, success, type Result } from '#domain/finding';
import { mapNames } from '#domain/explanation';
import type { StageName } from '#domain/stages';
import { Cancelled, gatherImages, keyOfStage, mapsOfImages, previewCase, selectOutliers, storedNativeMaps, type CancellationSignal, type NativeMaps, type StoredCase } from '#engine/api';
import { isOfCase, readRecords } from '#runner/history/record-files';
import { formatNumber } from '#units/format-quantity';
import type { RunExecutor } from '#runner/jobs/thread-executor';
import type { OpenFolder } from './open-folders';
import { resultOf } from './view';
import type { ViewsResponse, ViewsRequest } from './views-process';
import { wireDesign, wireImages, wireOrigin } from './wire';

/** Images whose maps are kept, by network or test, method and layers or scales. */
const keptMaps = 16;

/** The values that every preview needs; it computes those of later stages itself. With a network it needs that, too. */
const basis = { images: 'generate', tests: 'solve' } as const satisfies Record<string, StageName>;

export function createPreviews(executor: RunExecutor): (folder: OpenFolder | undefined, request: ViewsRequest<'preview'>) => Promise<ViewsResponse<'preview'>> {
  const computed = new Map<string, readonly NativeMaps[]>();
  const going = new Map<string, Going>();

  const mapsOf = async (stored: StoredCase, last: StoredCase | undefined, image: number): Promise<Result<readonly NativeMaps[]>> => {
    const { explain, objective } = stored.problem;
    const kept = storedMaps(stored, stored, image) ?? (last && storedMaps(last, stored, image));
    if (kept) return success(kept);
    const name = JSON.stringify([mapsKey(stored), image, objective, mapNames(explain), explain.method === 'exact' && explain.contribution, explain.method]);
    const known = computed.get(name);
    if (known) return success(known);
    const maps = await mapsOfImages(executor, gatherImages(stored.read('images')!.images, [image]), stored.read('learned'), stored.problem, explain);
    if (!maps.ok) return maps;
    computed.set(name, maps.value.layers);
    for (const oldest of [...computed.keys()].slice(0, -keptMaps)) computed.delete(oldest);
    return success(maps.value.layers);
  };

  const compute = async (folder: OpenFolder | undefined, { file, current, image: wanted }: ViewsRequest<'preview'>, signal: CancellationSignal): Promise<ViewsResponse<'preview'>> => {
    if (!folder) return { kind: 'needs-run', stage: 'generate' };
    const stored = folder.stored(current);
    const missing = Object.entries(basis).find(([name]) => stored.read(name as keyof typeof basis) === undefined);
    if (missing) return { kind: 'needs-run', stage: missing[1] };
    if (stored.problem.explain.method !== 'exact' && stored.read('learned') === undefined) return { kind: 'needs-run', stage: 'learn' };
    try {
      const last = lastResult(folder, file, stored);
      const image = imageFor(stored, last, wanted);
      if (!image.ok) return { kind: 'refused', findings: image.findings };
      const layers = await mapsOf(stored, last, image.value);
      if (!layers.ok) return { kind: 'refused', findings: layers.findings };
      signal.throwIfAborted();
      const given = { images: stored.read('images')!, tests: stored.read('tests')!, image: image.value, layers: layers.value };
      const preview = await previewCase(stored.problem, given, { executor, signal });
      if (!preview.ok) return { kind: 'refused', findings: preview.findings };
      signal.throwIfAborted();
      const { designs, cells, skeletons, regions, failures } = preview.value;
      return {
        kind: 'designs',
        image: image.value,
        designs: designs.map((design) => ({ origin: wireOrigin(design), ...wireDesign(design) })),
        images: wireImages(cells),
        ...(skeletons && { skeletons: wireImages(skeletons) }),
        regions: wireImages(regions),
        refusals: failures,
      };
    } catch (error) {
      if (error instanceof Cancelled) return { kind: 'superseded' };
      throw error;
    }
  };

  return async (folder, request) => {
    const { file, current, image } = request;
    const about = JSON.stringify([file, current.case.name, image]);
    const settings = JSON.stringify(current);
    const before = going.get(about);
    if (before?.settings === settings) return before.response;
    const signal = {
      get aborted() {
        return going.get(about)?.settings !== settings;
      },
      throwIfAborted() {
        if (this.aborted) throw new Cancelled('a newer preview was requested');
      },
    };
    const response = Promise.resolve().then(() => compute(folder, request, signal));
    const mine = { settings, response };
    going.set(about, mine);
    try {
      return await response;
    } finally {
      if (going.get(about) === mine) going.delete(about);
    }
  };
}

/** A request in progress. */
interface Going {
  readonly settings: string;
  readonly response: Promise<ViewsResponse<'preview'>>;
}

/** The wanted image, if it is exceptional; by default the one that the best design came from, else the most exceptional one. */
function imageFor(stored: StoredCase, last: StoredCase | undefined, wanted: number | undefined): Result<number> {
  const outliers = stored.read('outliers') ?? selectOutliers(stored.read('tests')!, stored.problem);
  if (outliers.length === 0) {
    return failure('no-outliers', `No image is among the best ${formatNumber(100 * stored.problem.explain.outlierShare)} % in every direction at once.`, 'Make the database larger or the share of outliers larger.');
  }
  if (wanted !== undefined) {
    if (outliers.includes(wanted)) return success(wanted);
    return failure('image-not-exceptional', `Image ${wanted} is not among the exceptional images, so no design comes from it.`, 'Choose an exceptional image, or make the share of outliers larger.');
  }
  const source = last && resultOf(last).arms[0].designs[0]?.source;
  const best = source !== undefined && 'image' in source ? source.image : undefined;
  return success(best !== undefined && outliers.includes(best) ? best : outliers[0]!);
}

/** The stored maps of the image from a case with this network or test, and with this method and objective; they do not depend on thresholds. */
function storedMaps(from: StoredCase, { problem }: StoredCase, image: number): readonly NativeMaps[] | undefined {
  const { explain, objective } = problem;
  const fixing = ({ explain: of, objective: aim }: StoredCase['problem']): string => JSON.stringify([aim, of.method, of.method === 'exact' && of.contribution]);
  return fixing(from.problem) === fixing(problem) ? storedNativeMaps(from, image, mapNames(explain), objective.directions.length) : undefined;
}

/** The key of what maps are made from: of the network, or without one of the tested images. */
function mapsKey({ keys, problem }: StoredCase): string {
  return keyOfStage(keys, { stage: problem.explain.method === 'exact' ? 'solve' : 'learn' });
}

/** The newest run with a result from the same network, or without one from the same tested images. */
function lastResult(folder: OpenFolder, file: string, stored: StoredCase): StoredCase | undefined {
  for (const found of readRecords(folder.path)) {
    const { record } = found;
    if (record.state !== 'finished' || !isOfCase(found, file, stored.problem.name)) continue;
    const earlier = folder.stored(record.specification, record.overrides);
    if (mapsKey(earlier) === mapsKey(stored) && !earlier.missing()) return earlier;
  }
  return undefined;
}
