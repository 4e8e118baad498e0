/*
 * Runs that are killed or told to stop in the middle. What they have done is seen in their store, so
 * each is hit at a known point: after the first chunk of solve, after the first epoch of learn.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { ChildProgram } from '#test/support/child-program';
import { slowdown } from '#test/support/slowdown';
import { buildCommand, type Command } from './command';
import { chunksIn, createWorkplace, fewDesigns, hasTrainingState, leastCase, resultBytes, smallCase, stagesOf, startsIn, storedValues, until, type Workplace } from './workplace';

const chunk = 20; // images of one chunk of solve
const size = 100;
const epochs = 4;
const stepsOfAnEpoch = 4; // 76 training images, twice, in mini-batches of 32
const text = smallCase({ ...fewDesigns, size, outliers: '15%', seed: 7, resolution: 64, learn: `compact { epochs ${epochs}  batch 32 }` });

let command: Command;
beforeAll(async () => {
  command = await buildCommand();
});

const places: Workplace[] = [];
afterAll(() => {
  for (const place of places) place.remove();
  command.remove();
});

/** A place where the images are there; made for the first test that asks. */
const drawn = (): Promise<Workplace> => (drawing ??= draw());
let drawing: Promise<Workplace> | undefined;
async function draw(): Promise<Workplace> {
  const place = createWorkplace(text);
  places.push(place);
  expect(await command.run('run', place.file, '--until', 'generate')).toMatchObject({ code: 0 });
  return place;
}

/** A place where the images are tested too, by a run that was killed and one that went on. */
const solved = (): Promise<KilledInSolve> => (solving ??= solve());
let solving: Promise<KilledInSolve> | undefined;
interface KilledInSolve {
  readonly place: Workplace;
  /** Chunks in the store after the kill. */
  readonly kept: number;
  /** What the second run said. */
  readonly errors: string;
}
async function solve(): Promise<KilledInSolve> {
  const place = (await drawn()).copy();
  places.push(place);
  await (await startSolving(place, 1)).kill();
  const kept = chunksIn(place.runFolder);
  const again = await command.run('run', place.file, '--until', 'select', '--workers', '1');
  expect(again).toMatchObject({ code: 0 });
  return { place, kept, errors: again.errors };
}

/** A workplace of the running test alone. */
function copyOf(place: Workplace): Workplace {
  const copy = place.copy();
  onTestFinished(copy.remove);
  return copy;
}

/** Starts a run and waits until the first chunk of solve is in the store. */
async function startSolving(place: Workplace, workers: number): Promise<ChildProgram> {
  const child = command.start('run', place.file, '--workers', String(workers));
  await until(() => chunksIn(place.runFolder) > 0, 'a chunk of solve in the store');
  return child;
}

/** Starts a run and waits until the first epoch of learn is in the store. */
async function startLearning(place: Workplace, workers: number): Promise<ChildProgram> {
  const child = command.start('run', place.file, '--workers', String(workers));
  await until(() => hasTrainingState(place.runFolder), 'an epoch of learn in the store');
  return child;
}

/** What a line such as `  solve      resumes after 20 of 120` says: how much was done. */
function goesOnAfter(stage: string, errors: string): number {
  const line = new RegExp(`^ {2}${stage} +resumes after (\\d+) of \\d+$`, 'm').exec(errors);
  if (!line) expect.fail(`no stage goes on in: ${errors}`);
  return Number(line[1]);
}

describe('a run that is killed', () => {
  test('in solve goes on with the images that it lacks', async () => {
    const { kept, errors } = await solved();
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThan(size / chunk);
    expect(goesOnAfter('solve', errors)).toBe(chunk * kept);
  });

  test('in learn goes on with the next epoch, and ends with the same bytes as a run that nothing disturbed on another number of threads', async () => {
    const disturbed = copyOf((await solved()).place);
    await (await startLearning(disturbed, 2)).kill();
    const again = await command.run('run', disturbed.file, '--workers', '1');
    expect(again).toMatchObject({ code: 0 });
    const steps = goesOnAfter('learn', again.errors);
    expect(steps % stepsOfAnEpoch).toBe(0);
    expect(steps).toBeGreaterThan(0);
    expect(steps).toBeLessThan(stepsOfAnEpoch * epochs);
    expect(stagesOf(disturbed.runFolder).map(({ stage, reused }) => `${stage} ${reused}`).slice(0, 5)).toEqual([
      'generate everything', 'solve everything', 'select everything', 'learn partly', 'explain nothing',
    ]);
    expect(hasTrainingState(disturbed.runFolder)).toBe(false);

    const undisturbed = createWorkplace(text);
    onTestFinished(undisturbed.remove);
    expect(await command.run('run', undisturbed.file, '--workers', '2')).toMatchObject({ code: 0 });
    expect(stagesOf(undisturbed.runFolder).map(({ reused }) => reused)).toEqual(new Array(12).fill('nothing'));
    expect(storedValues(disturbed.runFolder)).toStrictEqual(storedValues(undisturbed.runFolder));
    expect(resultBytes(disturbed.runFolder)).toStrictEqual(resultBytes(undisturbed.runFolder));
    expect(Object.keys(resultBytes(disturbed.runFolder)).length).toBeGreaterThan(3);
  });
});

test('a run that is killed while it optimizes goes on with its starts, and ends with the same bytes as one that nothing disturbed on another number of threads', async () => {
  const optimizing = smallCase({ ...leastCase, more: 'compare optimization { starts 4  from noise, cosines  filter 2 }  refine optimization { best 2 }' });
  const [disturbed, undisturbed] = [createWorkplace(optimizing), createWorkplace(optimizing)];
  onTestFinished(() => [disturbed, undisturbed].forEach((place) => place.remove()));
  const child = command.start('run', disturbed.file, '--workers', '2');
  await until(() => startsIn(disturbed.runFolder) > 0, 'a start of an optimization in the store');
  await child.kill();
  const again = await command.run('run', disturbed.file, '--workers', '1');
  expect(again).toMatchObject({ code: 0 });
  expect(goesOnAfter('construct optimization', again.errors)).toBeGreaterThan(0);
  expect(stagesOf(disturbed.runFolder)).toContainEqual(expect.objectContaining({ stage: 'construct', arm: 'optimization', reused: 'partly' }));

  expect(await command.run('run', undisturbed.file, '--workers', '2')).toMatchObject({ code: 0 });
  expect(storedValues(disturbed.runFolder)).toStrictEqual(storedValues(undisturbed.runFolder));
  expect(resultBytes(disturbed.runFolder)).toStrictEqual(resultBytes(undisturbed.runFolder));
});

describe('a run that is told to stop', () => {
  test.each([
    { signals: ['SIGINT'], stage: 'solve' },
    { signals: ['SIGINT'], stage: 'learn' },
    { signals: ['SIGINT', 'SIGINT'], stage: 'learn' },
    { signals: ['SIGTERM'], stage: 'solve' },
  ] as const)('by $signals in $stage ends within two seconds, and the next one goes on', async ({ signals, stage }) => {
    const place = copyOf(stage === 'solve' ? await drawn() : (await solved()).place);
    const child = await (stage === 'solve' ? startSolving : startLearning)(place, 2);
    const sent = performance.now();
    for (const signal of signals) {
      child.send(signal);
      await sleep(50);
    }
    const { code, signal, errors } = await child.ended();
    expect(performance.now() - sent).toBeLessThan(2000 * slowdown());
    expect({ code, signal }).toEqual({ code: 130, signal: null });
    expect(errors).toMatch(/\nStopped\. Completed work is kept; run the same command to resume\.\n$/);
    expect(existsSync(join(place.runFolder, 'run.lock'))).toBe(false);

    const kept = chunksIn(place.runFolder);
    const next = command.start('run', place.file, '--workers', '1');
    await until(() => next.errors().includes('resumes after'), `${stage} goes on`);
    await next.kill();
    const done = goesOnAfter(stage, next.errors());
    if (stage === 'solve') expect(done).toBe(chunk * kept);
    expect(done).toBeGreaterThan(0);
  });
});
