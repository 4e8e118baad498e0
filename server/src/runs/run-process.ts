/* The process of a run, and its messages. A crash of the process does not affect the server. */
import { fork } from 'node:child_process';
import type { CaseOverrides } from '#domain/case';
import type { Finding } from '#domain/finding';
import type { BatchSystem, EndState, RunId, StageEvent } from '#domain/run-state';
import type { StageName } from '#domain/stages';
import type { CaseSpecification, StudySpecification } from '#language/specification/specification';
import type { ProcessIdentity } from '#runner/run-folder/process-identity';

/** How the process of runs ended. `crashed`: by itself or killed from outside, without a last message. */
export type RunEnd =
  | { readonly kind: EndState }
  | { readonly kind: 'crashed'; readonly message: string; readonly stack?: string };

export interface RunListener {
  /** Of the current run: the first, then the one after that which ended last. */
  onStage(event: StageEvent): void;
  /** So many of the images of databases of files are read. */
  onReading(done: number, total: number): void;
  onFinding(finding: Finding): void;
  /** The current run has ended, and the process continues. */
  onCaseEnd(state: EndState): void;
  /** Called once, when the process has ended. */
  onEnd(end: RunEnd): void;
}

export interface RunProcess {
  /** Sends a request to stop; the process is killed if it does not. */
  cancel(): void;
}

/** Starts a run; tests replace it. */
export type StartRun = (order: RunOrder, listener: RunListener) => RunProcess;

/** Milliseconds that a run has to stop by itself; its threads have one second of it. */
const graceMs = 1400;

/** The same of a run on a cluster: a busy batch system takes its time to take tasks out of its queue. */
export const clusterGraceMs = 45_000;

/** Starts runs with the bundle `program` (dist/run.mjs). */
export function runStarter(program: string): StartRun {
  return (order, listener) => {
    const child = fork(program, {
      // The server's standard output carries the protocol, so nothing else may be written to it.
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: ['--enable-source-maps'],
      // Nodes get a copy of the run's Node.js, which a desktop editor does not have.
      ...(order.executor && process.versions['electron'] !== undefined && { execPath: 'node' }),
    });
    let last: RunEnd | undefined;
    let over = false;
    let isCancelled = false;
    let errors = '';
    const end = (how: RunEnd): void => {
      if (over) return;
      over = true;
      listener.onEnd(how);
    };
    const send = (message: ToRun): void => {
      if (child.connected) child.send(message, () => {});
    };

    child.stderr!.on('data', (text) => (errors = (errors + String(text)).slice(-2000)));
    child.on('message', (message: FromRun) => {
      if (message.kind === 'stage') listener.onStage(message.event);
      else if (message.kind === 'reading') listener.onReading(message.done, message.total);
      else if (message.kind === 'finding') listener.onFinding(message.finding);
      else if (message.kind === 'case-ended') listener.onCaseEnd(message.status);
      else last = message.kind === 'ended' ? { kind: message.status } : message;
    });
    // A process that could not be started emits no `close`.
    child.on('error', (error) => {
      if (child.pid === undefined) end({ kind: 'crashed', message: error.message });
    });
    child.on('close', (code, signal) => {
      const message = lastError(errors) ?? `its process ended with ${signal ?? `status ${code}`}`;
      end(last ?? (isCancelled ? { kind: 'cancelled' } : { kind: 'crashed', message }));
    });
    send({ kind: 'run', order });
    return {
      cancel() {
        if (isCancelled) return;
        isCancelled = true;
        send({ kind: 'cancel' });
        setTimeout(() => child.kill('SIGKILL'), order.executor ? clusterGraceMs : graceMs).unref();
      },
    };
  };
}

/** The last error message of a process that crashed, such as that its heap is full. */
function lastError(errors: string): string | undefined {
  return errors.split('\n').map((line) => line.trim()).findLast((line) => /error/i.test(line));
}

/** A study without its variants, which are the cases. */
export type StudyHead = Omit<StudySpecification, 'variants'>;

/** Messages to the process: first what to run, then possibly a cancellation. */
export type ToRun = { readonly kind: 'run'; readonly order: RunOrder } | { readonly kind: 'cancel' };

export interface RunOrder {
  /** A case, or the variants of a study, which are run one after another. Variants without a run have finished: only their results are read. */
  readonly cases: readonly { readonly run?: RunId; readonly specification: CaseSpecification }[];
  /** The study whose variants they are. */
  readonly study?: StudyHead;
  readonly until: StageName;
  readonly overrides: CaseOverrides;
  /** The run folder. */
  readonly folder: string;
  /** Where jobs are computed; without it, by threads of the process. */
  readonly executor?: BatchSystem;
  /** The earlier process of runs that are resumed: it may not have ended yet. */
  readonly before?: ProcessIdentity;
}

/** Messages from the process. The last message is `ended`, unless the process is killed or crashes. */
export type FromRun =
  | { readonly kind: 'stage'; readonly event: StageEvent }
  | { readonly kind: 'reading'; readonly done: number; readonly total: number }
  | { readonly kind: 'finding'; readonly finding: Finding }
  | { readonly kind: 'case-ended'; readonly status: EndState }
  | { readonly kind: 'ended'; readonly status: EndState }
  | { readonly kind: 'crashed'; readonly message: string; readonly stack?: string };
