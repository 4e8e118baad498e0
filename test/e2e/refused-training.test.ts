/* Data that nothing can be learned from, and a training whose state was damaged: findings, and nothing of an earlier run is lost. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { buildCommand, type Command } from './command';
import { finishedWorkplace } from './finished-run';
import { createWorkplace, leastCase, hasTrainingState, resultBytes, smallCase, storedValues, until, type Workplace } from './workplace';

let command: Command;
beforeAll(async () => {
  command = await buildCommand();
});
afterAll(() => command.remove());

function workplace(text: string): Workplace {
  const place = createWorkplace(text);
  onTestFinished(place.remove);
  return place;
}

test('too few images, which only an option of the command can bring about', async () => {
  const place = await finishedWorkplace(command);
  onTestFinished(place.remove);
  const before = { results: resultBytes(place.runFolder), values: storedValues(place.runFolder) };
  const { code, errors } = await command.run('run', place.file, '--size', '49');
  expect(code).toBe(1);
  expect(errors).toMatch(/^error too-few-images A network cannot learn from 49 images\. Use a database of at least 63 images\./m);
  expect({ results: resultBytes(place.runFolder), values: storedValues(place.runFolder) }).toStrictEqual(before);
});

test('a property that all images share', async () => {
  // Equally stiff phases that expand differently: the modulus is the same whatever the image.
  const place = workplace(`material Cool { young 70 GPa  poisson 0.3  expansion 1e-6 1/K }
material Warm { young 70 GPa  poisson 0.3  expansion 2e-5 1/K }
database Small { size 72  resolution 32  fraction 0.38 .. 0.41  seed 7  cells 100% }
case Same {
    white Cool  black Warm  from Small
    test heating
    minimize expansion along x, y
    learn compact { epochs 1  batch 16  properties E }
    explain gradram { outliers bottom 30% }
}
`);
  const { code, errors } = await command.run('run', place.file);
  expect(code).toBe(1);
  expect(errors).toMatch(/^error labels-constant All images have the same youngs-modulus \S+ in direction x, so there is nothing to learn\. Choose phases that differ\./m);
});

test('a damaged state of a training is told, and the training begins anew to the same bytes', async () => {
  const place = workplace(smallCase({ ...leastCase, learn: 'compact { epochs 12  batch 32 }' }));
  const first = command.start('run', place.file, '--until', 'learn');
  await until(() => hasTrainingState(place.runFolder), 'an epoch of learn in the store');
  await first.kill();
  const folder = join(place.runFolder, 'checkpoints');
  for (const name of readdirSync(folder, { recursive: true }).map(String).filter((each) => each.endsWith('.bin'))) {
    const bytes = readFileSync(join(folder, name));
    bytes[bytes.length >> 1]! ^= 0xff;
    writeFileSync(join(folder, name), bytes);
  }
  const again = await command.run('run', place.file);
  expect(again.code).toBe(0);
  expect(again.errors).toMatch(/^warning checkpoint-damaged The checkpoint "training" of /m);
  expect(again.errors).not.toMatch(/learn +resumes after/);

  const undisturbed = workplace(smallCase({ ...leastCase, learn: 'compact { epochs 12  batch 32 }' }));
  expect(await command.run('run', undisturbed.file)).toMatchObject({ code: 0 });
  expect(storedValues(place.runFolder)).toStrictEqual(storedValues(undisturbed.runFolder));
});
