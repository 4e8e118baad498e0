/* Every job in a process of its own, over plain bytes: what an executor on other machines does, without the machines. */
import { spawn } from 'node:child_process';
import { Cancelled, type JobName } from '#engine/api';
import { decodeMessage, encodeMessage, type JobReport } from '#runner/codec/job-codec';
import { fromPortableError } from '#runner/codec/portable-error';
import type { RunExecutor } from '#runner/jobs/thread-executor';
import type { RunStore } from '#runner/store/store';

export interface ProcessExecutorSettings {
  /** The bundle of programs/job-process.ts. */
  readonly program: string;
  readonly folder: string;
  readonly tensorflowWasmPath: string;
  /** Receives each order as it is sent. */
  onOrder(name: JobName, bytes: Uint8Array): void;
}

export function createProcessExecutor(store: RunStore, { program, folder, tensorflowWasmPath, onOrder }: ProcessExecutorSettings): RunExecutor {
  return {
    concurrency: 2,
    sharesMemory: false,
    memory: Infinity,
    signal: { aborted: false, throwIfAborted: () => undefined },
    cancel: () => undefined,
    release: async () => undefined,
    close: async () => undefined,
    run: (name, input, listener) =>
      new Promise<never>((resolve, reject) => {
        const order = encodeMessage({ name, input }, (array) => store.referenceOf(array));
        onOrder(name, order);
        const child = spawn(process.execPath, [program, folder, tensorflowWasmPath], { stdio: ['pipe', 'pipe', 'inherit'] });
        let waiting: Buffer = Buffer.alloc(0);
        child.stdout.on('data', (bytes: Buffer) => {
          waiting = Buffer.concat([waiting, bytes]);
          for (let length = lengthIn(waiting); length !== undefined; length = lengthIn(waiting)) {
            const report = decodeMessage<JobReport>(waiting.subarray(4, 4 + length));
            waiting = waiting.subarray(4 + length);
            if (report.kind === 'event') listener?.onEvent?.(report.event as never);
            else if (report.kind === 'result') resolve(report.output as never);
            else reject(fromPortableError(report.error));
          }
        });
        child.on('close', (code) => reject(new Cancelled(`the process of job "${name}" ended with ${code}`)));
        child.stdin.end(order);
      }),
  };
}

/** The length of the first frame, once all of it is there. */
function lengthIn(bytes: Buffer): number | undefined {
  const length = bytes.length >= 4 ? bytes.readUInt32LE(0) : Infinity;
  return bytes.length >= 4 + length ? length : undefined;
}
