/* Runs on a real Slurm whose arrays have four tasks at most, so that every larger wave has several: they are killed, cancelled and damaged, and end with the bytes of one machine. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildCommand, type Command } from '#test/e2e/command';
import { createWorkplace, leastCase, resultBytes, smallCase, storedValues, until, type Workplace } from '#test/e2e/workplace';

let command: Command;
beforeAll(async () => {
  command = await buildCommand();
});
const places: Workplace[] = [];
afterAll(() => {
  places.forEach((place) => place.remove());
  command.remove();
});

/** Some seconds of tests: fourteen shards of the stage solve. */
const text = smallCase({ ...leastCase, size: 280, resolution: 64, outliers: '10%', learn: 'compact { epochs 6  batch 32 }' });
const onSlurm = ['--executor', 'slurm'];
/** The database alone. */
const untilSolved = ['--until', 'solve'];

interface Shards {
  /** By the estimate, by which a job of `solve` takes 0.03 s, and the training 5 s. */
  readonly shardMinutes?: number;
  readonly localMinutes?: number;
}

function workplace({ shardMinutes = 0.0005, localMinutes = 0.004 }: Shards = {}): Workplace {
  const place = createWorkplace(text);
  places.push(place);
  mkdirSync(place.runFolder);
  writeFileSync(join(place.runFolder, 'cluster.json'), JSON.stringify({ shardMinutes, localMinutes, pollSeconds: 0.2 }));
  return place;
}

/** What this machine alone gives, of which the tests compare what they computed. */
let alone: Promise<Workplace> | undefined;
function computedAlone(): Promise<Workplace> {
  alone ??= (async () => {
    const place = createWorkplace(text);
    places.push(place);
    expect(await command.run('run', place.file)).toMatchObject({ code: 0 });
    return place;
  })();
  return alone;
}

async function expectSolvedAsAlone(place: Workplace): Promise<void> {
  // The rest is computed here, from what the cluster gave.
  expect(await command.run('run', place.file)).toMatchObject({ code: 0 });
  const expected = await computedAlone();
  expect(storedValues(place.runFolder)).toEqual(storedValues(expected.runFolder));
}

/** Of all waves, such as `0002/3.results`. */
function waveFiles(place: Workplace): readonly string[] {
  const folder = join(place.runFolder, 'cluster');
  return existsSync(folder) ? readdirSync(folder, { recursive: true }).map(String).filter((name) => /^\d{4}\//.test(name)) : [];
}

const results = (place: Workplace): number => waveFiles(place).filter((name) => name.endsWith('.results')).length;

function squeue(...words: string[]): readonly string[] {
  return execFileSync('squeue', ['--noheader', '--array', ...words], { encoding: 'utf8' }).split('\n').map((line) => line.trim()).filter((line) => line !== '');
}

test('a whole case has the bytes of one machine, and leaves no waves', async () => {
  const place = workplace();
  const { code, errors } = await command.run('run', place.file, ...onSlurm);
  expect(code, errors).toBe(0);
  const expected = await computedAlone();
  expect(storedValues(place.runFolder)).toEqual(storedValues(expected.runFolder));
  expect(resultBytes(place.runFolder)).toEqual(resultBytes(expected.runFolder));
  expect(readdirSync(join(place.runFolder, 'cluster')).sort()).toEqual(['incoming', 'inputs', 'program']);
  expect(errors).toMatch(/shards: .*(wait|run)/);
});

test('what is cancelled in the queue is named, and computed by the next run', async () => {
  const place = workplace();
  const child = command.start('run', place.file, ...untilSolved, ...onSlurm);
  await until(() => squeue('--states=PENDING', '--format=%i').length >= 4, 'tasks wait');
  const waiting = squeue('--states=PENDING', '--format=%F_%K');
  execFileSync('scancel', waiting.slice(0, Math.ceil(waiting.length / 2)));
  const { code, errors } = await child.ended();
  expect(code).toBe(1);
  expect(errors).toMatch(/error shard-failed Shard \d+ of \d+ of wave 0002 \(\d+ × solve\).* was cancelled in the queue\. Its log is .*\.log\./);
  const kept = results(place);
  expect(kept).toBeGreaterThan(0);
  const again = await command.run('run', place.file, ...untilSolved, ...onSlurm);
  expect(again.code, again.errors).toBe(0);
  await expectSolvedAsAlone(place);
});

test('tasks that are killed twenty times at any moment are started again, with the same bytes', async () => {
  const place = workplace();
  let kills = 0;
  const killer = setInterval(() => {
    try {
      // The program of a task that runs, without any warning.
      execFileSync('pkill', ['-KILL', '--newest', '--full', `task\\.mjs ${join(place.runFolder, 'cluster')}`]);
      kills++;
    } catch {
      // None runs just now.
    }
    if (kills >= 20) clearInterval(killer);
  }, 700);
  for (let runs = 0; runs < 20; runs++) {
    const { code, errors } = await command.run('run', place.file, ...untilSolved, ...onSlurm);
    if (code === 0) break;
    expect(errors).toMatch(/shard-failed|shard-repeated/);
  }
  clearInterval(killer);
  expect(kills).toBeGreaterThan(0);
  await expectSolvedAsAlone(place);
});

test('a submitting process that is killed is replaced by the next one, which takes what was computed meanwhile', async () => {
  const place = workplace();
  const child = command.start('run', place.file, ...untilSolved, ...onSlurm);
  await until(() => results(place) >= 1, 'a shard is done');
  await child.kill();
  await child.ended();
  const before = results(place);
  await until(() => results(place) > before, 'the queue goes on');
  const again = await command.run('run', place.file, ...untilSolved, ...onSlurm);
  expect(again.code, again.errors).toBe(0);
  await expectSolvedAsAlone(place);
});

test('Ctrl-C takes the tasks out of the queue; results that are damaged on the disk are computed again', async () => {
  const place = workplace();
  const child = command.start('run', place.file, ...untilSolved, ...onSlurm);
  await until(() => results(place) >= 2, 'shards are done');
  child.send('SIGINT');
  expect(await child.ended()).toMatchObject({ code: 130, errors: expect.stringContaining('the tasks were taken out of the queue') });
  await until(() => squeue('--states=PENDING,RUNNING').length === 0, 'the queue is empty');
  const damaged = join(place.runFolder, 'cluster', waveFiles(place).find((name) => name.endsWith('.results'))!);
  const bytes = readFileSync(damaged);
  bytes[bytes.length - 9]! ^= 1;
  writeFileSync(damaged, bytes);
  // The chunks of these shards are in the store already: without it they are taken from the waves.
  for (const name of ['store.sqlite', 'store.sqlite-wal', 'store.sqlite-shm']) if (existsSync(join(place.runFolder, name))) execFileSync('rm', [join(place.runFolder, name)]);
  const again = await command.run('run', place.file, ...untilSolved, ...onSlurm);
  expect(again.code, again.errors).toBe(0);
  expect(again.errors).toContain('warning shard-damaged');
  await expectSolvedAsAlone(place);
});

test('a training that has to make way saves its epochs, goes back into the queue and ends with the same network', async () => {
  const place = workplace({ shardMinutes: 1, localMinutes: 0.03 });
  // The database is small enough for this machine; the training is not.
  const child = command.start('run', place.file, '--until', 'learn', ...onSlurm);
  const epochs = (): boolean => waveFiles(place).some((name) => name.includes('event-0-epoch'));
  await until(epochs, 'an epoch is saved');
  const [task] = squeue('--states=RUNNING', '--format=%F_%K');
  execFileSync('scancel', ['--signal=USR1', '--batch', task!]);
  await until(() => waveFiles(place).some((name) => name.endsWith('.log') && /attempt \d+\.1,/.test(readFileSync(join(place.runFolder, 'cluster', name), 'utf8'))), 'the task starts again');
  const { code, errors } = await child.ended();
  expect(code, errors).toBe(0);
  await expectSolvedAsAlone(place);
});

test('two runs do not share a run folder', async () => {
  const place = workplace();
  const child = command.start('run', place.file, ...untilSolved, ...onSlurm);
  await until(() => waveFiles(place).length > 0, 'the first one has submitted');
  expect(await command.run('run', place.file, ...untilSolved, ...onSlurm)).toMatchObject({ code: 1, errors: expect.stringContaining('run-folder-in-use') });
  child.send('SIGINT');
  await child.ended();
});
