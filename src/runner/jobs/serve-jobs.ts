/* The inside of a worker thread: takes a job from its port, runs it, reports. */
import { parentPort, workerData } from 'node:worker_threads';
import { BugError, ensure, type JobContext } from '#engine/api';
import { backendHost } from '#runner/backend-host';
import { toPortableError } from '#runner/codec/portable-error';
import type { JobOrder } from '#runner/codec/job-codec';
import { createSharedFlag, type ThreadReport, raised, signalOf, type ThreadBirth } from './thread-messages';

/** The functions of jobs by name, as a thread sees them: the name ties the types together elsewhere. */
export type JobFunctionsByName = {
  readonly [name: string]: (context: JobContext<never>, input: never) => Promise<unknown>;
};

/** Serves the thread's orders until the thread is ended. To be called once, in a worker thread. */
export function serveJobs(functions: JobFunctionsByName): void {
  const port = parentPort;
  ensure(port !== null, 'jobs are served in worker threads');
  const { flag, tensorflowWasmPath } = workerData as ThreadBirth;
  const report = (message: ThreadReport): void => port.postMessage(message);

  port.on('message', async ({ name, input }: JobOrder) => {
    try {
      const job = Object.hasOwn(functions, name) ? functions[name] : undefined;
      if (!job) throw new BugError(`no job is called "${name}"`);
      const context: JobContext<unknown> = {
        signal: signalOf(flag),
        emit: (event) => report({ kind: 'event', event }),
        async emitAndWait(event) {
          const received = createSharedFlag();
          report({ kind: 'event', event, received });
          await raised(received);
        },
        tensorflowWasmPath,
        backendHost,
      };
      report({ kind: 'result', output: await job(context as JobContext<never>, input as never) });
    } catch (error) {
      report({ kind: 'failure', error: toPortableError(error) });
    }
  });
}
