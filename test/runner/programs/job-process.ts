/*
 * A process that runs one job: the order comes on standard input, reports go to standard output, each behind its
 * length in four bytes. Arguments: the run folder whose store has what the order names, and the folder of the
 * TensorFlow.js WebAssembly files.
 */
import { readFileSync, writeSync } from 'node:fs';
import { BugError, Cancelled, type JobContext } from '#engine/api';
import { jobFunctions } from '#engine/jobs';
import { backendHost } from '#runner/backend-host';
import { decodeMessage, encodeMessage, type JobOrder, type JobReport } from '#runner/codec/job-codec';
import { toPortableError } from '#runner/codec/portable-error';
import { keepNumbersApart } from '#runner/keep-numbers-apart';
import { openStoreReadOnly } from '#runner/store/store';

keepNumbersApart();
const [folder, tensorflowWasmPath] = process.argv.slice(2) as [string, string];
const store = openStoreReadOnly(folder);

function report(message: JobReport): void {
  const bytes = encodeMessage(message);
  const frame = new Uint8Array(4 + bytes.length);
  new DataView(frame.buffer).setUint32(0, bytes.length, true);
  frame.set(bytes, 4);
  for (let sent = 0; sent < frame.length; ) sent += writeSync(1, frame, sent);
}

const context: JobContext<never> = {
  // A process is ended from outside.
  signal: { aborted: false, throwIfAborted: () => undefined },
  emit: (event) => report({ kind: 'event', event }),
  emitAndWait: async (event) => report({ kind: 'event', event }),
  tensorflowWasmPath,
  backendHost,
};

try {
  const { name, input } = decodeMessage<JobOrder>(readFileSync(0), (key) => store?.get(key));
  const job = (jobFunctions as unknown as { readonly [name: string]: (context: JobContext<never>, input: unknown) => Promise<unknown> })[name];
  if (!job) throw new BugError(`no job is called "${name}"`);
  report({ kind: 'result', output: await job(context, input) });
} catch (error) {
  if (error instanceof Cancelled) throw error;
  report({ kind: 'failure', error: toPortableError(error) });
}
