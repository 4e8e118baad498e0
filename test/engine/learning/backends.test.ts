/*
 * One suite for every TensorFlow.js backend of this machine: layers, gradients and two training steps against
 * PyTorch in float64, and no tensor is left over. WebAssembly and plain JavaScript are always there; WebGPU is
 * where Debian's chromium brings its software driver.
 */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleForTest, type BundleFolder } from '#test/support/bundle-programs';
import { tensorflowWasmPath } from '#test/support/learning-context';
import type { BackendGolden, BackendNumbers, Digest } from './programs/backend-program';

/** Largest differences relative to an array's norm, or to the first loss; docs/methods.md tells them. */
interface Tolerances {
  readonly layer: number;
  readonly loss: number;
  readonly weights: number;
}

interface BackendUnderTest extends Tolerances {
  readonly name: string;
  /** Beside that of this process. */
  readonly environment: Readonly<Record<string, string>>;
}

const chromium = '/usr/lib/chromium';
const softwareDriver = `${chromium}/vk_swiftshader_icd.json`;

const backends: readonly BackendUnderTest[] = [
  { name: 'wasm', environment: {}, layer: 2e-6, loss: 1e-4, weights: 5e-4 },
  { name: 'cpu', environment: {}, layer: 2e-6, loss: 1e-4, weights: 5e-4 },
  ...(existsSync(softwareDriver)
    ? [{ name: 'webgpu', environment: { VK_DRIVER_FILES: softwareDriver, LD_LIBRARY_PATH: chromium }, layer: 2e-6, loss: 1e-4, weights: 5e-4 }]
    : []),
];

const goldenFile = fileURLToPath(new URL('../../golden/learning/torch-backends.json', import.meta.url));
const golden = JSON.parse(readFileSync(goldenFile, 'utf8')) as BackendGolden;
const root = fileURLToPath(new URL('../../..', import.meta.url));

let programs: BundleFolder;
beforeAll(async () => {
  programs = await bundleForTest({ backend: 'test/engine/learning/programs/backend-program.ts' });
});
afterAll(() => programs.remove());

/** How far a digest is from the stored one, relative to the array's norm. */
function difference([norm, wave]: Digest, [expectedNorm, expectedWave]: Digest): number {
  return Math.max(Math.abs(norm - expectedNorm), Math.abs(wave - expectedWave)) / expectedNorm;
}

describe.each(backends)('backend $name', ({ name, environment, layer, loss, weights }) => {
  let numbers: BackendNumbers;
  beforeAll(async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [join(programs.folder, 'backend.mjs'), name, goldenFile, tensorflowWasmPath, root], {
      env: { ...process.env, ...environment },
    });
    numbers = JSON.parse(stdout.trim().split('\n').at(-1)!) as BackendNumbers;
    // A software driver needs its time on a busy machine.
  }, 600_000);

  test('is the one that computes', () => {
    expect(numbers.backend).toBe(name);
  });

  test.each(golden.layers.map((one, i) => ({ ...one, i })))('$kind $name, output and gradients', ({ digests, i }) => {
    expect(numbers.layers[i]!.length).toBe(digests.length);
    digests.forEach((expected, k) => expect(difference(numbers.layers[i]![k]!, expected)).toBeLessThan(layer));
  });

  test('two training steps', () => {
    const { losses, weights: expectedWeights } = golden.training;
    expect(numbers.losses.length).toBe(losses.length);
    losses.forEach((expected, step) => expect(Math.abs(numbers.losses[step]! - expected) / losses[0]!).toBeLessThan(loss));
    expectedWeights.forEach((expected, k) => expect(difference(numbers.weights[k]!, expected)).toBeLessThan(weights));
  });

  test('no tensor is left over', () => {
    expect(Object.keys(numbers.tensors).length).toBe(9);
    for (const [before, after] of Object.values(numbers.tensors)) expect(after).toBe(before);
  });
});
