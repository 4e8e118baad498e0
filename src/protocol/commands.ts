/*
 * Commands that code lenses of the server name and the editor carries out. Arguments come in the order
 * of the type; `uri` is the specification's.
 */

/** Name of each command in the editor. */
export const commands = {
  /** `CaseArguments`: from the start, or from where the last run stopped. */
  run: 'xdesign.run',
  /** `CaseArguments`: the editor asks up to which stage. */
  runUntil: 'xdesign.runUntil',
  /** `CaseArguments`: the designs of unsaved text, without a new training. */
  preview: 'xdesign.preview',
  /** `CaseArguments`: beside another case or another run. */
  compare: 'xdesign.compare',
  /** `CaseArguments`: the report of the last run. */
  openReport: 'xdesign.openReport',
  /** `CaseArguments`: what the last run did, or what the present one is doing. */
  showRun: 'xdesign.showRun',
  /** `DatabaseArguments`: draws and tests the images. */
  generate: 'xdesign.generate',
  /** `DatabaseArguments`: the images page by page. */
  browse: 'xdesign.browse',
  /** `ReferencesArguments`: the editor's own list of places. */
  showReferences: 'xdesign.showReferences',
} as const;

export type CommandName = (typeof commands)[keyof typeof commands];

export type CaseArguments = readonly [uri: string, caseName: string];
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
