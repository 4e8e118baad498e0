import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const kernels = fileURLToPath(new URL('../../src/engine/kernels', import.meta.url));

/** Compiles the WebAssembly kernels when a source is newer, so that no test runs yesterday's bytes. */
export async function setup(): Promise<void> {
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
