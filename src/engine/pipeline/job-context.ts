import type { CancellationSignal } from '#engine/core/run-context';
import type { BackendHost } from '#engine/learning/backend/backend-host';

/** What a job's function gets beside its input; `Event` is what it may say while it runs. */
export interface JobContext<Event> {
  readonly signal: CancellationSignal;
  emit(event: Event): void;
  /** Emits, and waits until the listener has returned: what it was given may change again then. */
  tell(event: Event): Promise<void>;
  /** Folder or URL prefix of the TensorFlow.js WebAssembly files, ending in a slash. */
  readonly tensorflowWasmPath: string;
  /** What loads the optional TensorFlow.js backends; without it only the ones that are always there. */
  readonly backendHost?: BackendHost;
}
