/* What the functions of jobs receive, and how those that use TensorFlow.js open its backend. */
import type { BackendChoice } from '#domain/learning';
import type { Result } from '#domain/finding';
import type { Rng } from '#engine/core/rng';
import type { CancellationSignal, ProgressListener } from '#engine/core/run-context';
import { openBackend, whileBackendLasts, type BackendHost, type LearningContext } from '#engine/learning/backend/backend';

/** What a job's function receives besides its input; `Event` is what it may report while it runs. */
export interface JobContext<Event> {
  readonly signal: CancellationSignal;
  emit(event: Event): void;
  /** Emits, and waits until the listener has returned: what it was given may change again then. */
  emitAndWait(event: Event): Promise<void>;
  /** Folder or URL prefix of the TensorFlow.js WebAssembly files, ending in a slash. */
  readonly tensorflowWasmPath: string;
  /** What loads the optional TensorFlow.js backends; without it only the ones that are always there. */
  readonly backendHost?: BackendHost;
}

/**
 * Does a job's work on the wanted TensorFlow.js backend of this thread. Findings besides those of the
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
