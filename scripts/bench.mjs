/*
 * `npm run bench -- NAME`: measures, without pass or fail. A benchmark is bench/NAME.ts with the files in
 * its folder; it is bundled like dist/, together with everything that dist/ contains, and run.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildBundles, bundlePrograms } from './build/bundles.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Name: what it measures. */
const benchmarks = {
  explain: 'activation maps and critical regions of many images',
  fem: 'virtual tests compared with other solvers',
  optimize: 'topology optimization compared with NumPy',
  train: 'training of networks compared with PyTorch',
  language: 'the language server on a file of 2 000 lines',
  preview: 'how soon views and changed designs arrive',
  learn: 'how well the networks predict, and at what cost',
  cluster: 'tasks of Slurm compared with threads',
  extension: 'the packed extension in a real workbench: activation, panels, panning, memory',
};

const [name, ...rest] = process.argv.slice(2);
if (!Object.hasOwn(benchmarks, name ?? '')) {
  const names = Object.entries(benchmarks).map(([each, about]) => `  ${each}  ${about}`);
  console.error(`Name a benchmark:\n${names.join('\n')}\nFor example: npm run bench -- fem --images 20`);
  process.exit(1);
}
// Inside the project, so that the bundles find optional packages.
mkdirSync(join(root, '.build'), { recursive: true });
const folder = mkdtempSync(join(root, '.build', 'bench-'));
try {
  await buildBundles(folder);
  // playwright-core drives browsers with files from its own package.
  await bundlePrograms({ [name]: `bench/${name}.ts` }, folder, ['playwright-core']);
  const { status } = spawnSync(process.execPath, ['--enable-source-maps', join(folder, `${name}.mjs`), root, folder, ...rest], {
    stdio: 'inherit',
    // One thread each: the numerical libraries of the peers would use all cores.
    env: { ...process.env, OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1', MKL_NUM_THREADS: '1' },
  });
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
