/*
 * Threads and child processes cannot run our TypeScript as it lies there: tests that start some bundle
 * their programs first, with the very step that makes dist/, so that no test meets a stale bundle.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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
export function bundleForTest(programs: Readonly<Record<string, string>>): Promise<BundleFolder> {
  return inFreshFolder((step, folder) => step.bundlePrograms(programs, folder));
}

/** All that dist/ holds, made from the sources as they are now: xdesign.mjs, worker.mjs, tensorflow/. */
export function buildForTest(): Promise<BundleFolder> {
  return inFreshFolder((step, folder) => step.buildBundles(folder));
}

async function inFreshFolder(make: (step: BundleStep, folder: string) => Promise<void>): Promise<BundleFolder> {
  const step = (await import(new URL('../../scripts/build/bundles.mjs', import.meta.url).href)) as BundleStep;
  const folder = mkdtempSync(join(tmpdir(), 'xdesign-programs-'));
  await make(step, folder);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
