/* The training peer's program: PyTorch on the CPU, in a process of its own. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { FirstStep, TrainWork } from './train-work';

/** PyTorch, set up with the weights and the first batch of a work. */
export interface TrainPeer {
  /** What it finds in the first step. */
  readonly firstStep: FirstStep;
  /** Seconds of some steps, by its own clock. */
  steps(count: number): Promise<number>;
  close(): void;
}

/** A Python that has PyTorch, or a sentence that says what is missing. */
export function findTorch(): { readonly python: string } | string {
  const python = ['/usr/bin/python3', 'python3'].find((each) => spawnSync(each, ['-c', 'import torch, numpy']).status === 0);
  return python === undefined ? 'No Python has PyTorch: apt-get install python3-torch' : { python };
}

export async function startTrainPeer(python: string, script: string, work: TrainWork, threads: number): Promise<TrainPeer> {
  // PyTorch shall choose its kernels by the processor, whatever this environment asks of OpenBLAS.
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(OPENBLAS|OMP|MKL)_/.test(name)));
  const child = spawn(python, [script], { stdio: ['pipe', 'pipe', 'inherit'], env: environment });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<number[]> => {
    const line = await lines.next();
    if (line.done) throw new Error('the training peer ended without an answer');
    return line.value.trim().split(/\s+/).map(Number);
  };
  const { settings, edge, parameters, batch, parts } = work;
  const order = { network: settings.network, batch: batch.length, edge, threads, parts, optimizer: settings.optimizer, rate: settings.learningRate, weightDecay: settings.weightDecay };
  const pieces = [
    Buffer.from(`${JSON.stringify(order)}\n`),
    Buffer.from(parameters.buffer, parameters.byteOffset, parameters.byteLength),
    ...batch.map(({ pixels }) => Buffer.from(pixels)),
    Buffer.from(Float32Array.from(batch, ({ label }) => label).buffer),
  ];
  for (const piece of pieces) if (!child.stdin.write(piece)) await once(child.stdin, 'drain');
  const [loss, gradientNorm] = await answer();
  return {
    firstStep: { loss: loss!, gradientNorm: gradientNorm! },
    async steps(count) {
      child.stdin.write(`${count}\n`);
      return (await answer())[0]!;
    },
    close: () => child.stdin.end(),
  };
}
