/*
 * Threads and child processes cannot run TypeScript directly: tests that start some bundle their programs
 * first, with the step that makes dist/, so that no test uses a stale bundle.
 */
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder of this test run alone, for what its tests share. */
    readonly shared: string;
  }
}

interface BundleStep {
  buildBundles(folder: string): Promise<void>;
  /** Name without `.mjs`: source file relative to the root. */
  bundlePrograms(programs: Readonly<Record<string, string>>, folder: string): Promise<void>;
}

/** A folder of bundles; `remove` is for `afterAll`. */
export interface BundleFolder {
  readonly folder: string;
  remove(): void;
}

/** Bundles programs of tests. */
export async function bundleForTest(programs: Readonly<Record<string, string>>): Promise<BundleFolder> {
  const folder = mkdtempSync(join(tmpdir(), 'xdesign-programs-'));
  await (await bundleStep()).bundlePrograms(programs, folder);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/**
 * Path of a folder with all that dist/ holds (xdesign.mjs, worker.mjs, server.mjs, tensorflow/ …), made from
 * the sources as they are now. One per test run: the first test file that needs it makes it, others wait for it.
 */
export async function buildForTest(): Promise<string> {
  const shared = inject('shared');
  const [made, making] = [join(shared, 'dist'), join(shared, 'making')];
  if (isFirst(making)) {
    try {
      await (await bundleStep()).buildBundles(join(making, 'dist'));
      renameSync(join(making, 'dist'), made);
    } catch (error) {
      // The next caller reports the same.
      rmSync(making, { recursive: true, force: true });
      throw error;
    }
  }
  while (!existsSync(made)) {
    await sleep(50);
    if (!existsSync(making)) return buildForTest();
  }
  return made;
}

/** Whether this call created the folder. */
function isFirst(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch {
    return false;
  }
}

async function bundleStep(): Promise<BundleStep> {
  return (await import(new URL('../../scripts/build/bundles.mjs', import.meta.url).href)) as BundleStep;
}
