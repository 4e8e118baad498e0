/*
 * What nodes run, on the disk that they share with this machine: one archive of the program's files, and this machine's
 * own Node.js. A node so needs neither, and computes with the same version to the same bytes.
 */
import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bundlePaths } from '#runner/machine';
import { taskScript } from './task-script';
import { clusterFolder } from './wave-files';

export interface NodeProgram {
  /** SHA-256 of all files, in hex. */
  readonly hash: string;
  /** Paths. */
  readonly archive: string;
  readonly node: string;
  readonly script: string;
}

/** Puts the program of the build around this one into the run folder, where it is not there yet. */
export function provideProgram(runFolder: string, build = dirname(bundlePaths.workerFile)): NodeProgram {
  const folder = join(clusterFolder(runFolder), 'program');
  mkdirSync(folder, { recursive: true });
  const files = programFiles(build);
  const hash = hashOf(build, files);
  const archive = join(folder, `${hash.slice(0, 16)}.tar`);
  provide(archive, (path) => execFileSync('tar', ['-cf', path, '-C', build, ...files]));
  const node = join(folder, `node-${process.version}-${process.arch}`);
  provide(node, (path) => {
    copyFileSync(process.execPath, path);
    chmodSync(path, 0o755);
  });
  const script = join(folder, `task-${createHash('sha256').update(taskScript).digest('hex').slice(0, 16)}.sh`);
  provide(script, (path) => writeFileSync(path, taskScript, { mode: 0o755 }));
  return { hash, archive, node, script };
}

/** The files of a build that a task needs: not those of the editor, and no source maps. */
function programFiles(build: string): readonly string[] {
  const isNeeded = (file: string): boolean => /^(?!server\.|run\.|views\.)[^/]+\.mjs$|^chunks\/.+\.mjs$|^tensorflow\//.test(file);
  return readdirSync(build, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(build.length + 1).replaceAll('\\', '/'))
    .filter(isNeeded)
    .sort();
}

function hashOf(build: string, files: readonly string[]): string {
  const hash = createHash('sha256').update(process.version);
  for (const file of files) hash.update(`\0${file}\0`).update(readFileSync(join(build, file)));
  return hash.digest('hex');
}

/** Makes a file that is there whole or not at all. */
function provide(path: string, make: (temporary: string) => void): void {
  if (existsSync(path)) return;
  const temporary = `${path}.${process.pid}-${randomBytes(4).toString('hex')}`;
  make(temporary);
  renameSync(temporary, path);
}
