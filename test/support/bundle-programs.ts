/*
 * Threads and child processes cannot run TypeScript directly: tests that start some bundle their programs
 * first, with the step that makes dist/, so that no test uses a stale bundle.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { oncePerTestRun } from './once-per-test-run';

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
 * the sources as they are now, once per test run.
 */
export function buildForTest(): Promise<string> {
  return oncePerTestRun('dist', async (folder) => (await bundleStep()).buildBundles(folder));
}

async function bundleStep(): Promise<BundleStep> {
  return (await import(new URL('../../scripts/build/bundles.mjs', import.meta.url).href)) as BundleStep;
}
