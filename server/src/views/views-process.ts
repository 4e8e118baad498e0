/*
 * The views process, and its messages: numbered requests and their responses. It reads stores and computes what
 * panels show, so that the server's own thread does neither. The first request starts it, also after a crash.
 */
import { fork, type ChildProcess } from 'node:child_process';
import type { DataFormat, DataPart } from '#domain/data-exports';
import type { PlacedFinding, Result } from '#domain/finding';
import type { FileDatabase } from '#domain/image-files';
import type { RunId } from '#domain/run-state';
import type { VariantOf } from '#domain/study';
import type { VirtualTestKind } from '#domain/virtual-tests';
import type { CaseSpecification, FilePath } from '#language/specification/specification';
import type { PreviewResponse, SimulateResponse } from '#protocol/preview';
import type { RunSummary } from '#protocol/runs';
import type { ViewQuery, ViewResponse } from '#protocol/views';
import type { FileImagesPreview } from '#protocol/views/image-file-views';
import type { DataFile } from '#runner/export/data/export-data';
import type { LastResult } from '../last-results';

export interface ViewsProcess {
  /** Rejects when the process crashes or reports an internal error. */
  request<N extends ViewsRequestName>(name: N, request: ViewsRequest<N>): Promise<ViewsResponse<N>>;
  /** Ends the process; the next request starts another. */
  close(): void;
}

interface Pending {
  resolve(response: ViewsResponse<ViewsRequestName>): void;
  reject(error: Error): void;
}

/** Sends requests to the bundle `program` (dist/views.mjs). */
export function createViewsProcess(program: string): ViewsProcess {
  let child: ChildProcess | undefined;
  let last = 0;
  const pending = new Map<number, Pending>();

  const start = (): ChildProcess => {
    const started = fork(program, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], execArgv: ['--enable-source-maps'] });
    let errors = '';
    started.stderr!.on('data', (text) => (errors = (errors + String(text)).slice(-2000)));
    started.on('message', (message: ViewsResponseMessage) => {
      const waiting = pending.get(message.id);
      pending.delete(message.id);
      if ('internalError' in message) waiting?.reject(new Error(message.internalError));
      else waiting?.resolve(message.response);
    });
    const lose = (reason: string): void => {
      if (child !== started) return;
      child = undefined;
      const lost = [...pending.values()];
      pending.clear();
      for (const { reject } of lost) reject(new Error(`The views process has ended: ${reason}`));
    };
    started.on('error', (error) => lose(error.message));
    started.on('close', (code, signal) => lose(`${signal ?? `status ${code}`} ${errors}`.trim()));
    return started;
  };

  return {
    request: <N extends ViewsRequestName>(name: N, request: ViewsRequest<N>) =>
      new Promise<ViewsResponse<N>>((resolve, reject) => {
        child ??= start();
        const id = ++last;
        pending.set(id, { resolve: resolve as Pending['resolve'], reject });
        child.send({ id, name, request } satisfies ViewsRequestMessage<N>, (error) => {
          if (error && pending.delete(id)) reject(error);
        });
      }),
    close() {
      child?.disconnect();
    },
  };
}

/** All kinds of requests. `file` is the path of the specification, `folder` that of its run folder. */
export interface ViewsRequestTable {
  /** All runs in a run folder; `cases` are the current cases of the files next to it that have no errors. */
  readonly runs: {
    readonly request: { readonly folder: string; readonly cases: readonly { readonly file: string; readonly specification: CaseSpecification }[] };
    /** `file` without its folder; `variant` as its file had it. */
    readonly response: readonly (RunSummary & { readonly file: string; readonly variant?: Pick<VariantOf, 'study' | 'settings'> })[];
  };
  readonly view: {
    readonly request: {
      readonly folder: string;
      readonly file: string;
      readonly caseName: string;
      readonly run?: RunId;
      /** The case as it is in the file now; absent when the file has errors or does not have the case. */
      readonly current?: CaseSpecification;
      readonly broken: boolean;
      readonly wanted: ViewQuery;
    };
    readonly response: Unrevised<ViewResponse>;
  };
  /** The last result of each case for lenses and hints, by its name. */
  readonly lastResults: {
    readonly request: { readonly folder: string; readonly file: string; readonly cases: readonly CaseSpecification[] };
    readonly response: { readonly [caseName: string]: LastResult };
  };
  /** A newer version of the file makes older requests for the same image `superseded`. */
  readonly preview: {
    readonly request: { readonly folder: string; readonly file: string; readonly current: CaseSpecification; readonly image?: number };
    readonly response: Unrevised<PreviewResponse>;
  };
  readonly simulate: {
    readonly request: { readonly current: CaseSpecification; readonly image: string; readonly test?: VirtualTestKind; readonly whiteAbove?: number };
    readonly response: SimulateResponse;
  };
  /** The first images of a database of files, without a run. */
  readonly fileImages: {
    readonly request: { readonly folder: string; readonly database: FileDatabase<FilePath>; readonly count: number };
    readonly response: FileImagesPreview;
  };
  /** The datasets of a file; of a table its columns. Empty where it cannot be read. */
  readonly datasets: {
    readonly request: { readonly path: string; readonly isTable: boolean };
    readonly response: readonly { readonly name: string; readonly shape: readonly number[]; readonly type: string }[];
  };
  /** What is wrong with the files that cases name. */
  readonly checkFiles: {
    readonly request: { readonly folder: string; readonly cases: readonly CaseSpecification[] };
    readonly response: readonly PlacedFinding[];
  };
  /** What a run found as files in the folder `into`. */
  readonly exportData: {
    readonly request: Pick<ViewsRequestTable['view']['request'], 'folder' | 'file' | 'caseName' | 'run' | 'current'> & {
      readonly parts: readonly DataPart[];
      readonly format: DataFormat;
      readonly into: string;
      readonly name?: string;
    };
    readonly response: Result<readonly DataFile[]>;
  };
}

export type ViewsRequestName = keyof ViewsRequestTable;
export type ViewsRequest<N extends ViewsRequestName> = ViewsRequestTable[N]['request'];
export type ViewsResponse<N extends ViewsRequestName> = ViewsRequestTable[N]['response'];

/** A response without revision and version, which the server adds. */
export type Unrevised<T> = T extends unknown ? Omit<T, 'revision' | 'version' | 'milliseconds'> : never;

export interface ViewsRequestMessage<N extends ViewsRequestName = ViewsRequestName> {
  readonly id: number;
  readonly name: N;
  readonly request: ViewsRequest<N>;
}

export type ViewsResponseMessage =
  | { readonly id: number; readonly response: ViewsResponse<ViewsRequestName> }
  /** An internal error. */
  | { readonly id: number; readonly internalError: string };
