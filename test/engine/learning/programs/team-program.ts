/* One member of a training team on a thread of its own; answers with the regressor's artifact or an error's name. */
import { parentPort, workerData } from 'node:worker_threads';
import type { LearningSettings } from '#domain/learning';
import { createRng } from '#engine/core/rng';
import { Cancelled, silentProgress } from '#engine/core/run-context';
import { openBackend } from '#engine/learning/backend/backend';
import { encodeNetworks } from '#engine/learning/training/training-artifacts';
import type { Team } from '#engine/learning/training/team';
import { trainRegressor } from '#engine/learning/training/train-regressor';
import { stripedDataset } from '#test/support/striped-dataset';

export interface TeamOrder {
  readonly team: Team;
  readonly wasmPath: string;
  readonly settings: LearningSettings;
  /** Raised to cancel. */
  readonly flag: Int32Array;
}

const { team, wasmPath, settings, flag } = workerData as TeamOrder;
// As in the runner's threads, a port keeps the thread alive while it waits for the others.
parentPort!.on('message', () => {});
const signal = {
  get aborted() {
    return Atomics.load(flag, 0) !== 0;
  },
  throwIfAborted() {
    if (Atomics.load(flag, 0) !== 0) throw new Cancelled('cancelled');
  },
};
try {
  const backend = await openBackend({ backend: 'wasm', wasmPath });
  if (!backend.ok) throw new Error(backend.findings[0]!.message);
  const context = { signal, progress: silentProgress, rng: createRng(1), backend: backend.value };
  const trained = await trainRegressor(context, stripedDataset(60), settings, team, {
    onEpoch: () => parentPort!.postMessage({ kind: 'epoch' }),
  });
  if (!trained.ok) throw new Error(trained.findings[0]!.message);
  parentPort!.postMessage({ kind: 'regressor', artifact: encodeNetworks(trained.value) });
} catch (error) {
  parentPort!.postMessage({ kind: 'failed', name: (error as Error).name });
}
