/*
 * Bundles the programs into dist/: the command line, the code of worker threads and of tasks on nodes, the language server and the
 * extension, with every package inside, and the WebAssembly files of TensorFlow.js. dist/ works without node_modules.
 *
 * Files are replaced whole and only when their bytes change, so a build does not disturb a run
 * that uses dist/.
 */
import { build } from 'esbuild';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drawIcon } from './icon.mjs';
import { writeWhole } from './write-whole.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Name in dist/ without `.mjs`: source file. */
const programs = {
  xdesign: 'src/cli/main.ts',
  worker: 'src/runner/jobs/worker-main.ts',
  task: 'src/runner/cluster/task-main.ts',
  server: 'server/src/main.ts',
  run: 'server/src/runs/run-main.ts',
  views: 'server/src/views/views-main.ts',
  hdf5: 'h5wasm/node',
};

/** The HDF5 library is a file of its own, loaded when a file of arrays needs it: it has more bytes than the command. */
const hdf5Apart = {
  name: 'hdf5-apart',
  setup: (build) => build.onResolve({ filter: /^h5wasm\/node$/ }, ({ kind }) => (kind === 'dynamic-import' ? { path: './hdf5.mjs', external: true } : undefined)),
};

/**
 * Packages with native code, loaded only where the user installed them, and a package that TensorFlow.js
 * requires only in versions of Node without `fetch`.
 */
const external = ['@tensorflow/tfjs-node', '@tensorflow/tfjs-node-gpu', 'node-fetch'];

/** CommonJS packages inside an ES module still use these. */
const banner = `import { createRequire as bundledCreateRequire } from 'node:module';
import { fileURLToPath as bundledFileURLToPath } from 'node:url';
const require = bundledCreateRequire(import.meta.url);
const __filename = bundledFileURLToPath(import.meta.url);
const __dirname = bundledFileURLToPath(new URL('.', import.meta.url));`;

/** Builds the contents of dist/, there or in another folder. */
export async function buildBundles(folder = join(root, 'dist')) {
  await Promise.all([bundlePrograms(programs, folder), bundleExtension(join(folder, 'client'))]);
  writeWhole(join(folder, 'client/icon.png'), drawIcon());
  copyTensorflow(join(folder, 'tensorflow'));
}

/** Bundles programs (name: source file relative to the root) into a folder as NAME.mjs with source maps; some packages stay outside. */
export async function bundlePrograms(entryPoints, folder, outside = []) {
  await bundle({ entryPoints, outdir: folder, outExtension: { '.js': '.mjs' }, format: 'esm', external: [...external, ...outside], banner: { js: banner }, plugins: [hdf5Apart] });
}

/** The extension's entry: VS Code provides the module `vscode`, to CommonJS on every machine. */
export async function bundleExtension(folder) {
  const entryPoints = { extension: 'client/src/extension.ts' };
  await bundle({ entryPoints, outdir: folder, outExtension: { '.js': '.cjs' }, format: 'cjs', external: ['vscode'] });
}

async function bundle(options) {
  const { outputFiles } = await build({
    ...options,
    absWorkingDir: root,
    bundle: true,
    write: false,
    platform: 'node',
    // bin/xdesign.mjs starts the bundles from this version on.
    target: 'node22.13',
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'warning',
  });
  for (const { path, contents } of outputFiles) writeWhole(path, contents);
}

function copyTensorflow(folder) {
  const source = join(root, 'node_modules/@tensorflow/tfjs-backend-wasm/dist');
  for (const name of readdirSync(source).filter((file) => file.endsWith('.wasm'))) {
    writeWhole(join(folder, name), readFileSync(join(source, name)));
  }
}
