/* Requests that start, resume, cancel, delete or adopt runs. */
import { basename, dirname } from 'node:path';
import type { CaseSpecification } from '#language/specification/specification';
import type { AdoptRunsParams, ChangeResponse, NamedRun, ResumeRunParams, StartRunResponse, StartRunParams, StartStudyParams } from '#protocol/runs';
import type { Finding } from '#domain/finding';
import type { BatchSystem } from '#domain/run-state';
import { deleteRecord, readRecord, readRecords, type FoundRecord } from '#runner/history/record-files';
import { hasCase, type CaseFiles } from '#server/cases/case-files';
import type { RenameFollower } from '#server/cases/rename-follower';
import type { Opened, OpenCases } from './open-cases';
import { notDeletable, notOfThisServer, notResumable, otherFolder, runEnded, runsElsewhere, unknownRun, whyNotResumable } from '#server/runs/refusals';
import type { RequestedCase, RunRegistry, RunRequest } from '#server/runs/run-registry';
import { planStudy } from '#server/runs/study-runs';
import { unknownStudy } from '#runner/study/refusals';

export interface ChangeParts extends OpenCases {
  readonly files: CaseFiles;
  readonly registry: RunRegistry;
  readonly renames: RenameFollower;
  readonly blocker: () => Finding | undefined;
}

export interface RunChanges {
  startRun(params: StartRunParams): Promise<StartRunResponse>;
  startStudy(params: StartStudyParams): Promise<StartRunResponse>;
  resumeRun(params: ResumeRunParams): Promise<StartRunResponse>;
  cancelRun(params: NamedRun): Promise<ChangeResponse>;
  deleteRun(params: NamedRun): Promise<ChangeResponse>;
  adoptRuns(params: AdoptRunsParams): Promise<ChangeResponse>;
}

const done: ChangeResponse = { kind: 'done' };
const refuse = (...findings: readonly Finding[]): { readonly kind: 'refused'; readonly findings: readonly Finding[] } => ({ kind: 'refused', findings });

export function changeRuns({ open, openCase, files, registry, renames, blocker }: ChangeParts): RunChanges {
  return {
    async startRun(params) {
      const opened = await openCase(params);
      if (!opened.ok) return refuse(...opened.findings);
      return registry.begin({ place: opened.place, cases: [{ specification: opened.specification }], until: params.until ?? 'validate', ...elsewhere(params), ...(params.wait && { wait: true }) });
    },

    async startStudy({ uri, study: name, wait, executor }) {
      const opened = await open(uri);
      if (!opened.ok) return refuse(...opened.findings);
      const { place, contents } = opened;
      if (contents.kind === 'broken') return refuse(...contents.findings);
      const study = contents.studies.find((each) => each.name === name);
      if (!study) return refuse(unknownStudy(name, contents.studies));
      const { variants, ...head } = study;
      const planned = planStudy(study, place.file, readRecords(place.folder));
      // A study that has finished runs again as a whole: everything is taken from the store.
      const cases = planned.every(({ finished }) => finished) ? variants.map((specification) => ({ specification })) : planned;
      const before = planned.find(({ resumed }) => resumed?.record.state === 'running')?.resumed!.record.process;
      return registry.begin({ place, study: head, cases, until: 'validate', ...(before && { before }), ...elsewhere({ executor }), ...(wait && { wait }) });
    },

    async resumeRun({ uri, run, wait }) {
      const opened = await open(uri);
      if (!opened.ok) return refuse(...opened.findings);
      const found = readRecord(opened.place.folder, run);
      if (!found) return refuse(unknownRun);
      const reason = registry.find(run) ? 'is running or queued' : whyNotResumable(found);
      if (reason !== undefined) return refuse(notResumable(reason));
      const { until, process: before } = found.record;
      const rest = { until, before, ...elsewhere(found.record), ...(wait && { wait }) };
      if (isGone(opened, found)) {
        const { specification, ...asBefore } = asItWas(opened, found);
        return registry.begin({ ...asBefore, cases: [{ specification, run }], ...rest });
      }
      const ofCase = await openCase({ uri, case: found.owner.case });
      return ofCase.ok ? registry.begin({ place: ofCase.place, cases: [{ specification: ofCase.specification, run }], ...rest }) : refuse(...ofCase.findings);
    },

    async cancelRun({ uri, run }) {
      if (await registry.cancel(run)) return done;
      const place = files.placeOf(uri);
      const found = place && readRecord(place.folder, run);
      if (found && !runsElsewhere(found)) return refuse(runEnded);
      return refuse(found ? notOfThisServer(found.record.process.processId, found.record.startedBy) : unknownRun);
    },

    async deleteRun({ uri, run }) {
      const place = files.placeOf(uri);
      const blocking = blocker();
      if (blocking) return refuse(blocking);
      // A run that has just been started has no record yet.
      if (registry.find(run)) return refuse(notDeletable);
      const found = place && readRecord(place.folder, run);
      if (!found) return refuse(unknownRun);
      if (runsElsewhere(found)) return refuse(notDeletable);
      return deleteRecord(place.folder, run) ? done : refuse(unknownRun);
    },

    async adoptRuns({ from, to }) {
      const heir = await openCase(to);
      if (!heir.ok) return refuse(...heir.findings);
      const source = files.placeOf(from.uri);
      if (source?.folder !== heir.place.folder) return refuse(otherFolder(source === undefined ? from.uri : dirname(source.folder)));
      renames.note(heir.place.folder, { file: basename(source.file), case: from.case }, { file: basename(heir.place.file), case: to.case });
      return done;
    },
  };
}

/** Where jobs are computed, if not on this machine. */
function elsewhere({ executor }: { readonly executor?: BatchSystem | undefined }): { readonly executor?: BatchSystem } {
  return executor ? { executor } : {};
}

/** Whether the case of a run, or its whole file, is gone. */
function isGone({ contents }: Opened, { owner }: FoundRecord): boolean {
  return (contents.kind === 'cases' || contents.missing === true) && !hasCase(contents, owner.case);
}

/** A run of a case that is gone is resumed with its recorded settings. */
function asItWas({ place }: Opened, { owner, record: { specification, overrides } }: FoundRecord): Pick<RunRequest, 'place' | 'overrides'> & RequestedCase {
  const renamed: CaseSpecification = { ...specification, place: { ...specification.place, file: place.file }, case: { ...specification.case, name: owner.case } };
  return { place, specification: renamed, overrides };
}
