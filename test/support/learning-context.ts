/* A thread's open TensorFlow.js backend, for tests. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createRng } from '#engine/core/rng';
import { neverAborted, silentProgress, type CancellationSignal } from '#engine/core/run-context';
import { openBackend, type LearningContext } from '#engine/learning/backend/backend';

/** Where TensorFlow.js keeps its WebAssembly files, ending in a slash. */
export const tensorflowWasmPath = `${join(dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm')), '..', 'wasm-out')}/`;

/** A context of the given seed with this backend open. */
export async function learningContext(
  seed: number,
  backend: 'wasm' | 'cpu' = 'wasm',
  signal: CancellationSignal = neverAborted,
): Promise<LearningContext> {
  const opened = await openBackend({ backend, wasmPath: tensorflowWasmPath });
  if (!opened.ok) throw new Error(opened.findings[0]!.message);
  return { signal, progress: silentProgress, rng: createRng(seed), backend: opened.value };
}
