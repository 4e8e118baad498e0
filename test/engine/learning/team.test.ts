/* Members of a training on threads of their own. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LearningSettings } from '#domain/learning';
import type { Artifact } from '#engine/core/artifact';
import { createTeamMemory } from '#engine/learning/training/train-regressor';
import { bundleForTest, type BundleFolder } from '#test/support/bundle-programs';
import { tensorflowWasmPath } from '#test/support/learning-context';
import { stripedSettings } from '#test/support/striped-dataset';
import type { TeamOrder } from './programs/team-program';

let programs: BundleFolder;
beforeAll(async () => {
  programs = await bundleForTest({ team: 'test/engine/learning/programs/team-program.ts' });
});
afterAll(() => programs.remove());

type Answer = { readonly kind: 'regressor'; readonly artifact: Artifact } | { readonly kind: 'failed'; readonly name: string };

/** Starts all members of a team; `onEpoch` hears member 0. */
async function runTeam(members: number, settings: LearningSettings, onEpoch: (flag: Int32Array) => void): Promise<readonly Answer[]> {
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const shared = createTeamMemory(60, settings);
  const threads = Array.from({ length: members }, (_, member) => {
    const order: TeamOrder = { team: { member, members, shared }, wasmPath: tensorflowWasmPath, settings, flag };
    return new Worker(join(programs.folder, 'team.mjs'), { workerData: order });
  });
  const answers = await Promise.all(
    threads.map(
      (thread) =>
        new Promise<Answer>((resolve, reject) => {
          thread.on('error', reject);
          thread.on('message', (message: Answer | { readonly kind: 'epoch' }) => {
            if (message.kind === 'epoch') onEpoch(flag);
            else resolve(message);
          });
        }),
    ),
  );
  await Promise.all(threads.map((thread) => thread.terminate()));
  return answers;
}

test('two threads end with the bytes of one', async () => {
  const [single] = await runTeam(1, stripedSettings, () => {});
  expect(single!.kind).toBe('regressor');
  expect(await runTeam(2, stripedSettings, () => {})).toEqual([single, single]);
});

test('cancelling stops all of them', async () => {
  const answers = await runTeam(2, { ...stripedSettings, epochs: 1000 }, (flag) => Atomics.store(flag, 0, 1));
  expect(answers).toEqual([{ kind: 'failed', name: 'Cancelled' }, { kind: 'failed', name: 'Cancelled' }]);
});
