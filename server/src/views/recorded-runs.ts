/* What the records of a run folder contain: the list of runs, and the last result of each case for lenses and hints. */
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CaseOverrides } from '#domain/case';
import { relativeDifference, type Property } from '#domain/objective';
import type { RunState, StageStatus } from '#domain/run-state';
import { placeOf, placeText, type StagePlace } from '#domain/stages';
import { caseKeys, firstDifference, keyOfStage, openStoredCase, propertyOf, type CaseKeys, type VirtualTestResult } from '#engine/api';
import type { CaseSpecification } from '#language/specification/specification';
import type { ResultFiles, RunSummary } from '#protocol/runs';
import { isOfCase, readRecords, type CaseName, type FoundRecord } from '#runner/history/record-files';
import type { RunRecord } from '#runner/history/run-record';
import { keyOfDescription } from '#runner/codec/canonical-json';
import { recallImages } from '#runner/images/recall-images';
import { resolveCase } from '#runner/weights/pretrained-file';
import type { ImageExtremes, LastResult } from '../last-results';
import type { OpenFolder } from './open-folders';
import type { ViewsRequest, ViewsResponse } from './views-process';

/** All runs in a run folder, the newest first. */
export function listRuns({ folder, cases }: ViewsRequest<'runs'>): ViewsResponse<'runs'> {
  const current = new Map<string, CaseKeys>(cases.map(({ file, specification }) => [keyOf({ file: basename(file), case: specification.case.name }), keysOf(recalled(specification, folder))]));
  // Each run overwrites the tables and images of its case: they belong to the newest.
  const written = new Set<string>();
  return readRecords(folder).map((found) => {
    const { record, owner } = found;
    const { results } = record;
    const isNewest = results !== undefined && !written.has(results);
    if (isNewest) written.add(results);
    const own = keysOf(record.specification, record.overrides);
    const keys = current.get(keyOf(owner));
    const staleFrom = keys && firstDifference(keys, own);
    // Records contain the path where results were written; the folder may have been moved since.
    const { variant } = record.specification;
    return { ...summaryOf(found, own), ...owner, ...(variant && { variant }), ...(staleFrom && { staleFrom }), ...(isNewest && { files: filesIn(join(folder, 'results', ofStudy(record, results))) }) };
  });
}

/** A path below the folder of all results: a case has a folder there, a variant one in that of its study. */
function ofStudy({ specification: { variant } }: RunRecord, results: string): string {
  return variant ? join(basename(dirname(results)), basename(results)) : basename(results);
}

function keyOf({ file, case: name }: CaseName): string {
  return `${file}\n${name}`;
}

/** The case as it is now, with what the run folder remembers of its files. */
function recalled(specification: CaseSpecification, folder: string): CaseSpecification {
  return { ...specification, case: recallImages(specification.case, folder) };
}

function keysOf(specification: CaseSpecification, overrides: RunRecord['overrides'] = {}): CaseKeys {
  return caseKeys(resolveCase(specification.case, overrides), keyOfDescription);
}

function summaryOf(found: FoundRecord, keys: CaseKeys): Omit<RunSummary, 'case'> {
  const { record } = found;
  const { best } = record;
  const state = stateOf(found);
  return {
    run: record.run,
    state,
    startedBy: record.startedBy,
    ...(record.executor && { executor: record.executor }),
    started: record.started,
    ...(record.ended !== undefined && { ended: record.ended }),
    until: record.until,
    stages: [...keys.values()].map((place) => stageSummary(record, place, state)),
    ...(best && { best }),
  };
}

function stateOf({ record, interrupted }: FoundRecord): RunState {
  if (interrupted) return { kind: 'interrupted' };
  const { state, until, findings, stages } = record;
  if (state === 'finished') return { kind: 'finished', until, findings };
  if (state === 'failed') return { kind: 'failed', findings };
  if (state !== 'running') return { kind: state };
  const last = stages.at(-1);
  return { kind: 'running', done: 0, total: 0, ...(last && placeOf(last)) };
}

/** A stage that was running when its run ended is queued again. */
function stageSummary({ stages }: RunRecord, of: StagePlace, { kind }: RunState): StageStatus {
  const place = placeOf(of);
  const known = stages.find((each) => placeText(each) === placeText(place));
  if (!known || (known.state === 'running' && kind !== 'running')) return { ...place, state: 'queued' };
  const { state, seconds, reused } = known;
  return { ...place, state, ...(seconds !== undefined && { seconds }), ...(reused && { reused }) };
}

function filesIn(results: string): ResultFiles {
  const uri = (path: string): string => pathToFileURL(path).href;
  return { folder: uri(results), report: uri(join(results, 'report.html')), designs: uri(join(results, 'designs.csv')) };
}

type Images = NonNullable<LastResult['images']>;

/** The extremes of tested databases by the key of their tests: many cases share one. */
const extremesOf = new Map<string, Images>();

/** One entry per case that has run, by its name. */
export function lastResults(folder: OpenFolder | undefined, { folder: path, file, cases }: ViewsRequest<'lastResults'>): ViewsResponse<'lastResults'> {
  const records = readRecords(path);
  return Object.fromEntries(
    cases.map((specification) => recalled(specification, path)).flatMap((specification) => {
      const own = records.filter((found) => isOfCase(found, file, specification.case.name));
      const images = folder && imagesOf(folder, specification);
      return own.length === 0 ? [] : [[specification.case.name, { ...resultOf(own, specification), ...(images && { images }) }]];
    }),
  );
}

/** The state of the newest run, and the numbers of the newest run that has some. */
function resultOf(records: readonly FoundRecord[], specification: CaseSpecification): LastResult {
  const newest = records[0]!;
  const keysOf = (of: CaseSpecification, overrides?: CaseOverrides) => caseKeys(resolveCase(of.case, overrides), keyOfDescription);
  const isStale = ({ record }: FoundRecord): boolean => firstDifference(keysOf(specification), keysOf(record.specification, record.overrides)) !== undefined;
  const found = records.find(({ record }) => record.best !== undefined) ?? newest;
  const { best, designs } = found.record;
  return {
    state: newest.interrupted ? 'interrupted' : newest.record.state,
    ...(designs && { designs }),
    ...(best && { best: { value: best.objectiveValue, ...(best.percentOfLimit !== undefined && { percentOfLimit: best.percentOfLimit }), ...(isStale(found) && { stale: true }) } }),
    hasReport: found.record.results !== undefined,
    ...(isStale(newest) && { stale: true }),
    ...(records.some((each) => each.record.state === 'finished' && each.record.until === 'validate' && !isStale(each)) && { complete: true }),
  };
}

/** The extremes of the images of a case, once they are tested. */
function imagesOf({ store }: OpenFolder, specification: CaseSpecification): Images | undefined {
  const stored = openStoredCase(resolveCase(specification.case), store);
  const key = keyOfStage(stored.keys, { stage: 'solve' });
  const known = extremesOf.get(key);
  if (known) return known;
  const tests = stored.read('tests');
  if (!tests) return undefined;
  const images = measure(tests);
  extremesOf.set(key, images);
  return images;
}

function measure(tests: readonly VirtualTestResult[]): Images {
  // A void may leave single images without a value.
  const has = (name: 'youngsModulus' | 'poissonRatio' | 'thermalExpansion'): boolean => tests.some((test) => test[name] !== undefined);
  return {
    ...(has('youngsModulus') && { 'youngs-modulus': measureProperty(tests, 'youngs-modulus') }),
    ...(has('poissonRatio') && { 'poisson-ratio': measureProperty(tests, 'poisson-ratio') }),
    ...(has('thermalExpansion') && { 'thermal-expansion': measureProperty(tests, 'thermal-expansion') }),
  };
}

function measureProperty(tests: readonly VirtualTestResult[], property: Property): ImageExtremes {
  let [highest, lowest, leastDifference] = [-Infinity, Infinity, Infinity];
  for (const test of tests) {
    const value = propertyOf(test, property);
    const { x, y } = value;
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    highest = Math.max(highest, Math.min(x, y));
    lowest = Math.min(lowest, Math.max(x, y));
    leastDifference = Math.min(leastDifference, relativeDifference(value));
  }
  return { highest, lowest, leastDifference };
}
