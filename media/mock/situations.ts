/* What may be the case when a panel is open. */
import type { Finding } from '#domain/finding';
import type { StageStatus } from '#domain/run-state';
import type { RunState } from '#domain/run-state';
import { type StagePlace, stagePlaces } from '#domain/stages';
import type { ToPanelMessage } from '#protocol/panel-messages';
import type { Gone, RunChanged } from '#protocol/runs';
import { packImageBits } from '#protocol/packed';
import type { ViewResponse } from '#protocol/views';
import type { OptimizationView } from '#protocol/views/optimization-views';

export interface Situation {
  /** Told once the panel listens. */
  readonly messages: readonly ToPanelMessage[];
  /** The response to everything; without it what was recorded. */
  readonly response?: ViewResponse | { readonly failed: string };
  /** Optimizations are those of a run under way, which has come further at each query. */
  readonly optimizes?: true;
  /** No run has tested the images, which are those of files. */
  readonly files?: true;
  /** Put on every response. */
  readonly mark?: { readonly staleFrom: StagePlace; readonly underway?: true } | { readonly broken: true } | { readonly gone: Gone } | { readonly findings: readonly Finding[] };
}

const waiting: ViewResponse = { kind: 'waiting', stage: 'validate' };

export const situations = {
  finished: { messages: [] },
  empty: { messages: [], response: waiting },
  files: { messages: [], response: waiting, files: true },
  plain: { messages: [], response: { kind: 'view', revision: 1, content: withoutOptimizations() } },
  running: {
    messages: [changed({ kind: 'running', stage: 'learn', done: 120, total: 400, rate: 7, secondsLeft: 40, note: 'epoch 5, loss 0.0032' })],
    response: waiting,
  },
  optimizing: {
    messages: [changed({ kind: 'running', stage: 'construct', arm: 'explained-refined', done: 340, total: 1200, rate: 21, secondsLeft: 41, note: '3 of 10 starts optimized' })],
    optimizes: true,
  },
  failed: {
    messages: [changed({ kind: 'failed', findings: [{ code: 'out-of-memory', severity: 'error', message: 'The training needs 6.1 GiB, and 4 GiB are free.', remedy: 'Choose a smaller batch.' }] })],
    response: waiting,
  },
  refused: {
    messages: [],
    response: { kind: 'refused', findings: [{ code: 'unknown-run', severity: 'error', message: 'This run does not exist; it may have been deleted.', remedy: 'Choose another from the list of runs.' }] },
  },
  alone: { messages: [], response: { failed: 'The language server has stopped.' } },
  stale: { messages: [], mark: { staleFrom: { stage: 'explain' } } },
  underway: { messages: [], mark: { staleFrom: { stage: 'explain' }, underway: true } },
  broken: { messages: [], mark: { broken: true } },
  gone: { messages: [], mark: { gone: 'file' } },
  uncertain: {
    messages: [],
    mark: { findings: [{ code: 'uncertain-result', severity: 'warning', message: 'The values of 3 of 800 images may be wrong by more than 0.1 %.', remedy: 'Choose a lower resolution.' }] },
  },
} as const satisfies Readonly<Record<string, Situation>> as Readonly<Record<SituationName, Situation>>;

export type SituationName = 'finished' | 'empty' | 'files' | 'plain' | 'running' | 'optimizing' | 'failed' | 'refused' | 'alone' | 'stale' | 'underway' | 'broken' | 'gone' | 'uncertain';

/** Of a case that neither refines its designs nor compares them with optimized cells. */
function withoutOptimizations(): OptimizationView {
  const objective: OptimizationView['objective'] = { property: 'youngs-modulus', name: 'Young’s modulus', symbol: 'E', unit: 'GPa', scale: 1e-9, digits: 1, sense: 'maximize', directions: ['x', 'y'], test: 'compression' };
  return { objective, arms: [], groups: [], runs: [], cells: packImageBits(64, 64, new Uint8Array()) };
}

function changed(state: RunState): ToPanelMessage {
  const stages = stagePlaces([{ name: 'explained' }, { name: 'control' }]).map((place, i): StageStatus => ({ ...place, state: i < 3 ? 'finished' : i === 3 ? 'running' : 'queued' }));
  const change: RunChanged = { uri: 'file:///example/stiffness.xdesign', case: 'Stiffness', run: 'mock', revision: 1, state, stages };
  return { type: 'changed', change };
}
