import { probeBackends as probe, type BackendProbe } from '#engine/api';
import { backendHost } from './backend-host';

/** Which TensorFlow.js backends work in this process, best first, and why others do not. */
export function probeBackends(tensorflowWasmPath: string): Promise<readonly BackendProbe[]> {
  return probe({ wasmPath: tensorflowWasmPath, host: backendHost });
}
