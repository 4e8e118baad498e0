/* This program on this machine: versions, memory, files of the build. */
import { availableParallelism, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
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
