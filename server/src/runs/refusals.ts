/* Why a request about runs is refused. */
import type { Finding } from '#domain/finding';
import type { CaseSpecification } from '#language/specification/specification';
import type { FoundRecord } from '#runner/history/record-files';
import type { RunStarter } from '#runner/history/run-record';

export const notTrusted: Finding = {
  code: 'workspace-not-trusted',
  severity: 'error',
  message: 'This workspace is not trusted, so nothing runs and no results are read.',
  remedy: 'Trust the workspace, if you know where its files come from.',
};

/** Runs and stores need node:sqlite, which this Node does not have. */
export const nodeTooOld: Finding = {
  code: 'node-too-old',
  severity: 'error',
  message: `Node ${process.versions.node}, which runs this language server, has no node:sqlite, so nothing runs and no results are read.`,
  remedy: 'Start the server with Node 22.13 or newer (24 is recommended).',
};

export const noRunFolder: Finding = {
  code: 'not-on-disk',
  severity: 'error',
  message: 'This file is not saved on disk, so it has no run folder.',
  remedy: 'Save it as a file.',
};

/** For files that a request wants to have written. */
export const targetElsewhere: Finding = {
  code: 'not-on-disk',
  severity: 'error',
  message: 'This folder is not on a disk of the machine where the language server runs, so nothing can be written into it.',
  remedy: 'Choose another folder.',
};

export const unknownRun: Finding = {
  code: 'unknown-run',
  severity: 'error',
  message: 'This run does not exist; it may have been deleted.',
  remedy: 'Choose another from the list of runs.',
};

export const olderRun: Finding = {
  code: 'run-of-older-version',
  severity: 'error',
  message: 'An earlier version of XDesign made this run, and stored its designs in another form.',
  remedy: 'Open its report, or run the case again: images, network and maps are taken from the store.',
};

export function unknownCase(name: string, cases: readonly CaseSpecification[]): Finding {
  const names = cases.map((each) => `"${each.case.name}"`).join(', ');
  return { code: 'unknown-case', severity: 'error', message: `There is no case "${name}".`, remedy: names === '' ? 'The file has no cases.' : `The file has ${names}.` };
}

export function notResumable(why: string): Finding {
  return { code: 'run-not-resumable', severity: 'error', message: `This run ${why}, so it cannot be resumed.`, remedy: 'Start a new run: stored results are reused.' };
}

/** Why a run cannot be resumed, as the middle of a sentence; undefined when it can. */
export function whyNotResumable(found: FoundRecord): string | undefined {
  if (found.record.state === 'finished') return 'has finished';
  return runsElsewhere(found) ? 'is running in another program' : undefined;
}

/** Whether a run is running or queued in a program that exists. */
export function runsElsewhere({ record: { state }, interrupted }: FoundRecord): boolean {
  return !interrupted && (state === 'running' || state === 'queued');
}

export const notDeletable: Finding = {
  code: 'run-not-deletable',
  severity: 'error',
  message: 'This run is running or queued, so it cannot be deleted.',
  remedy: 'Cancel it first, or wait until it ends.',
};

export const runEnded: Finding = {
  code: 'run-ended',
  severity: 'error',
  message: 'This run has ended already, so there is nothing to cancel.',
  remedy: 'Refresh the list of runs to see how it ended.',
};

export function notOfThisServer(processId: number, startedBy: RunStarter): Finding {
  const starter = startedBy === 'command' ? 'the command line' : 'another editor';
  return {
    code: 'run-not-of-this-editor',
    severity: 'error',
    message: `This run was started by ${starter} (process ${processId}), so it cannot be cancelled here.`,
    remedy: startedBy === 'command' ? 'Press Ctrl+C in its terminal.' : 'Cancel it there.',
  };
}

export function otherFolder(folder: string): Finding {
  return {
    code: 'other-run-folder',
    severity: 'error',
    message: `These runs are stored in the folder ${folder}, so only a case of a file in that folder can have them.`,
    remedy: 'Move the file into that folder, then choose its case again.',
  };
}

export function alreadyRuns(name: string): Finding {
  return {
    code: 'case-already-runs',
    severity: 'error',
    message: `Case "${name}" is running or queued already.`,
    remedy: 'Wait until it ends, or cancel it and run again.',
  };
}

/** Another program uses the folder: `finding` is the runner's, with the remedy replaced by one for editors. */
export function folderInUse({ code, severity, message }: Finding): Finding {
  return { code, severity, message, remedy: 'Wait until that run ends, or end it, and run again.' };
}
