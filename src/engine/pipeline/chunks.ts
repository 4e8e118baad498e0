/*
 * Long stages are cut into chunks of items. A finished chunk is stored in a checkpoint slot at once, so
 * a killed stage resumes with the missing chunks; the slots are deleted when the stage's value is complete.
 * The cut does not depend on the number of workers, so neither do the bytes.
 */
import { success, type Finding, type Result } from '#domain/finding';
import type { Artifact } from '#engine/core/artifact';
import type { JobTable } from './jobs/job-table';
import type { StageContext } from './stage';

/** Jobs whose event is the number of items done so far and whose output is an artifact or findings. */
export type ChunkJobName = {
  [N in keyof JobTable]: JobTable[N]['output'] extends Result<Artifact> ? (JobTable[N]['event'] extends number ? N : never) : never;
}[keyof JobTable];

/** A range of items: `from` ≤ item < `to`. */
export interface Chunk {
  readonly from: number;
  readonly to: number;
}

/**
 * Runs a job over all chunks of `count` items and returns their outputs in order, or the findings of
 * the first chunks that were refused; chunks that were done stay in their slots.
 */
export async function runChunks<N extends ChunkJobName>(
  context: StageContext,
  job: N,
  count: number,
  chunkSize: number,
  inputOf: (chunk: Chunk) => JobTable[N]['input'],
  /** Distinguishes the slots of a stage that cuts more than one list of items. */
  label = 'items',
): Promise<Result<Artifact[]>> {
  const { slots, executor, signal } = context;
  const chunks = chunksOf(count, chunkSize);
  const outputs = new Array<Artifact>(chunks.length);
  const doneOf = new Float64Array(chunks.length);
  const doneCount = (): number => doneOf.reduce((sum, done) => sum + done, 0);
  const report = (): void => context.progress(doneCount(), count);

  const missing: number[] = [];
  chunks.forEach((chunk, c) => {
    const kept = slots.get(slotOf(label, chunk));
    if (kept) {
      outputs[c] = kept;
      doneOf[c] = chunk.to - chunk.from;
    } else {
      missing.push(c);
    }
  });
  const resumed = doneCount();
  context.progress(resumed, count, resumed > 0 ? { resumed } : {});

  const refusals: Finding[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < missing.length && refusals.length === 0) {
      signal.throwIfAborted();
      const c = missing[next++]!;
      const chunk = chunks[c]!;
      const output = (await executor.run(job, inputOf(chunk), {
        onEvent: (done) => {
          doneOf[c] = done as number;
          report();
        },
      })) as Result<Artifact>;
      if (!output.ok) {
        refusals.push(...output.findings);
        return;
      }
      outputs[c] = output.value;
      slots.put(slotOf(label, chunk), outputs[c]);
      doneOf[c] = chunk.to - chunk.from;
      report();
    }
  };
  await Promise.all(Array.from({ length: Math.min(executor.concurrency, missing.length) }, worker));
  return refusals.length > 0 ? { ok: false, findings: refusals } : success(outputs);
}

function chunksOf(count: number, chunkSize: number): Chunk[] {
  const chunks: Chunk[] = [];
  for (let from = 0; from < count; from += chunkSize) chunks.push({ from, to: Math.min(from + chunkSize, count) });
  return chunks;
}

function slotOf(label: string, chunk: Chunk): string {
  return `${label} ${chunk.from}-${chunk.to}`;
}
