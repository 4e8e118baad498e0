/* Texts with mistakes, wrong options, help, and what the machine offers. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '#test/support/temporary-folder';
import { buildCommand, type Command } from './command';
import { smallCase } from './workplace';

let command: Command;
beforeAll(async () => {
  command = await buildCommand();
});
afterAll(() => command.remove());

/** Writes files into a fresh folder and answers their paths. */
function files(contents: Readonly<Record<string, string | Uint8Array>>): Record<string, string> {
  const folder = temporaryFolder();
  return Object.fromEntries(
    Object.entries(contents).map(([name, content]) => {
      const path = join(folder, name);
      writeFileSync(path, content);
      return [name, path];
    }),
  );
}

/** The path as the command prints it. */
const shown = (path: string): string => relative(process.cwd(), path);

describe('check', () => {
  test('is content with a good file', async () => {
    const { good } = files({ good: smallCase() });
    expect(await command.run('check', good!)).toEqual({ code: 0, signal: null, errors: '', lines: ['The specification has no errors.'] });
  });

  test('tells each finding at its place, of all files, and ends with 1', async () => {
    const { good, bad } = files({ good: smallCase(), bad: smallCase().replace('379.3 GPa', '379.3 mm').replace('poisson 0.3', 'poisson 0.6') });
    const { code, lines, errors } = await command.run('check', good!, bad!);
    expect({ code, errors }).toEqual({ code: 1, errors: '' });
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(new RegExp(`^${shown(bad!)}:1:33 error wrong-dimension \\S.*\\.$`));
    expect(lines[1]).toMatch(new RegExp(`^${shown(bad!)}:1:45 error poisson-out-of-range \\S.*\\.$`));
  });

  test('tells warnings and ends with 0', async () => {
    const { warned } = files({ warned: smallCase().replace('white Boron  black Aluminum', 'white Aluminum  black Boron') });
    const { code, lines } = await command.run('check', warned!);
    expect(code).toBe(0);
    expect(lines[0]).toMatch(new RegExp(`^${shown(warned!)}:\\d+:\\d+ warning white-is-softer `));
    expect(lines.at(-1)).toBe('The specification has no errors.');
  });

  test('tells the same as JSON, places counted from 0 as editors do', async () => {
    const { bad } = files({ bad: smallCase().replace('379.3 GPa', '379.3 mm') });
    const { code, lines, errors } = await command.run('check', '--json', bad!);
    expect({ code, errors }).toEqual({ code: 1, errors: '' });
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0]!)).toEqual([
      {
        code: 'wrong-dimension', severity: 'error', file: bad, message: expect.any(String), remedy: expect.any(String),
        start: { line: 0, character: 32 }, end: { line: 0, character: 34 },
      },
    ]);
    const { good } = files({ good: smallCase() });
    expect(await command.run('check', '--json', good!)).toMatchObject({ code: 0, lines: ['[]'] });
  });

  test('tells imports that go round and imports that lead nowhere', async () => {
    const { a, b } = files({
      a: 'import "b"\nimport "nowhere.xdesign"\n',
      b: '\nimport "a"\n',
    });
    const { code, lines } = await command.run('check', a!);
    expect(code).toBe(1);
    const told = lines.map((line) => line.split(' ').slice(0, 3).join(' '));
    expect(told).toContain(`${shown(a!)}:1:8 error import-cycle`);
    expect(told).toContain(`${shown(a!)}:2:8 error import-not-found`);
    expect(told).toContain(`${shown(b!)}:2:8 error import-cycle`);
  });
});

describe('a file that cannot be read', () => {
  test.each(['check', 'run', 'simulate'])('%s: because it is not there', async (name) => {
    const { code, lines, errors } = await command.run(name, 'there-is-no-such-folder/nowhere.xdesign', ...(name === 'simulate' ? ['--case', 'A', '--image', 'a.png'] : []));
    expect(code).toBe(1);
    expect(errors + lines.join('\n')).toMatch(/^there-is-no-such-folder\/nowhere\.xdesign:1:1 error file-not-found There is no file ".*nowhere\.xdesign" to read\./);
  });

  test('because it is a folder, is no text, or one of these is imported', async () => {
    const { binary, entry, latin } = files({
      binary: Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a),
      latin: Buffer.from('// Gefüge\n', 'latin1'),
      entry: 'import "folder"\nimport "latin"\nmaterial A { young 1 GPa  poisson 0.3 }\n',
    });
    const folder = join(entry!, '..', 'folder');
    mkdirSync(folder);
    const one = async (path: string): Promise<readonly string[]> => {
      const { code, lines, errors } = await command.run('check', path);
      expect({ code, errors }).toEqual({ code: 1, errors: '' });
      return lines;
    };
    expect(await one(folder)).toEqual([`${shown(folder)}:1:1 error file-unreadable "${folder}" cannot be read: it is a folder. Name a file in it.`]);
    expect(await one(binary!)).toEqual([`${shown(binary!)}:1:1 error file-unreadable "${binary}" cannot be read: it is not text in UTF-8. Save it as UTF-8, or name another file.`]);
    expect((await one(entry!)).map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual([
      `${shown(entry!)}:1:8 error import-not-found`,
      `${shown(entry!)}:2:8 error import-not-found`,
      `${shown(folder)}:1:1 error file-unreadable`,
      `${shown(latin!)}:1:1 error file-unreadable`,
    ]);
  });

  test('begins with a byte-order mark: that is no reason', async () => {
    const { marked } = files({ marked: `\ufeff${smallCase()}` });
    expect(await command.run('check', marked!)).toMatchObject({ code: 0 });
  });
});

describe('run', () => {
  test('refuses a text with an error, telling it as check does', async () => {
    const { bad } = files({ bad: smallCase().replace('379.3 GPa', '379.3 mm') });
    const { code, errors, lines } = await command.run('run', bad!);
    expect({ code, lines }).toEqual({ code: 1, lines: [] });
    expect(errors).toMatch(new RegExp(`^${shown(bad!)}:1:33 error wrong-dimension `));
  });

  test('says which cases there are when it is asked for another', async () => {
    const { good } = files({ good: `${smallCase()}case Other { white Boron  black Aluminum  from Small  maximize poisson along x\n explain gradram { outliers top 30% } subject to fraction in 0.39 .. 0.40 }\n` });
    const { code, errors } = await command.run('run', good!, '--case', 'Nope');
    expect(code).toBe(1);
    expect(errors).toBe('error unknown-case There is no case "Nope". The file has "Stiffness", "Other".\n');
  });

  test('refuses a file without a case', async () => {
    const { library } = files({ library: 'material Boron { young 379.3 GPa  poisson 0.3 }\n' });
    for (const given of [[], ['--case', 'Nope']]) {
      const { code, errors } = await command.run('run', library!, ...given);
      expect(code).toBe(1);
      expect(errors).toMatch(/^error no-cases .* has no case\. Write one in it/);
    }
  });
});

/* What is refused, and each help, is tested in test/cli/usage.test.ts. */
describe('usage', () => {
  test('an option that does not exist is refused with 2', async () => {
    const { code, errors, lines } = await command.run('check', '--jsno', 'a.xdesign');
    expect({ code, lines }).toEqual({ code: 2, lines: [] });
    expect(errors).toMatch(/unknown option '--jsno'\n\(Did you mean --json\?\)/);
  });

  test('help ends with 0', async () => {
    const { code, errors, lines } = await command.run('doctor', '--help');
    expect({ code, errors, first: lines[0] }).toEqual({ code: 0, errors: '', first: 'Usage: xdesign doctor [options]' });
  });
});

test('doctor tells Node, cores, memory, backends with reasons, and disk', async () => {
  const { code, errors, lines } = await command.run('doctor', '--json');
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  const found = JSON.parse(lines[0]!) as { memory: { free: number }; disk: { free: number }; backends: { name: string; available: boolean; reason?: string }[] };
  expect(found).toMatchObject({
    xdesign: expect.stringMatching(/^\d+\.\d+\.\d+/),
    node: process.versions.node,
    cores: availableParallelism(),
    memory: { total: totalmem() },
    disk: { folder: process.cwd() },
    build: { workerFile: true, tensorflowWasmPath: true },
  });
  for (const bytes of [found.memory.free, found.disk.free]) expect(bytes).toBeGreaterThan(1e6);
  expect(found.backends.map(({ name }) => name)).toEqual(['node-gpu', 'node', 'webgpu', 'wasm']);
  expect(found.backends.at(-1)).toEqual({ name: 'wasm', available: true });
  for (const { available, reason } of found.backends) expect(available || (reason ?? '').length > 10).toBe(true);
  // Packages that are absent, told without paths of this machine.
  expect(found.backends.find(({ name }) => name === 'node-gpu')?.reason).toBe('the package @tensorflow/tfjs-node-gpu is not installed');
});
