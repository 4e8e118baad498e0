/*
 * What `npm run build` makes, from the sources as they are now, in a folder without any node_modules
 * above it: an extension carries nothing else.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createThreadExecutor } from '#runner/jobs/thread-executor';
import { buildForTest } from '#test/support/bundle-programs';
import { smallDatabase } from '#test/support/database-settings';
import { startProgram } from '#test/support/child-program';

let dist: string;
beforeAll(async () => {
  dist = await buildForTest();
});

describe('the bundles', () => {
  test('are the programs with their maps, the HDF5 library, the extension, and TensorFlow.js’s WebAssembly', () => {
    const programs = ['hdf5', 'run', 'server', 'task', 'views', 'worker', 'xdesign'];
    expect(readdirSync(dist).sort()).toStrictEqual([...programs.flatMap((name) => [`${name}.mjs`, `${name}.mjs.map`]), 'client', 'tensorflow'].sort());
    expect(readdirSync(join(dist, 'client'))).toContain('extension.cjs');
    expect(readdirSync(join(dist, 'tensorflow'))).toContain('tfjs-backend-wasm-simd.wasm');
  });

  test('worker.mjs runs jobs', async () => {
    const executor = createThreadExecutor({
      workers: 1,
      workerFile: join(dist, 'worker.mjs'),
      tensorflowWasmPath: `${join(dist, 'tensorflow')}/`,
    });
    onTestFinished(() => executor.close());
    const images = await executor.run('generate', { settings: smallDatabase, from: 3, to: 5 });
    expect(images.ok && images.value.arrays['volumeFractions']).toHaveLength(2);
  });

  test('xdesign.mjs opens TensorFlow.js on WebAssembly', async () => {
    const doctor = startProgram(join(dist, 'xdesign.mjs'), 'doctor');
    const lines: string[] = [];
    while (!lines.some((line) => /^\s*wasm\b/.test(line))) lines.push(await doctor.line());
    expect(lines.at(-1)).toMatch(/wasm\s+available/);
    expect(await doctor.ended()).toStrictEqual({ code: 0, signal: null, errors: '' });
  });

  test('xdesign.mjs starts', async () => {
    const child = startProgram(join(dist, 'xdesign.mjs'), '--version');
    expect(await child.line()).toMatch(/^\d+\.\d+\.\d+/);
    expect(await child.ended()).toMatchObject({ code: 0, errors: '' });
  });
});
