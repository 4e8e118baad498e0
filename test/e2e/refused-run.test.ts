/* Runs that meet trouble: another run, a damaged store, a refused case, a full disk, mistakes of ours. */
import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { placeText, stagePlaces } from '#domain/stages';
import { buildCommand, type Command } from './command';
import { finishedWorkplace } from './finished-run';
import { readRunJson } from './run-json';
import { createWorkplace, leastCase, resultBytes, smallCase, stagesOf, storedValues, until, type Workplace } from './workplace';

let command: Command;
beforeAll(async () => {
  command = await buildCommand();
});

const places: Workplace[] = [];
afterAll(() => {
  for (const place of places) place.remove();
  command.remove();
});

/** A workplace that goes when the tests of this file end. */
function workplace(text = smallCase(leastCase)): Workplace {
  const place = createWorkplace(text);
  places.push(place);
  return place;
}

describe('a run folder in use', () => {
  test('is refused, with the process that uses it, until that is gone', async () => {
    const place = workplace(smallCase({ size: 500 }));
    const first = command.start('run', place.file, '--until', 'generate');
    await until(() => first.errors().includes('Case Stiffness'), 'the first run has the folder');
    first.send('SIGSTOP');
    const second = await command.run('run', place.file, '--json');
    expect(second).toMatchObject({ code: 1, lines: ['{"cases":[]}'] });
    expect(second.errors).toMatch(new RegExp(`^error run-folder-in-use Process ${first.processId} runs in ${place.runFolder} since \\d{4}-.*\\. Wait until it ends`));

    await first.kill();
    place.write(smallCase(leastCase));
    expect(await command.run('run', place.file, '--until', 'generate')).toMatchObject({ code: 0 });
  });
});

describe('a damaged store', () => {
  const whole = (): Promise<Workplace> => (making ??= makeWhole());
  let making: Promise<Workplace> | undefined;
  async function makeWhole(): Promise<Workplace> {
    const place = await finishedWorkplace(command);
    places.push(place);
    return place;
  }

  test('is named, moved aside and computed again to the same bytes', async () => {
    const place = await whole();
    const before = { results: resultBytes(place.runFolder), values: storedValues(place.runFolder) };
    writeFileSync(join(place.runFolder, 'store.sqlite'), 'these are my notes, not a database');
    const again = await command.run('run', place.file);
    expect(again).toMatchObject({ code: 0, signal: null });
    expect(again.errors).toMatch(/^warning store-damaged .*store\.sqlite cannot be used as the store: it is not a database\. It was renamed to store\.sqlite\.damaged-1/m);
    expect(readFileSync(join(place.runFolder, 'store.sqlite.damaged-1'), 'utf8')).toBe('these are my notes, not a database');
    expect(stagesOf(place.runFolder).map(({ key: _key, seconds: _seconds, cost: _cost, ...stage }) => stage)).toEqual(stagePlaces([{ name: 'explained' }, { name: 'control' }]).map((each) => ({ ...each, reused: 'nothing' })));
    expect({ results: resultBytes(place.runFolder), values: storedValues(place.runFolder) }).toStrictEqual(before);
  });

  test('value is named and computed again alone', async () => {
    const place = await whole();
    const before = storedValues(place.runFolder);
    const key = before['solve']!.key;
    const database = new DatabaseSync(join(place.runFolder, 'store.sqlite'));
    const { changes } = database.prepare('UPDATE artifact SET bytes = zeroblob(length(bytes)) WHERE key = ?').run(key);
    database.close();
    expect(changes).toBe(1);
    const again = await command.run('run', place.file);
    expect(again).toMatchObject({ code: 0, signal: null });
    expect(again.errors).toMatch(new RegExp(`^warning artifact-damaged The stored artifact ${key}`, 'm'));
    expect(Object.fromEntries(stagesOf(place.runFolder).map(({ reused, ...each }) => [placeText(each), reused]))).toMatchObject({
      generate: 'everything', solve: 'nothing', select: 'everything', learn: 'everything', 'validate explained': 'everything', 'validate control': 'everything',
    });
    expect(storedValues(place.runFolder)).toStrictEqual(before);
  });
});

describe('of two cases', () => {
  /** The second case's images are one round particle each: none is exceptional in x and in y. */
  const twoCases = (size: number): string => `${smallCase(leastCase)}
database Discs { size ${size}  resolution 32  fraction 0.38 .. 0.41  particles 100% { overlap avoided  radius 0.3 .. 0.34 } }
case Round {
    white Boron  black Aluminum  from Discs
    maximize E along x, y
    subject to fraction in 0.39 .. 0.40
    explain gradram { outliers top 20% }
}
`;

  let place: Workplace;
  beforeAll(() => {
    place = workplace(twoCases(63));
  });

  test('one that is refused ends the run, and the other one has its report', async () => {
    const { code, errors, lines } = await command.run('run', place.file, '--json');
    expect(code).toBe(1);
    expect(errors).toMatch(/^error no-outliers /m);
    const { cases, report } = readRunJson(lines);
    expect(cases.map(({ name }) => name)).toEqual(['Stiffness']);
    expect(existsSync(report)).toBe(true);
    expect(cases[0]!.arms[0].designs.map(({ file }) => existsSync(file))).not.toContain(false);
  });

  test('one that is stopped leaves the other in the summary', async () => {
    place.write(twoCases(20_000));
    const child = command.start('run', place.file, '--json');
    await until(() => /^Case Round$/m.test(child.errors()), 'the second case begins');
    child.send('SIGINT');
    const lines = await child.rest();
    expect(await child.ended()).toMatchObject({ code: 130 });
    const { cases } = readRunJson(lines);
    expect(cases.map(({ name }) => name)).toEqual(['Stiffness']);
    expect(cases[0]!.arms[0].designs.length).toBeGreaterThan(0);
  });
});

describe('a full disk', () => {
  /* A disk of 40 MB of our own, where the system lets us have one. Elsewhere files that may not grow are the nearest thing. */
  const namespace = process.getuid?.() === 0 ? ['--mount'] : ['--mount', '--map-root-user'];
  const hasDisk = spawnSync('unshare', [...namespace, 'sh', '-c', 'mount -t tmpfs tmpfs /mnt']).status === 0;
  const [found, script] = hasDisk
    ? ['disk-full', `
        mount -t tmpfs -o size=40m tmpfs "$disk"
        head -c $(( (40 * 1024 - $room) * 1024 )) /dev/zero > "$disk/filler"
        run first
        rm "$disk/filler"
        run second $more`]
    : ['storage-failed', `
        (ulimit -f $((room / 2)); run first)
        run second $more`];

  const runTwice = async (place: Workplace, room: number, more: string): Promise<{ first: string; second: string; codes: string }> => {
    const disk = join(place.folder, 'disk');
    mkdirSync(disk);
    const text = `set -u
      node=$1; launcher=$2; file=$3; disk=$4; out=$5; room=$6; more=$7
      run() {
        name=$1
        shift
        "$node" "$launcher" run "$file" --out "$disk/run" --workers 1 "$@" > "$out/$name.out" 2> "$out/$name.err"
        echo "$name $?" >> "$out/codes"
      }
      ${script}`;
    const given = ['bash', '-c', text, 'bash', process.execPath, command.launcher, place.file, disk, place.folder, String(room), more];
    const [program, ...rest] = hasDisk ? ['unshare', ...namespace, ...given] : given;
    await new Promise<void>((resolve, reject) => {
      execFile(program!, rest, { timeout: 150_000 }, (error) => (error ? reject(error) : resolve()));
    });
    const read = (name: string): string => readFileSync(join(place.folder, name), 'utf8');
    return { first: read('first.err'), second: read('second.err'), codes: read('codes') };
  };

  test.each([
    { room: 100, when: 'at the start', more: '--until generate', end: /^ {2}generate +finished/m },
    // The state of a training takes 2.9 MB after its first epoch: there is room for one, but not for the next one beside it.
    { room: 5000, when: 'in learn', more: '--until learn', end: /^ {2}learn +finished/m },
  ])('met $when ends the run with a finding, and with room again the next one goes on', async ({ room, more, end }) => {
    const { first, second, codes } = await runTwice(workplace(), room, more);
    expect(codes).toBe('first 1\nsecond 0\n');
    expect(first).toMatch(new RegExp(`^error ${found} .* completed work is kept`, 'm'));
    expect(first).not.toMatch(/^\s+at |Error:/m);
    if (room > 1000) {
      expect(second).toMatch(/^ {2}solve +finished, from the store$/m);
      if (hasDisk) expect(second).toMatch(/^ {2}learn +resumes after \d+ of/m);
    }
    expect(second).toMatch(end);
    expect(second).not.toMatch(/^error/m);
  });
});

describe('a mistake of ours', () => {
  let broken: Command;
  beforeAll(async () => {
    broken = await buildCommand('test/e2e/programs/broken-worker.ts');
  });
  afterAll(() => broken.remove());

  test.each([
    { job: 'solve', error: 'BugError: an image without pixels', place: /at .*test\/e2e\/programs\/broken-worker\.ts:\d+/ },
    { job: 'train', error: 'member 1 has no weights', place: /at .*test\/e2e\/programs\/broken-worker\.ts:\d+/ },
    { job: 'train later', error: 'member 1 lost its weights', place: /at .*test\/e2e\/programs\/broken-worker\.ts:\d+/ },
    { job: 'explain', error: 'the worker thread of job "explain" ended with exit code 3', place: /at .*src\/runner\/jobs\/job-thread\.ts:\d+/ },
  ])('in $job ends the run with the error and its place, and what is done is kept', async ({ job, error, place: where }) => {
    const place = workplace();
    vi.stubEnv('XDESIGN_TEST_BREAK', job);
    onTestFinished(() => void vi.unstubAllEnvs());
    const { code, signal, errors, lines } = await broken.run('run', place.file, '--workers', '2', '--json');
    expect({ code, signal, lines }).toEqual({ code: 70, signal: null, lines: [] });
    expect(errors).toContain('xdesign stopped on an internal error. Completed work is kept. Please report these lines:');
    expect(errors).toContain(error);
    expect(errors).toMatch(where);
    expect(existsSync(join(place.runFolder, 'run.lock'))).toBe(false);

    vi.unstubAllEnvs();
    const next = await command.run('run', place.file, '--until', 'generate');
    expect(next.errors).toMatch(/^ {2}generate +finished, from the store$/m);
  });

  test('is none when the backend of one thread does not open: that is a finding', async () => {
    const place = workplace();
    vi.stubEnv('XDESIGN_TEST_BREAK', 'train without backend');
    onTestFinished(() => void vi.unstubAllEnvs());
    const { code, signal, errors } = await broken.run('run', place.file, '--workers', '2');
    expect({ code, signal }).toEqual({ code: 1, signal: null });
    expect(errors).toMatch(/^error backend-unavailable .*\/nowhere\//m);
  });
});
