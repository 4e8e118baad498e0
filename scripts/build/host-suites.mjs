/*
 * Bundles the suites that run inside an extension host (test/workbench/host) into the checkout's .build, where
 * Node finds mocha. VS Code provides `vscode`.
 */
import { build } from 'esbuild';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Returns the bundle's path. */
export async function bundleHostSuites() {
  const outfile = join(root, '.build/workbench/suites.cjs');
  await build({
    entryPoints: [join(root, 'test/workbench/host/index.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22.13',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
  return outfile;
}
