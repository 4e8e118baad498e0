import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

/** A program in a process of its own. */
export interface ChildProgram {
  readonly processId: number;
  /** The next line of output; rejects with the error output when the program ends without one. */
  line(): Promise<string>;
  /** All remaining lines of output, once the program has ended. */
  rest(): Promise<string[]>;
  /** The error output so far. */
  errors(): string;
  send(signal: NodeJS.Signals): void;
  /** Sends SIGKILL and waits for the end. */
  kill(): Promise<void>;
  /** Waits for the end; `errors` is the error output. */
  ended(): Promise<{ code: number | null; signal: NodeJS.Signals | null; errors: string }>;
}

/** Starts a program with this test's Node; it is killed at the latest when the test ends. */
export function startProgram(...nodeArguments: string[]): ChildProgram {
  const child = spawn(process.execPath, nodeArguments, { stdio: ['ignore', 'pipe', 'pipe'] });
  const end = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  let errors = '';
  child.stderr.on('data', (text) => (errors += String(text)));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await end;
  };
  onTestFinished(kill);
  return {
    processId: child.pid!,
    async line() {
      const next = await lines.next();
      if (next.done) throw new Error(`the program ended without a line: ${errors}`);
      return next.value;
    },
    rest: () => Array.fromAsync(lines),
    errors: () => errors,
    send: (signal) => void child.kill(signal),
    kill,
    async ended() {
      const [code, signal] = await end;
      return { code, signal, errors };
    },
  };
}
