/*
 * Commands that the server's code lenses name and the editor executes. Arguments have the order of the type;
 * `uri` is that of the specification.
 */

/** Name of each command in the editor. */
export const commands = {
  /** `CaseArguments`: starts a run, which reuses stored results. */
  run: 'xdesign.run',
  /** `CaseArguments`: starts a run whose jobs are tasks of a cluster. */
  runOnCluster: 'xdesign.runOnCluster',
  /** `CaseArguments`: the editor lets the user choose the last stage. */
  runUntil: 'xdesign.runUntil',
  /** `CaseArguments`: shows the designs of the edited file, without a new training. */
  preview: 'xdesign.preview',
  /** `CaseArguments`: compares the case with another case or run. */
  compare: 'xdesign.compare',
  /** `CaseArguments`: opens the report of the last run. */
  openReport: 'xdesign.openReport',
  /** `CaseArguments`: shows the last run, or the active one. */
  showRun: 'xdesign.showRun',
  /** `StudyArguments`: runs the variants of a study that have not finished. */
  runStudy: 'xdesign.runStudy',
  /** `StudyArguments`: the same with the tasks of a cluster. */
  runStudyOnCluster: 'xdesign.runStudyOnCluster',
  /** `StudyArguments`: cancels a study that is running or queued. */
  cancelStudy: 'xdesign.cancelStudy',
  /** `StudyArguments`: shows the study in the list of runs. */
  showStudy: 'xdesign.showStudy',
  /** `StudyArguments`: opens the report of a study. */
  openStudyReport: 'xdesign.openStudyReport',
  /** `DatabaseArguments`: generates and tests the images. */
  generate: 'xdesign.generate',
  /** `DatabaseArguments`: shows the images page by page. */
  browse: 'xdesign.browse',
  /** `ReferencesArguments`: opens the editor's list of references. */
  showReferences: 'xdesign.showReferences',
} as const;

export type CommandName = (typeof commands)[keyof typeof commands];

export type CaseArguments = readonly [uri: string, caseName: string];
export type StudyArguments = readonly [uri: string, studyName: string];
export type DatabaseArguments = readonly [uri: string, databaseName: string];

/** Zero-based, as in LSP. */
export interface WirePosition {
  readonly line: number;
  readonly character: number;
}

export interface WireLocation {
  readonly uri: string;
  readonly range: { readonly start: WirePosition; readonly end: WirePosition };
}

export type ReferencesArguments = readonly [uri: string, position: WirePosition, locations: readonly WireLocation[]];
