/*
 * Threads and child processes cannot run our TypeScript as it lies there: tests that start some bundle
 * their programs first, with the very step that makes dist/, so that no test meets a stale bundle.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface BundleStep {
  /** Everything in dist/. */
  buildBundles(): Promise<void>;
  /** Name without `.mjs`: source file relative to the root. */
  bundlePrograms(programs: Readonly<Record<string, string>>, folder: string): Promise<void>;
}

/** The build step of scripts/build/bundles.mjs. */
export async function bundleStep(): Promise<BundleStep> {
  return (await import(new URL('../../scripts/build/bundles.mjs', import.meta.url).href)) as BundleStep;
}

/** Bundles programs of tests into a folder of their own; `remove` is for `afterAll`. */
export async function bundleForTest(programs: Readonly<Record<string, string>>): Promise<{ folder: string; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'xdesign-programs-'));
  await (await bundleStep()).bundlePrograms(programs, folder);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
