/* This program on this machine: versions, files of the build, and a setting of V8 that results depend on. */
import { availableParallelism, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { formatCount } from '#units/format-quantity';
import manifest from '../../package.json' with { type: 'json' };

/** Bytes that this process may have: those of the machine, or of the container around it. */
export function machineMemory(): number {
  const constrained = process.constrainedMemory();
  return constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
}

/** The package's version. */
export const version: string = manifest.version;

/** Programs and libraries that fix a result's numbers, by name. */
export const libraryVersions: Readonly<Record<string, string>> = {
  xdesign: version,
  node: process.versions.node,
  v8: process.versions.v8,
  'tensorflow.js': manifest.dependencies['@tensorflow/tfjs-core'],
};

/** The machine in one line. */
export function describeMachine(): string {
  return `${formatCount(availableParallelism(), 'core')}, ${(totalmem() / 2 ** 30).toFixed(1)} GiB, ${process.platform} ${process.arch}`;
}

/** Files that the build puts next to this program's bundle. */
export const bundlePaths = {
  workerFile: fileURLToPath(new URL('./worker.mjs', import.meta.url)),
  tensorflowWasmPath: fileURLToPath(new URL('./tensorflow/', import.meta.url)),
} as const;

/**
 * Switches off the part of V8 that may give two objects one and the same number: from version 12.9 on (Node 23
 * to 26), objects that its compiler Maglev left out and makes on the way back to the interpreter share the box
 * of a field with a fraction, so what is written to the last of them changes all. Concerns the whole process
 * with its threads, and code that is compiled from now on; so every program calls it first. An earlier V8 has no
 * such part, and would report the flag as unknown on standard error.
 */
export function keepNumbersApart(): void {
  const [major = 0, minor = 0] = process.versions.v8.split('.').map(Number);
  if (major > 12 || (major === 12 && minor >= 9)) setFlagsFromString('--no-maglev-escape-analysis');
}
