import { availableParallelism, totalmem } from 'node:os';
import { formatCount } from '#units/format-quantity';
import manifest from '../../package.json' with { type: 'json' };
import { version } from './version';

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
