/* What the server and the process of views say to each other: numbered questions and their answers. */
import type { RunId } from '#domain/run-state';
import type { VirtualTestKind } from '#domain/virtual-tests';
import type { CaseSpecification } from '#language/specification';
import type { PreviewResponse } from '#protocol/preview';
import type { RunSummary } from '#protocol/runs';
import type { SimulateResponse } from '#protocol/preview';
import type { ViewResponse, ViewQuery } from '#protocol/views';
import type { LastResult } from '../last-results';

/** All kinds of questions. `file` is the path of the specification, `folder` that of its run folder. */
export interface QuestionTable {
  /** All runs in a run folder; `cases` is what the texts beside it say now, those that have no errors. */
  readonly runs: {
    readonly question: { readonly folder: string; readonly cases: readonly { readonly file: string; readonly specification: CaseSpecification }[] };
    /** `file` without its folder. */
    readonly answer: readonly (RunSummary & { readonly file: string })[];
  };
  readonly view: {
    readonly question: {
      readonly folder: string;
      readonly file: string;
      readonly caseName: string;
      readonly run?: RunId;
      /** What the text says now; absent when it is broken, or has no such case. */
      readonly current?: CaseSpecification;
      readonly broken: boolean;
      readonly wanted: ViewQuery;
    };
    readonly answer: Unrevised<ViewResponse>;
  };
  /** What the text itself shows of the last run of each case, by its name. */
  readonly lastResults: {
    readonly question: { readonly folder: string; readonly file: string; readonly cases: readonly CaseSpecification[] };
    readonly answer: { readonly [caseName: string]: LastResult };
  };
  /** A newer text makes older questions about the same image `superseded`. */
  readonly preview: {
    readonly question: { readonly folder: string; readonly file: string; readonly current: CaseSpecification; readonly image?: number };
    readonly answer: Unrevised<PreviewResponse>;
  };
  readonly simulate: {
    readonly question: { readonly current: CaseSpecification; readonly image: string; readonly test?: VirtualTestKind; readonly whiteAbove?: number };
    readonly answer: SimulateResponse;
  };
}

export type QuestionName = keyof QuestionTable;
export type Question<N extends QuestionName> = QuestionTable[N]['question'];
export type Answer<N extends QuestionName> = QuestionTable[N]['answer'];

/** Revisions and versions are the server's. */
export type Unrevised<T> = T extends unknown ? Omit<T, 'revision' | 'version' | 'milliseconds'> : never;

export interface AskedQuestion<N extends QuestionName = QuestionName> {
  readonly id: number;
  readonly name: N;
  readonly question: Question<N>;
}

export type GivenAnswer =
  | { readonly id: number; readonly answer: Answer<QuestionName> }
  /** A fault of ours. */
  | { readonly id: number; readonly fault: string };
