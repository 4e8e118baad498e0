import { neverAborted } from '#engine/core/run-context';
import type { JobContext } from '#engine/pipeline/jobs/job-context';
import { tensorflowWasmPath } from './learning-context';

/** The context of a job that runs in the thread of the test. */
export function loneJob<Event>(onEvent: (event: Event) => void = () => undefined): JobContext<Event> {
  return { signal: neverAborted, emit: onEvent, emitAndWait: async (event) => onEvent(event), tensorflowWasmPath };
}
