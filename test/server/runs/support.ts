/* A plain client that speaks the protocol of runs with the built server. */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import { isActive, type RunStateKind } from '#domain/run-state';
import { requests, type RequestMethod } from '#protocol/methods';
import type { RunChanged, StartRunResponse } from '#protocol/runs';
import type { ViewResponse, ViewName, ViewTable } from '#protocol/views';
import type { Workplace } from '#test/e2e/workplace';
import { startPlainClient, type Json, type PlainClient } from '#test/support/plain-client';

export interface RunClient {
  readonly plain: PlainClient;
  readonly uri: string;
  request<P extends object, A>(method: RequestMethod<P, A>, params: P): Promise<A>;
  start(caseName: string, until?: 'solve' | 'learn' | 'generate'): Promise<string>;
  /** The next change of a run that fits. */
  changed(run: string, fits?: (change: RunChanged) => boolean): Promise<RunChanged>;
  /** How a run ends. */
  ended(run: string): Promise<RunChanged>;
  view<N extends ViewName>(view: N, query: ViewTable[N]['query'], run?: string): Promise<ViewResponse<N>>;
  /** The content of a view that is there. */
  content<N extends ViewName>(view: N, query: ViewTable[N]['query'], run?: string): Promise<ViewTable[N]['content']>;
  /** Replaces the text of the open document. */
  write(text: string): number;
}

export interface ClientOptions {
  readonly text?: string;
  readonly initializationOptions?: { readonly trusted?: boolean };
  readonly caseName?: string;
  readonly answers?: Parameters<typeof startPlainClient>[1];
  readonly capabilities?: object;
  /** Receives what ends the server; it ends with the test unless tests share it. */
  readonly atEnd?: (end: () => void) => void;
}

/** Starts the server of `folder` (a build) and opens the workplace's specification. */
export async function openClient(folder: string, place: Workplace, { text, initializationOptions, caseName = 'Stiffness', answers, capabilities = {}, atEnd = onTestFinished }: ClientOptions = {}): Promise<RunClient> {
  const plain = startPlainClient(`${folder}/server.mjs`, answers);
  atEnd(plain.kill);
  const root = pathToFileURL(place.folder).href;
  const uri = pathToFileURL(place.file).href;
  await plain.request('initialize', {
    processId: process.pid, rootUri: root, workspaceFolders: [{ uri: root, name: 'place' }], capabilities, ...(initializationOptions && { initializationOptions }),
  });
  plain.notify('initialized', {});
  let version = 1;
  plain.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'xdesign', version, text: text ?? readFileSync(place.file, 'utf8') } });

  const request = <P extends object, A>({ method }: RequestMethod<P, A>, params: P): Promise<A> => plain.request(method, params) as Promise<unknown> as Promise<A>;
  const changed: RunClient['changed'] = async (run, fits = () => true) =>
    (await plain.notification('xdesign/runChanged', (params: Json) => (params as unknown as RunChanged).run === run && fits(params as unknown as RunChanged))) as unknown as RunChanged;
  const view: RunClient['view'] = (name, query, run) =>
    request(requests.view, { uri, case: caseName, view: name, query, ...(run !== undefined && { run }) } as never) as Promise<ViewResponse<typeof name>>;
  return {
    plain,
    uri,
    request,
    async start(name, until) {
      const response = await request(requests.startRun, { uri, case: name, ...(until && { until }) });
      return runOf(response);
    },
    changed,
    ended: (run) => changed(run, ({ state }) => !isActive(state)),
    view,
    async content(name, query, run) {
      const response = await view(name, query, run);
      if (response.kind !== 'view') throw new Error(`view ${name}: ${JSON.stringify(response)}`);
      return response.content;
    },
    write(next) {
      plain.notify('textDocument/didChange', { textDocument: { uri, version: ++version }, contentChanges: [{ text: next }] });
      return version;
    },
  };
}

/** The run that a response names; throws what was refused. */
export function runOf(response: StartRunResponse): string {
  if (response.kind === 'refused') throw new Error(JSON.stringify(response.findings));
  return response.run;
}

export const isKind = (kind: RunStateKind) => ({ state }: RunChanged): boolean => state.kind === kind;
