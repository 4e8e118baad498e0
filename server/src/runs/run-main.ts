/*
 * The process of one run, or of one study (dist/run.mjs): runs cases as the command line does and sends their progress to
 * the server.
 * It has a priority below normal, so that the editor stays responsive while all cores compute. It stops when the
 * server is gone: completed work is kept, and the next server resumes from there. On a cluster the tasks then go on,
 * and the next server takes what they computed; a run that is cancelled takes them out of the queue.
 */
import { constants, setPriority } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { machineFiles } from '#runner/weights/pretrained-file';
import { success, type Finding } from '#domain/finding';
import { openCluster } from '#runner/cluster/open-cluster';
import { keepNumbersApart } from '#runner/keep-numbers-apart';
import { bundlePaths, describeMachine, libraryVersions } from '#runner/machine';
import { coreCount, createThreadExecutor } from '#runner/jobs/thread-executor';
import { interruption, run } from '#runner/run';
import { stateOf, type ProcessIdentity } from '#runner/run-folder/process-identity';
import { noteQueue } from './queue-notes';
import { clusterGraceMs, type FromRun, type RunOrder, type ToRun } from './run-process';
import { createThrottle } from './throttle';

keepNumbersApart();

/** Milliseconds between messages of progress. */
const progressMs = 100;

/** Milliseconds that a run without a server has to stop by itself. */
const graceMs = 1800;

const abort = new AbortController();

/** Whether tasks may have to be taken out of a queue. */
let onCluster = false;

/** A message to a server that is gone is dropped; that is not an error. */
const send = (message: FromRun, sent: () => void = () => {}): void => {
  if (process.connected) process.send!(message, undefined, {}, sent);
};

/** Sends the last message; then nothing keeps this process alive. */
const sendLast = (message: FromRun): void => send(message, () => process.disconnect?.());

process.on('message', (message: ToRun) => {
  if (message.kind === 'cancel') abort.abort();
  else void carryOut(message.order);
});
process.on('disconnect', () => {
  // A run that its user cancelled still has its tasks taken out of the queue.
  const cancelling = onCluster && abort.signal.aborted;
  abort.abort(interruption);
  setTimeout(() => process.exit(1), cancelling ? clusterGraceMs : graceMs).unref();
});

async function carryOut(order: RunOrder): Promise<void> {
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  onCluster = order.executor !== undefined;
  const progress = createThrottle<FromRun>(progressMs, (message) => send(message));
  const notes = noteQueue((event) => {
    progress.offer({ kind: 'stage', event });
    // Only messages of progress may be dropped.
    if (event.state === 'finished' || event.progress?.resumed !== undefined || !event.progress) progress.flush();
  });
  const onFinding = (finding: Finding): void => send({ kind: 'finding', finding });
  try {
    await endOf(order.before);
    const cluster = onCluster ? await openCluster(order.folder, {}) : success(undefined);
    if (!cluster.ok) {
      cluster.findings.forEach(onFinding);
      return sendLast({ kind: 'ended', status: 'failed' });
    }
    const variants = order.cases.map(({ specification }) => specification);
    const { status } = await run(
      {
        cases: variants,
        ...(order.study && { study: { ...order.study, variants } }),
        finished: new Set(order.cases.flatMap(({ run: id, specification }) => (id === undefined ? [specification.case.name] : []))),
        overrides: order.overrides,
        runIds: order.cases.map(({ run: id }) => id),
        startedBy: 'editor',
        ...(order.executor && { executor: order.executor }),
        until: order.until,
        folder: order.folder,
        createExecutor(store) {
          const threads = createThreadExecutor({ workers: coreCount(), ...bundlePaths });
          return cluster.value?.executor(store, threads, { onFinding, onQueue: notes.onQueue }) ?? threads;
        },
        files: machineFiles(),
        provenance: { specification: order.cases[0]!.specification.place.file, overrides: { ...order.overrides }, versions: libraryVersions, machine: describeMachine() },
      },
      {
        onCase() {},
        onReading: (done, total) => progress.offer({ kind: 'reading', done, total }),
        onStage: notes.onStage,
        onFinding,
        onVariantEnd(status) {
          progress.flush();
          send({ kind: 'case-ended', status });
        },
      },
      abort.signal,
    );
    sendLast({ kind: 'ended', status });
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    sendLast({ kind: 'crashed', message, ...(stack !== undefined && { stack }) });
  }
}

/** Waits until the earlier process of this run has ended, which happens by itself when its server is gone. */
async function endOf(before: ProcessIdentity | undefined): Promise<void> {
  for (const end = performance.now() + 2 * graceMs; before && stateOf(before) === 'runs' && performance.now() < end; ) await sleep(20);
}
