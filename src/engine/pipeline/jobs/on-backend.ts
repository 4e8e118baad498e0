import type { Result } from '#engine/core/finding';
import type { Rng } from '#engine/core/rng';
import type { ProgressListener } from '#engine/core/run-context';
import { openBackend, whileBackendLasts, type BackendChoice, type LearningContext } from '#engine/learning/backend/backend';
import type { JobContext } from '../job-context';

/**
 * Does a job's work on the wanted TensorFlow.js backend of this thread. Findings, beside those of the
 * work: `backend-unavailable`, `backend-lost`.
 */
export async function onBackend<T>(
  { signal, tensorflowWasmPath, backendHost }: JobContext<never>,
  wanted: BackendChoice,
  rng: Rng,
  progress: ProgressListener,
  work: (learning: LearningContext) => Promise<Result<T>>,
): Promise<Result<T>> {
  const backend = await openBackend({ backend: wanted, wasmPath: tensorflowWasmPath, ...(backendHost && { host: backendHost }) });
  if (!backend.ok) return backend;
  return whileBackendLasts(backend.value, () => work({ signal, progress, rng, backend: backend.value }));
}
