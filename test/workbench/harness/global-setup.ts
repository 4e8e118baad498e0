import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { prepareWorkbench, type WorkbenchPaths } from './prepare';

declare module 'vitest' {
  interface ProvidedContext {
    readonly workbench: WorkbenchPaths;
  }
}

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Before all tests in a workbench: says what it installs. */
export async function setup({ provide }: TestProject): Promise<() => void> {
  const { paths, remove } = await prepareWorkbench(root, (line) => console.log(`workbench tests: ${line}`));
  provide('workbench', paths);
  return remove;
}
