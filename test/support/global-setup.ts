import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

const kernels = fileURLToPath(new URL('../../src/engine/kernels', import.meta.url));

/** What all tests of a run share: up-to-date kernels, and a folder (see bundle-programs.ts). */
export async function setup({ provide }: TestProject): Promise<() => void> {
  await compileKernels();
  const shared = mkdtempSync(join(tmpdir(), 'xdesign-shared-'));
  provide('shared', shared);
  return () => rmSync(shared, { recursive: true, force: true });
}

/** Compiles the WebAssembly kernels when a source is newer. */
async function compileKernels(): Promise<void> {
  if (newestIn(join(kernels, 'assembly')) <= oldestIn(join(kernels, 'compiled'))) return;
  const buildScript = '../../scripts/build/kernels.mjs';
  const { buildKernels } = (await import(buildScript)) as { buildKernels(): Promise<void> };
  await buildKernels();
}

function newestIn(folder: string): number {
  return Math.max(...timesOf(folder));
}

function oldestIn(folder: string): number {
  return existsSync(folder) ? Math.min(...timesOf(folder)) : 0;
}

function timesOf(folder: string): number[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs);
}
