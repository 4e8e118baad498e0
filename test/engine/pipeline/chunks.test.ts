import { describe, expect, test } from 'vitest';
import { failure, success } from '#domain/finding';
import { createRng } from '#engine/core/rng';
import { Cancelled, neverAborted } from '#engine/core/run-context';
import { concatenateArrays } from '#engine/core/artifact';
import { runChunks } from '#engine/pipeline/chunks';
import type { Executor } from '#engine/pipeline/ports';
import { noFiles, type StageContext } from '#engine/pipeline/stage';
import { createMemoryStore } from '#test/support/memory-store';

/** A context whose executor squares item numbers and fails or dies where told. */
function contextOf(
  store: ReturnType<typeof createMemoryStore>,
  trouble: { refuseFrom?: number; cancelFrom?: number; concurrency?: number } = {},
): StageContext & { readonly ran: number[]; readonly heard: [number, number][] } {
  const ran: number[] = [];
  const heard: [number, number][] = [];
  const executor = {
    concurrency: trouble.concurrency ?? 1,
    async run(_name: string, input: { from: number; to: number }) {
      if (input.from >= (trouble.cancelFrom ?? Infinity)) throw new Cancelled('cancelled');
      if (input.from >= (trouble.refuseFrom ?? Infinity)) return failure('refused', `chunk ${input.from} is refused`);
      ran.push(input.from);
      const squares = Float64Array.from({ length: input.to - input.from }, (_, i) => (input.from + i) ** 2);
      return success({ header: {}, arrays: { squares } });
    },
  } as unknown as Executor;
  return {
    rng: createRng(1),
    progress: (done, total) => heard.push([done, total]),
    executor,
    signal: neverAborted,
    files: noFiles,
    slots: { get: (slot) => store.slots.get(slot), put: (slot, part) => void store.slots.set(slot, part) },
    ran,
    heard,
  };
}

const run = (context: StageContext) => runChunks(context, 'generate', 10, 4, (chunk) => chunk as never);

describe('runChunks', () => {
  test('joins the chunks in the order of their items, whatever the number of workers', async () => {
    for (const concurrency of [1, 3]) {
      const outputs = await run(contextOf(createMemoryStore(), { concurrency }));
      expect(outputs.ok && [...concatenateArrays(outputs.value)['squares']!]).toEqual([0, 1, 4, 9, 16, 25, 36, 49, 64, 81]);
    }
  });

  test('goes on after a kill with the chunks it lacks, to the same values', async () => {
    const store = createMemoryStore();
    await expect(run(contextOf(store, { cancelFrom: 8 }))).rejects.toThrow(Cancelled);
    const again = contextOf(store);
    const outputs = await run(again);
    expect(again.ran).toEqual([8]);
    expect(again.heard[0]).toEqual([8, 10]);
    expect(outputs.ok && concatenateArrays(outputs.value)['squares']!.length).toBe(10);
  });

  test('answers with the findings of a refused chunk and keeps what is done', async () => {
    const store = createMemoryStore();
    const outputs = await run(contextOf(store, { refuseFrom: 4 }));
    expect(outputs).toEqual(failure('refused', 'chunk 4 is refused'));
    expect(store.slots.size).toBe(1);
  });
});
