/* The runs of a file as its records tell them. */
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { RunState, StageStatus } from '#domain/run-state';
import { placeOf, placeText, type StagePlace } from '#domain/stages';
import { caseKeys, firstDifference, type CaseKeys } from '#engine/api';
import type { CaseSpecification } from '#language/specification';
import type { ResultFiles, RunSummary } from '#protocol/runs';
import { type CaseName, type FoundRecord, readRecords } from '#runner/history/record-files';
import type { RunRecord } from '#runner/history/run-record';
import { keyOfDescription } from '#runner/store/store';
import { resolveCase } from '#runner/weights/pretrained-file';
import type { Answer, Question } from './views-messages';

/** All runs in a run folder, the newest first. */
export function listRuns({ folder, cases }: Question<'runs'>): Answer<'runs'> {
  const current = new Map<string, CaseKeys>(cases.map(({ file, specification }) => [keyOf({ file: basename(file), case: specification.case.name }), keysOf(specification)]));
  // Each run writes its case's tables and pictures anew: they belong to the newest.
  const written = new Set<string>();
  return readRecords(folder).map((found) => {
    const { record, owner } = found;
    const { results } = record;
    const isNewest = results !== undefined && !written.has(results);
    if (isNewest) written.add(results);
    const own = keysOf(record.specification, record.overrides);
    const keys = current.get(keyOf(owner));
    const staleFrom = keys && firstDifference(keys, own);
    // Records keep the path where results were written; the folder may have been moved with them since.
    return { ...summaryOf(found, own), ...owner, ...(staleFrom && { staleFrom }), ...(isNewest && { files: filesIn(join(folder, 'results', basename(results))) }) };
  });
}

function keyOf({ file, case: name }: CaseName): string {
  return `${file}\n${name}`;
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

/** A stage that was under way when its run ended waits again. */
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
