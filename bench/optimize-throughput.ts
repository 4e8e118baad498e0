/* The product's worker threads: optimizations from many starts by two workers, as a run has them, with the tests of their cuts and the states that a run keeps. */
import type { OptimizationProblem, OptimizationSettings, StartFamily } from '#domain/optimization';
import { createThreadExecutor } from '#runner/jobs/thread-executor';
import type { Outcome } from './outcome';

/** What one start is optimized for, and how. */
export interface ThroughputStart {
  readonly problem: OptimizationProblem;
  readonly settings: OptimizationSettings;
  readonly family: StartFamily;
}

/** Seconds that the starts take, with threads that start and compile on the way. */
export async function measureThroughput(work: string, starts: readonly ThroughputStart[], workerFile: string, limit: number): Promise<Outcome> {
  const executor = createThreadExecutor({ workers: 2, workerFile, tensorflowWasmPath: '' });
  let iterations = 0;
  const began = performance.now();
  const usedBefore = process.cpuUsage();
  try {
    const results = await Promise.all(
      starts.map(({ problem, settings, family }, k) =>
        executor.run('optimize', { problem, settings, start: { kind: 'family', family, seed: 1, label: String(k) } }, { onEvent: () => undefined }),
      ),
    );
    for (const result of results) {
      if (!result.ok) throw new Error(result.findings[0]!.message);
      iterations += result.value.arrays['values']!.length;
    }
  } finally {
    await executor.close();
  }
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(usedBefore);
  return {
    work: `${work}, ${starts.length} starts by two workers`, peer: '', ours: `${seconds.toFixed(1)} s`, ratio: `${iterations} iterations, ${((user + system) / 1e6).toFixed(1)} s of processor`,
    floor: `≤ ${limit} s`, met: seconds <= limit,
  };
}
