/* A run that is cancelled while it optimizes: how far its optimizations are, meanwhile and afterward. */
import { expect, onTestFinished, test } from 'vitest';
import { requests } from '#protocol/methods';
import { unpackColumn } from '#protocol/packed';
import { createWorkplace, leastCase, smallCase } from '#test/e2e/workplace';
import { buildForTest } from '#test/support/bundle-programs';
import { openClient } from './support';

/** More starts than any test looks at. */
const starts = 90;

test('the view of optimizations has their states and cells while the run goes on, and what they came to when it is cancelled', async () => {
  const place = createWorkplace(smallCase(leastCase).replace('compare control\n', `compare optimization { starts ${starts}  from noise  filter 2 }\n`));
  onTestFinished(place.remove);
  const client = await openClient(await buildForTest(), place);
  const run = await client.start('Stiffness');
  const states = async (): Promise<readonly string[]> => (await client.content('optimization', {}, run)).runs.map(({ state }) => state);
  await expect.poll(states, { timeout: 60_000 }).toEqual(expect.arrayContaining(['ended', 'running', 'waiting']));
  expect(await client.request(requests.cancelRun, { uri: client.uri, run })).toEqual({ kind: 'done' });
  expect((await client.ended(run)).state).toEqual({ kind: 'cancelled' });

  const { runs, cells, outcome } = await client.content('optimization', {}, run);
  expect(runs).toHaveLength(starts);
  expect(outcome).toBeUndefined();
  const begun = runs.filter(({ cuts }) => cuts);
  expect(cells).toMatchObject({ count: begun.length, width: 32 });
  for (const { cuts, iterations } of begun) expect(unpackColumn(cuts!.iterations).at(-1)).toBe(iterations);
  expect(await client.content('optimizationStart', { arm: 'optimization', candidate: 0 }, run)).toMatchObject({ width: 32, height: 32, density: { length: 1024 } });
  expect(await client.view('result', {}, run)).toMatchObject({ kind: 'waiting', stage: 'construct', arm: 'optimization' });
});
