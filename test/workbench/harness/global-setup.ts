/*
 * What every test in a real workbench needs, made once: code-server and Chromium, installed if they are not
 * there, and the extension as its users get it.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { installExtension } from './code-server';
import { installChromium } from './install-chromium';
import { installCodeServer } from './install-code-server';

/** Paths that tests are given. */
export interface WorkbenchPaths {
  /** The file that Node runs to start code-server. */
  readonly codeServer: string;
  readonly chromium: string;
  /** A folder for code-server with the packed extension installed. */
  readonly installed: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    readonly workbench: WorkbenchPaths;
  }
}

interface PackageStep {
  packageExtension(file: string): Promise<number>;
}

const say = (line: string): void => console.log(`workbench tests: ${line}`);

export async function setup({ provide }: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'xdesign-workbench-'));
  const codeServer = await installCodeServer(say);
  const chromium = await installChromium(say);
  const { packageExtension } = (await import(new URL('../../../scripts/build/package.mjs', import.meta.url).href)) as PackageStep;
  const vsix = join(folder, 'xdesign.vsix');
  await packageExtension(vsix);
  const installed = join(folder, 'installed');
  mkdirSync(installed);
  await installExtension(codeServer, installed, vsix);
  provide('workbench', { codeServer, chromium, installed });
  return () => rmSync(folder, { recursive: true, force: true });
}
