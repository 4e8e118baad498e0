/* A panel whose store another program holds says so. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore } from '#runner/store/store';
import { createWorkplace, smallCase } from '#test/e2e/workplace';
import { openClient } from '#test/server/runs/support';
import { buildForTest, bundleForTest } from '#test/support/bundle-programs';
import { startProgram } from '#test/support/child-program';

let built: string;
let programs: Awaited<ReturnType<typeof bundleForTest>>;
beforeAll(async () => {
  [built, programs] = await Promise.all([buildForTest(), bundleForTest({ store: 'test/runner/programs/store-program.ts' })]);
});
afterAll(() => programs.remove());

test('who holds the store is a finding of the view, and the view comes when it is free', async () => {
  const place = createWorkplace(smallCase());
  try {
    openStore(place.runFolder, ({ message }) => expect.fail(message)).close();
    const holder = startProgram(join(programs.folder, 'store.mjs'), 'hold', place.runFolder, 'guard');
    await holder.line();
    const client = await openClient(built, place);
    expect(await client.view('scatter', {})).toMatchObject({ kind: 'refused', findings: [{ code: 'store-locked', message: expect.stringContaining('guard') as string }] });
    await holder.kill();
    expect(await client.view('scatter', {})).toMatchObject({ kind: 'waiting', stage: 'generate' });
    expect(await client.plain.close()).toBe(0);
  } finally {
    place.remove();
  }
});
