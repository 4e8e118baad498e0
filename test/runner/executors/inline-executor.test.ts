import { describe, expect, test } from 'vitest';
import { Cancelled } from '#engine/api';
import { createInlineExecutor } from '#runner/executors/inline-executor';

const settings = { tensorflowWasmPath: '/some/folder/' };

describe('jobs in this thread', () => {
  test('answer with their events before their result, one after another', async () => {
    const executor = createInlineExecutor(settings);
    const heard: number[] = [];
    const listener = { onEvent: (event: number) => void heard.push(event) };
    expect(executor.concurrency).toBe(1);
    expect(await Promise.all([executor.run('sum', [1, 2], listener), executor.run('sum', [10, 20], listener)])).toStrictEqual([3, 30]);
    expect(heard).toStrictEqual([1, 3, 10, 30]);
  });

  test('fail alone', async () => {
    const executor = createInlineExecutor(settings);
    const failing = executor.run('sum', null as never);
    await expect(failing).rejects.toThrow(TypeError);
    expect(await executor.run('sum', [1])).toBe(1);
  });

  test('refuse what could not cross threads', async () => {
    const executor = createInlineExecutor(settings);
    await expect(executor.run('sum', [1, (() => 1) as never])).rejects.toMatchObject({ name: 'DataCloneError' });
  });

  test('are cancelled at their next look, and refused from then on', async () => {
    const executor = createInlineExecutor(settings);
    const heard: number[] = [];
    const cancelled = executor.run('sum', [1, 2, 3], {
      onEvent: (event) => {
        heard.push(event);
        executor.cancel();
      },
    });
    const waiting = executor.run('sum', [4]);
    await expect(cancelled).rejects.toBeInstanceOf(Cancelled);
    await expect(waiting).rejects.toBeInstanceOf(Cancelled);
    expect(heard).toStrictEqual([1]);
    expect(executor.signal.aborted).toBe(true);
    await expect(executor.run('sum', [5])).rejects.toBeInstanceOf(Cancelled);
    await executor.close();
  });
});
