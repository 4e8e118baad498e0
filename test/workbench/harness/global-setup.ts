import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { serveChromium } from './chromium';
import { prepareWorkbench, type WorkbenchPaths } from './prepare';

declare module 'vitest' {
  interface ProvidedContext {
    readonly workbench: WorkbenchPaths;
  }
}

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Before all tests in a workbench: says what it installs, and starts the browser that all files use. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const { paths, remove } = await prepareWorkbench(root, (line) => console.log(`workbench tests: ${line}`));
  const browser = await serveChromium(paths.chromium);
  provide('workbench', { ...paths, browser: browser.wsEndpoint() });
  return async () => {
    await browser.close();
    remove();
  };
}
