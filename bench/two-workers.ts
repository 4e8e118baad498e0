/* The product's worker threads: 200 images by one and by two, in chunks as a run tests them. */
import { packImages } from '#engine/grid/microstructure-batch';
import { createThreadExecutor } from '#runner/jobs/thread-executor';
import { boronInAluminum, databaseImage } from './images';
import { median, type Outcome } from './outcome';

const count = 200;
const chunk = 20;
const floor = 1.85;

/** Times one and two workers alternately, `rounds` times. */
export async function measureTwoWorkers(workerFile: string, rounds: number): Promise<Outcome> {
  const images = Array.from({ length: count }, (_, index) => databaseImage(128, index));
  const batches = Array.from({ length: count / chunk }, (_, c) => packImages(images.slice(c * chunk, (c + 1) * chunk), 128));
  const settings = { kind: 'compression', plane: 'plane-stress' } as const;
  const executors = [1, 2].map((workers) => createThreadExecutor({ workers, workerFile, tensorflowWasmPath: '' }));
  const seconds: number[][] = [[], []];
  const answers = new Set<string>();
  try {
    for (let round = 0; round <= rounds; round++) {
      for (const [which, executor] of executors.entries()) {
        const start = performance.now();
        const results = await Promise.all(batches.map((batch) => executor.run('solve', { batch, phases: boronInAluminum, settings })));
        // Round 0 starts the threads.
        if (round > 0) seconds[which]!.push((performance.now() - start) / 1000);
        answers.add(JSON.stringify(results.map((result) => (result.ok ? result.value : result.findings))));
      }
    }
  } finally {
    for (const executor of executors) await executor.close();
  }
  const [one, two] = [median(seconds[0]!), median(seconds[1]!)];
  return {
    work: `compression, ${count} images, two workers against one`,
    peer: `${one.toFixed(2)} s`,
    ours: `${two.toFixed(2)} s`,
    ratio: `${(one / two).toFixed(2)} ×`,
    floor: `${floor} ×`,
    met: one / two >= floor,
    ...(answers.size === 1 ? {} : { refused: 'one and two workers give different results.' }),
  };
}
