import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** Where programs that only tests need are kept between checkouts. */
export const cacheFolder = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'xdesign');

/**
 * A folder of the cache. `fill` is called with an empty folder when it is not there yet; a folder that is
 * there is whole, because it gets its name last.
 */
export async function cached(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(cacheFolder, name);
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(dirname(unfinished), { recursive: true });
  // A checkout of Node packages must not find one above it.
  mkdirSync(unfinished);
  try {
    await fill(unfinished);
    if (existsSync(folder)) return folder;
    renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return folder;
}

/** Makes a folder a package of its own, so that npm installs into it and not into a parent. */
export function makePackage(folder: string): void {
  writeFileSync(join(folder, 'package.json'), '{ "name": "cache", "private": true }\n');
}
