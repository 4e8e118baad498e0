/*
 * What everything in a real workbench needs, made once: code-server and Chromium, installed if they are not there,
 * and the extension as its users get it.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { installExtension } from './code-server';
import { installChromium } from './install-chromium';
import { installCodeServer } from './install-code-server';

/** Paths that tests and benchmarks are given. */
export interface WorkbenchPaths {
  /** Of the project. */
  readonly root: string;
  /** The file that Node runs to start code-server. */
  readonly codeServer: string;
  readonly chromium: string;
  /** Address of a Chromium that runs already (chromium.ts). */
  readonly browser?: string;
  /** A folder for code-server with the packed extension installed. */
  readonly installed: string;
}

interface PackageStep {
  packageExtension(file: string): Promise<number>;
}

/** `remove` takes away what only these paths need; the programs stay. */
export async function prepareWorkbench(root: string, say: (line: string) => void): Promise<{ readonly paths: WorkbenchPaths; remove(): void }> {
  const codeServer = await installCodeServer(say);
  const chromium = await installChromium(root, say);
  const folder = mkdtempSync(join(tmpdir(), 'xdesign-workbench-'));
  const { packageExtension } = (await import(pathToFileURL(join(root, 'scripts/build/package.mjs')).href)) as PackageStep;
  const vsix = join(folder, 'xdesign.vsix');
  await packageExtension(vsix);
  const installed = join(folder, 'installed');
  mkdirSync(installed);
  await installExtension(codeServer, installed, vsix);
  return { paths: { root, codeServer, chromium, installed }, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
