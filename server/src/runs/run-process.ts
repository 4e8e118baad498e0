/* The process of a run, and its messages. A crash of the process does not affect the server. */
import { fork } from 'node:child_process';
import type { CaseOverrides } from '#domain/case';
import type { Finding } from '#domain/finding';
import type { EndState, RunId, StageEvent } from '#domain/run-state';
import type { StageName } from '#domain/stages';
import type { CaseSpecification } from '#language/specification';
import type { ProcessIdentity } from '#runner/run-folder/process-identity';

/** How a run's process ended. `crashed`: by itself or killed from outside, without a last message. */
export type RunEnd =
  | { readonly kind: EndState }
  | { readonly kind: 'crashed'; readonly message: string; readonly stack?: string };

export interface RunListener {
  onStage(event: StageEvent): void;
  onFinding(finding: Finding): void;
  /** Once, when the process is gone. */
  onEnd(end: RunEnd): void;
}

export interface RunProcess {
  /** Asks the run to stop; it is ended by force when it does not. */
  cancel(): void;
}

/** How runs are started; tests bring another. */
export type StartRun = (order: RunOrder, listener: RunListener) => RunProcess;

/** Milliseconds that a run gets to stop by itself; its threads get one second of it. */
const graceMs = 1400;

/** Starts runs with the bundle `program` (dist/run.mjs). */
export function runStarter(program: string): StartRun {
  return (order, listener) => {
    const child = fork(program, {
      // The server's own output is the protocol: nothing else may be written there.
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: ['--enable-source-maps'],
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
      else if (message.kind === 'finding') listener.onFinding(message.finding);
      else last = message.kind === 'ended' ? { kind: message.status } : { ...message, kind: 'crashed' };
    });
    // A process that could not be started closes nothing.
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
        setTimeout(() => child.kill('SIGKILL'), graceMs).unref();
      },
    };
  };
}

/** What a process said of its fall, such as that its heap is full. */
function lastError(errors: string): string | undefined {
  return errors.split('\n').map((line) => line.trim()).findLast((line) => /error/i.test(line));
}

/** To the process: first what to run, then perhaps to stop. */
export type ToRun = { readonly kind: 'run'; readonly order: RunOrder } | { readonly kind: 'cancel' };

export interface RunOrder {
  readonly run: RunId;
  readonly specification: CaseSpecification;
  readonly until: StageName;
  readonly overrides: CaseOverrides;
  /** The run folder. */
  readonly folder: string;
  /** Who the process of an earlier run under this name was: it may still be about to end. */
  readonly before?: ProcessIdentity;
}

/** From the process. The last one is `ended`, unless it is killed or falls. */
export type FromRun =
  | { readonly kind: 'stage'; readonly event: StageEvent }
  | { readonly kind: 'finding'; readonly finding: Finding }
  | { readonly kind: 'ended'; readonly status: EndState }
  | { readonly kind: 'fell'; readonly message: string; readonly stack?: string };
