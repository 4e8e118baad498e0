/* Why a request about runs is refused. */
import type { CaseSpecification } from '#language/specification';
import type { WireFinding } from '#protocol/vocabulary';

export const notTrusted: WireFinding = {
  code: 'workspace-not-trusted',
  severity: 'error',
  message: 'This workspace is not trusted, so nothing runs and no results are read.',
  wayOut: 'Trust the workspace, if you know where its files come from.',
};

/** Runs and stores need node:sqlite, which this Node does not have. */
export const nodeTooOld: WireFinding = {
  code: 'node-too-old',
  severity: 'error',
  message: `Node ${process.versions.node}, which runs this language server, has no node:sqlite, so nothing runs and no results are read.`,
  wayOut: 'Start the server with Node 22.13 or newer (24 is recommended).',
};

export const noRunFolder: WireFinding = {
  code: 'not-on-disk',
  severity: 'error',
  message: 'This text is on no disk, so there is no folder for its runs.',
  wayOut: 'Save it as a file.',
};

export const unknownRun: WireFinding = {
  code: 'unknown-run',
  severity: 'error',
  message: 'There is no such run; it may have been deleted.',
  wayOut: 'Choose another from the list of runs.',
};

export function unknownCase(name: string, cases: readonly CaseSpecification[]): WireFinding {
  const names = cases.map((each) => `"${each.name}"`).join(', ');
  return { code: 'unknown-case', severity: 'error', message: `There is no case "${name}".`, wayOut: `The file has ${names}.` };
}

export function notResumable(why: string): WireFinding {
  return { code: 'run-not-resumable', severity: 'error', message: `This run ${why}, so there is nothing to go on with.`, wayOut: 'Start a new run: it takes from the store what is there.' };
}

export function alreadyRuns(name: string): WireFinding {
  return {
    code: 'case-already-runs',
    severity: 'error',
    message: `Case "${name}" runs or waits already.`,
    wayOut: 'Wait until it ends, or cancel it and run again.',
  };
}
