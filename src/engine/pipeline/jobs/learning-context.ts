import type { Result } from '#engine/core/finding';
import { success } from '#engine/core/finding';
import type { Rng } from '#engine/core/rng';
import type { ProgressListener } from '#engine/core/run-context';
import { openBackend, type LearningContext } from '#engine/learning/backend';
import type { JobContext } from '../job-context';

/** Opens the best TensorFlow.js backend of this thread for a job. */
export async function learningContextOf(
  { signal, tensorflowWasmPath, backendHost }: JobContext<never>,
  rng: Rng,
  progress: ProgressListener,
): Promise<Result<LearningContext>> {
  const backend = await openBackend({ backend: 'auto', wasmPath: tensorflowWasmPath, ...(backendHost && { host: backendHost }) });
  return backend.ok ? success({ signal, progress, rng, backend: backend.value }) : backend;
}
